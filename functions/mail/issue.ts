import * as z from 'zod';
import { HOUR, instantOf, type Instant, type LocalDate } from '../base/time.ts';
import { Language, type Brand } from '../people/brand.ts';
import { inLetterOrder } from './digest.ts';
import type { Publication } from './publication.ts';

const Words = (max: number) => z.string().trim().min(1).max(max);

/** What the house says at the top of the letters of a day, by language. */
export const Cover = z.record(
  Language,
  z.strictObject({
    subject: Words(150)
      .regex(/^[^\r\n]*$/, 'must be one line')
      .optional(),
    intro: Words(1_000).optional(),
  }),
);
export type Cover = z.infer<typeof Cover>;

/** What the house decided about the letters of one local day. */
export const Issue = z.object({
  format: z.literal(1),
  date: z.string(),
  /** Numbers of publications in the order wanted; the first is the lead. The others follow, newest first. */
  order: z.array(z.int()).max(100),
  /** Not in this day's letters: they wait for their readers' next one. */
  removed: z.array(z.int()).max(100),
  cover: Cover,
  approvedAt: z.number().nullable(),
});
export type Issue = z.infer<typeof Issue>;

export const newIssue = (date: LocalDate): Issue => ({
  format: 1,
  date,
  order: [],
  removed: [],
  cover: {},
  approvedAt: null,
});

/** One hour before the house's own letters of that day leave, they are what they are. */
export function frozenAt(date: LocalDate, brand: Brand): Instant {
  return instantOf(brand.timeZone, { date, minutes: brand.digestAtMinutes }) - HOUR;
}

/** The items of one reader's letter as the house wants them that day. */
export function arranged(items: readonly Publication[], issue: Issue | undefined): Publication[] {
  const usual = inLetterOrder(items);
  if (!issue) return usual;
  const place = (number: number) => {
    const found = issue.order.indexOf(number);
    return found === -1 ? issue.order.length : found;
  };
  return usual
    .filter(({ number }) => !issue.removed.includes(number))
    .sort((one, other) => place(one.number) - place(other.number));
}
