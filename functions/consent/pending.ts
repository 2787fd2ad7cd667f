import * as z from 'zod';
import { DAY, HOUR, MINUTE, type Instant } from '../base/time.ts';
import { Frequency, Profile, TopicDelivery } from '../people/person.ts';
import { TopicId } from '../people/topic.ts';
import { Hand, Method, Surface, Words } from './record.ts';

/** Who has not confirmed is kept apart this long, then forgotten. */
export const PENDING_MS = 30 * DAY;
export const CONFIRM_LINK_MS = 7 * DAY;
/** "This was not me": the forms do not write to that address again for so long. */
export const NOT_ME_MS = 90 * DAY;

/** Somebody who signed up and has not confirmed: apart from readers, and never written to but to confirm. */
export const Pending = z.object({
  format: z.literal(1),
  pendingId: z.string(),
  email: z.string(),
  fingerprint: z.string(),
  language: z.string(),
  timeZone: z.string(),
  timeZoneFrom: z.enum(['guessed', 'brand']),
  source: z.string(),
  topics: z.array(z.object({ id: TopicId, delivery: TopicDelivery })).max(30),
  frequency: Frequency,
  /** False: the pace the form announced. */
  frequencyChosen: z.boolean(),
  /** What a program that asked for them knew besides. */
  known: Profile.pick({
    givenName: true,
    familyName: true,
    salutation: true,
    externalId: true,
    fields: true,
  })
    .partial()
    .default({}),
  /** The first half of the consent, written into the ledger together with the second. */
  asked: z.object({
    at: z.number(),
    by: Hand,
    method: Method,
    surface: Surface,
    words: Words.nullable(),
  }),
  /** A reader who wants their letters at this address from now on: nothing else about them changes. */
  moves: z.string().nullable().default(null),
  /** It is the address they had, told of the change: confirming takes it back. */
  goesBack: z.boolean().default(false),
  confirmedAt: z.number().nullable(),
  /** Whom the confirmation made or woke. */
  readerId: z.string().nullable(),
});
export type Pending = z.infer<typeof Pending>;

/** What the forms have sent to one address, whoever asked. It holds no address. */
export const Confirmations = z.object({
  format: z.literal(1),
  /** The sign-up that waits for this address, if one does. */
  pendingId: z.string().nullable(),
  sentAt: z.array(z.number()),
  linksSentAt: z.array(z.number()),
  stoppedUntil: z.number().nullable(),
});
export type Confirmations = z.infer<typeof Confirmations>;

export const NO_CONFIRMATIONS: Confirmations = {
  format: 1,
  pendingId: null,
  sentAt: [],
  linksSentAt: [],
  stoppedUntil: null,
};

/**
 * Whether a form may write to an address now: once in 24 hours, once more after a minute within
 * the first hour, three times in seven days, and not at all after "this was not me".
 */
export function mayConfirm({ sentAt, stoppedUntil }: Confirmations, now: Instant): boolean {
  if (stoppedUntil !== null && now < stoppedUntil) return false;
  const lastWeek = sentAt.filter((at) => now - at < 7 * DAY);
  const lastDay = lastWeek.filter((at) => now - at < DAY);
  if (lastWeek.length >= 3) return false;
  const [first] = lastDay;
  if (first === undefined) return true;
  return lastDay.length === 1 && now - first >= MINUTE && now - first <= HOUR;
}

/** Whether a fresh link may go to a reader now: one in ten minutes, five in a day. */
export function maySendLink({ linksSentAt }: Confirmations, now: Instant): boolean {
  const lastDay = linksSentAt.filter((at) => now - at < DAY);
  return lastDay.length < 5 && lastDay.every((at) => now - at >= 10 * MINUTE);
}

/** The same with one more mail counted, and what is too old to matter left out. */
export function counted(
  confirmations: Confirmations,
  list: 'sentAt' | 'linksSentAt',
  now: Instant,
): Confirmations {
  const recent = confirmations[list].filter((at) => now - at < 7 * DAY);
  return { ...confirmations, [list]: [...recent, now] };
}
