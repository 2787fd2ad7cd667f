import type { Ports } from '../base/ports.ts';
import { readQuestions, type Question } from '../mail/blocks/question.ts';
import { readAnswers } from '../mail/store.ts';
import { mailingIdOf } from '../mail/mailing.ts';
import type { Campaign } from './campaign.ts';

export type AnsweredQuestion = {
  readonly id: string;
  readonly words: Question['words'];
  readonly answers: readonly {
    readonly id: string;
    readonly words: Question['words'];
    readonly count: number;
  }[];
};

/** What a campaign asked, and how many people gave each answer. */
export async function answersOf(
  ports: Pick<Ports, 'table'>,
  { campaignId, number }: Campaign,
): Promise<AnsweredQuestion[]> {
  if (number === null) return [];
  const [questions, counts] = await Promise.all([
    readQuestions(ports, number),
    readAnswers(ports, mailingIdOf(campaignId)),
  ]);
  return questions.map(({ id, words, answers }) => ({
    ...{ id, words },
    answers: answers.map((answer) => ({ ...answer, count: counts[`${id}:${answer.id}`] ?? 0 })),
  }));
}
