import * as z from 'zod';
import { Language } from '../people/brand.ts';
import type { Instant } from '../base/time.ts';
import { compileCondition, Condition, type Asked, type Test } from '../people/condition.ts';

const Texts = z.record(Language, z.string());

/**
 * Something published: a campaign's letter, once it has a number. It may go out alone or ride in
 * readers' own letters for weeks; what waits on a reader row is its number.
 */
export const Publication = z.object({
  format: z.literal(1),
  number: z.int().positive(),
  /** The mailing on whose books it stands. */
  mailingId: z.string(),
  topic: z.string(),
  topicAtMost: z.int().nullable(),
  from: z.object({ name: z.string(), address: z.string() }),
  replyTo: z.string().nullable(),
  languages: z.array(Language).min(1),
  subject: Texts,
  title: Texts,
  summary: Texts,
  picture: z.object({ url: z.string(), alt: z.string() }).nullable(),
  publishedAt: z.number(),
  expiresAt: z.number().nullable(),
  whole: z.boolean(),
  public: z.boolean(),
  stopIf: Condition.nullable(),
  withdrawnAt: z.number().nullable(),
  /** When its text was put right; who got it before was told. */
  correctedAt: z.number().nullable().default(null),
  /** The campaign that last tells of it. */
  correction: z.string().optional(),
  /** It comes again and again: in a reader's letter only the newest of these is news. */
  series: z.string().nullable().default(null),
});
export type Publication = z.infer<typeof Publication>;

/** The language a reader gets it in: theirs when it was written, else the house's main one, else the first. */
export function languageFor(
  publication: Pick<Publication, 'languages'>,
  wanted: string,
  main: string,
): string {
  if (publication.languages.includes(wanted)) return wanted;
  return publication.languages.includes(main) ? main : publication.languages[0]!;
}

/** Conditions are compiled once a publication, however many readers are asked. */
const stops = new WeakMap<Publication, Test>();

/** Whether this person did what ends the campaign for them: bought, booked. */
export function isStopped(
  publication: Publication | undefined,
  person: Asked,
  now: Instant,
): boolean {
  if (!publication || publication.stopIf === null) return false;
  let test = stops.get(publication);
  if (!test) stops.set(publication, (test = compileCondition(publication.stopIf)));
  return test(person, now);
}
