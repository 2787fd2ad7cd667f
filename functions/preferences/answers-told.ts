import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import type { Visit } from '../consent/visit.ts';
import { readQuestions } from '../mail/blocks/question.ts';
import { inLanguage } from '../people/brand.ts';
import type { Profile } from '../people/person.ts';

/** What a person answered, in the words that stood in the letter. */
export type AnswerTold = {
  readonly at: Instant;
  readonly question: string;
  readonly answer: string;
};

export async function answersTold(
  ports: Pick<Ports, 'table'>,
  { answers }: Pick<Profile, 'answers'>,
  { language, brand }: Pick<Visit, 'language' | 'brand'>,
): Promise<AnswerTold[]> {
  return Promise.all(
    answers.map(async ({ at, number, question: id, answer: given }) => {
      const question = (await readQuestions(ports, number)).find((one) => one.id === id);
      const answer = question?.answers.find((one) => one.id === given);
      // A letter that was put right may ask something else by now: then the ids tell what was said.
      return {
        at,
        question: question ? inLanguage(question.words, language, brand) : id,
        answer: answer ? inLanguage(answer.words, language, brand) : given,
      };
    }),
  );
}
