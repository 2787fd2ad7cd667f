import type { Ports } from '../base/ports.ts';
import type { Question } from '../mail/blocks/question.ts';
import { figureWrite } from '../mail/figures.ts';
import { readPublications } from '../mail/store.ts';
import { ANSWERS_KEPT, type Answer, type Profile } from '../people/person.ts';
import { changePerson } from '../people/store.ts';

/** An answer that a person gave by a button of theirs. */
export type Given = {
  readonly personId: string;
  readonly number: number;
  readonly question: Question;
  readonly answer: string;
};

export const answerOf = (
  profile: Pick<Profile, 'answers'>,
  number: number,
  question: string,
): Answer | undefined =>
  profile.answers.find((one) => one.number === number && one.question === question);

/**
 * Keeps what a person answered; another answer to the same question takes the place of the first.
 * The books of the campaign count each person once.
 */
export async function giveAnswer(ports: Ports, given: Given): Promise<void> {
  const { personId, number, question, answer } = given;
  const publication = (await readPublications(ports, [number])).get(number);
  await changePerson(ports, personId, ({ profile }) => {
    const before = answerOf(profile.it, number, question.id);
    if (before?.answer === answer) return undefined;
    const kept = profile.it.answers.filter((one) => one !== before);
    const now: Answer = { at: ports.now(), number, question: question.id, answer };
    const counters = {
      [counterOf(question.id, answer)]: 1,
      ...(before ? { [counterOf(question.id, before.answer)]: -1 } : {}),
    };
    return {
      profile: {
        ...profile.it,
        answers: [now, ...kept].slice(0, ANSWERS_KEPT),
        fields:
          question.field === null
            ? profile.it.fields
            : { ...profile.it.fields, [question.field]: answer },
        lastActAt: ports.now(),
      },
      also: publication ? [figureWrite(publication.mailingId, counters, personId)] : [],
    };
  });
}

const counterOf = (question: string, answer: string) => `answer:${question}:${answer}`;
