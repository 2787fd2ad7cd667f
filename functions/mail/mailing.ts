import * as z from 'zod';
import type { LocalDate } from '../base/time.ts';
import { FirstPart } from './first-part.ts';

/**
 * One run of mails with books of its own: a campaign, the letters of one day, a journey's step.
 * `sent` means that no line is planned, calling or waiting for a retry.
 */
export const Mailing = z.object({
  format: z.literal(1),
  mailingId: z.string().regex(/^[a-z0-9-]{1,60}$/),
  kind: z.enum(['campaign', 'letter', 'note']),
  state: z.enum(['planning', 'sending', 'paused', 'blocked', 'stopped', 'sent']),
  /** Why the provider takes nothing, while `blocked`. */
  blockedBecause: z.string().nullable(),
  /** The publication a campaign's mailing carries. */
  number: z.int().nullable(),
  topic: z.string().nullable(),
  segments: z.int().min(1),
  planned: z.boolean(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** A moment on each reader's own wall clock. */
  wallTime: z.object({ date: z.string(), minutes: z.int() }).nullable(),
  /** While only a part of it may leave. */
  first: FirstPart.optional(),
});
export type Mailing = z.infer<typeof Mailing>;

/** All of it may leave. */
export function withoutFirst({ first: _first, ...mailing }: Mailing): Mailing {
  return mailing;
}

/** The letters of one local day are one mailing, whatever the zone they leave in. */
const LETTER = 'letter-';
export const letterMailingId = (localDate: LocalDate) => `${LETTER}${localDate}`;

/** The local day of a mailing of letters. */
export const dateOfLetters = (mailingId: string): LocalDate | undefined =>
  mailingId.startsWith(LETTER) ? mailingId.slice(LETTER.length) : undefined;

/** The welcomes of one day share their books. */
const WELCOME = 'welcome-';
export const welcomeMailingId = (date: LocalDate) => `${WELCOME}${date}`;
export const isWelcome = (mailingId: string) => mailingId.startsWith(WELCOME);

/** Why a mailing of letters stands still until somebody looked at it. */
export const NOT_APPROVED = 'not-approved';
export const LATE = 'late';
/** Why any mailing does: too many of its readers called it spam. */
export const COMPLAINTS = 'complaints';

const CAMPAIGN = 'c-';
export const mailingIdOf = (campaignId: string) => CAMPAIGN + campaignId;
/** The campaign whose mailing it is; none of a letter that gathers several. */
export const campaignOf = (mailingId: string): string | null =>
  mailingId.startsWith(CAMPAIGN) ? mailingId.slice(CAMPAIGN.length) : null;
