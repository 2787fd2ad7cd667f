import * as z from 'zod';
import { keys } from '../../base/keys.ts';
import type { Ports, Write } from '../../base/ports.ts';
import { everyBlock, type BlockLetter } from './block.ts';

const Words = z.union([z.string(), z.record(z.string(), z.string())]);

/** What a publication asks its readers, as the page that takes the answer needs it. */
export const Question = z.object({
  id: z.string(),
  words: Words,
  answers: z.array(z.object({ id: z.string(), words: Words })),
  field: z.string().nullable(),
});
export type Question = z.infer<typeof Question>;
const Questions = z.array(Question);

export function questionsOf(letter: BlockLetter): Question[] {
  return everyBlock(letter).flatMap(({ block }) =>
    block.kind === 'question'
      ? [{ id: block.id, words: block.words, answers: block.answers, field: block.field ?? null }]
      : [],
  );
}

/** Nothing to write for a letter that asks nothing. */
export function questionWrites(number: number, letter: BlockLetter): Write[] {
  const data = questionsOf(letter);
  return data.length === 0 ? [] : [{ kind: 'put', key: keys.publicationQuestions(number), data }];
}

export async function readQuestions(
  { table }: Pick<Ports, 'table'>,
  number: number,
): Promise<Question[]> {
  const row = await table.get(keys.publicationQuestions(number));
  return Questions.parse(row?.data ?? []);
}
