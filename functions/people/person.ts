import * as z from 'zod';
import type { Instant } from '../base/time.ts';

export const Frequency = z.enum(['immediate', 'weekly', 'monthly', 'quarterly']);
export type Frequency = z.infer<typeof Frequency>;

/** From the fastest pace to the slowest. */
export const PACES: readonly Frequency[] = Frequency.options;
export const isSlower = (one: Frequency, than: Frequency) =>
  PACES.indexOf(one) > PACES.indexOf(than);

export const LegalBasis = z.enum(['consent', 'soft-opt-in', 'legitimate-interest-b2b']);
export type LegalBasis = z.infer<typeof LegalBasis>;

/** `digest` rides in the reader's letter; `immediate` comes at once whatever the pace. */
export const TopicDelivery = z.enum(['digest', 'immediate']);
export type TopicDelivery = z.infer<typeof TopicDelivery>;

/** Where a person stands on one topic. `unproven`: somebody says yes was given and cannot show it. */
export const Subscription = z.object({
  state: z.enum(['given', 'unproven', 'withdrawn']),
  delivery: TopicDelivery.default('digest'),
  /** When this state began. */
  at: z.number(),
  basis: LegalBasis.default('consent'),
  /** The purchase that a soft opt-in began with. */
  soldAt: z.number().optional(),
});
export type Subscription = z.infer<typeof Subscription>;

/** A turn taken on this row: one mail of one mailing. Short names, because a reader row is one write unit. */
export const Turn = z.object({
  /** mailing */ m: z.string(),
  /** delivery row and attempt that took it */ b: z.string(),
  a: z.int(),
  at: z.number(),
  /** category: editorial or lifecycle */ c: z.enum(['e', 'l']),
  /** numbers of the publications it carried */ n: z.array(z.int()).default([]),
  /** a letter's: the date it was due, when the one before it left, the pause it ended; given back when it is refused */
  d: z.number().optional(),
  l: z.number().optional(),
  p: z.object({ from: z.number(), until: z.number() }).optional(),
  /** mails a week its topic promises, where that is more than the house's own number */
  k: z.int().optional(),
});
export type Turn = z.infer<typeof Turn>;

/** A turn that counts no more, as much as its reader may still ask: which mail, when, and what led it. */
export const PastTurn = z.object({
  m: z.string(),
  at: z.number(),
  c: Turn.shape.c,
  n: z.int().nullable(),
  /** how many it gathered, where that is more than one */ q: z.int().optional(),
});
export type PastTurn = z.infer<typeof PastTurn>;
/** Mails that a reader is told of, and why they came. */
export const MAILS_TOLD = 10;

export const WAITING_MOST = 30;

/**
 * The small row on which everything serialises: what the person chose, what waits for them, and
 * the turns taken. Under 1 KB, so that one conditional write is one write unit.
 */
export const Reader = z.object({
  format: z.literal(1),
  personId: z.string(),
  standing: z.object({ is: z.enum(['well', 'bounced', 'complained']), at: z.number() }),
  /** How often they called a mail of ours spam; after the second the forms write to them no more. */
  complaints: z.int().default(0),
  /** When they stopped everything, if they did. */
  stoppedAt: z.number().nullable(),
  subscriptions: z.record(z.string(), Subscription),
  frequency: Frequency,
  frequencySince: z.number(),
  /** What the reader chose themselves; a machine's upsert never overrides these. */
  chosen: z.array(
    z.enum(['frequency', 'language', 'timeZone', 'salutation', 'name', 'subscriptions']),
  ),
  pause: z.object({ from: z.number(), until: z.number() }).nullable(),
  language: z.string(),
  languageOnly: z.boolean(),
  timeZone: z.string(),
  timeZoneFrom: z.enum(['chosen', 'guessed', 'brand']),
  /** Weekly readers may choose their day (1 is Monday); everybody may choose a part of the day. */
  weekday: z.int().min(1).max(7).nullable(),
  partOfDay: z.enum(['morning', 'afternoon']).nullable(),
  personalNotes: z.boolean(),
  byPurchases: z.boolean(),
  countClicks: z.boolean(),
  /** The announced date of the next letter. It stands in the index only while something waits. */
  nextDigestAt: z.number().nullable(),
  lastDigestAt: z.number().nullable(),
  /** Numbers of the publications that wait for the next letter, oldest first. */
  waiting: z.array(z.int()).max(WAITING_MOST),
  recent: z.array(Turn),
  /** What fell out of `recent`, oldest first, as long as fewer than ten mails are known. */
  past: z.array(PastTurn).default([]),
  /** The consent ledger's length and last hash: it grows in the same write as what it records. */
  ledger: z.object({ count: z.int(), hash: z.string() }),
});
export type Reader = z.infer<typeof Reader>;

export const Salutation = z.discriminatedUnion('form', [
  z.object({ form: z.enum(['madame', 'monsieur', 'given-name', 'full-name', 'none']) }),
  z.object({
    form: z.literal('own'),
    words: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .regex(/^[\p{L}\p{M}\p{N} .,'’-]+$/u, "may hold letters, digits, spaces and . , ' -"),
  }),
]);
export type Salutation = z.infer<typeof Salutation>;

/** Purchases as they arrived, newest first and bounded; conditions on a window read these. */
export const Purchase = z.object({
  at: z.number(),
  amount: z.number(),
  currency: z.string(),
  items: z.int().nullable(),
});
export type Purchase = z.infer<typeof Purchase>;
export const PURCHASES_KEPT = 40;

/** A link of a letter that somebody followed, kept only of who wants their clicks counted. */
export const Click = z.object({ at: z.number(), number: z.int(), url: z.string() });
export type Click = z.infer<typeof Click>;
export const CLICKS_KEPT = 20;

/** The answer to a question of a publication, by the ids of both. */
export const Answer = z.object({
  at: z.number(),
  number: z.int(),
  question: z.string(),
  answer: z.string(),
});
export type Answer = z.infer<typeof Answer>;
export const ANSWERS_KEPT = 20;

/** What events taught us. Money is in the currency of the last purchase. */
export const Facts = z.object({
  firstPurchaseAt: z.number().nullable().default(null),
  lastPurchaseAt: z.number().nullable().default(null),
  lastPurchaseAmount: z.number().nullable().default(null),
  lastPurchaseItems: z.number().nullable().default(null),
  currency: z.string().nullable().default(null),
  purchases: z.int().default(0),
  spent: z.number().default(0),
  /** By currency, so that `spent` is the same whichever order purchases arrive in. */
  spentIn: z.record(z.string(), z.number()).default({}),
});
export type Facts = z.infer<typeof Facts>;

export const FieldValue = z.union([z.string().max(500), z.number(), z.boolean()]);

/** Who the person is to us: read beside the reader row, never part of a claim. */
export const Profile = z.object({
  format: z.literal(1),
  personId: z.string(),
  email: z.string(),
  fingerprint: z.string(),
  externalId: z.string().nullable(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  salutation: Salutation,
  fields: z.record(z.string(), FieldValue),
  facts: Facts,
  purchases: z.array(Purchase).max(PURCHASES_KEPT),
  /** Newest first; none of who did not say yes to it. */
  clicks: z.array(Click).max(CLICKS_KEPT).default([]),
  /** What they answered to questions of ours, newest first. */
  answers: z.array(Answer).max(ANSWERS_KEPT).default([]),
  createdAt: z.number(),
  /** Where the address came from: `form:home`, `api`, `import:2026-01`. */
  source: z.string(),
  /** The last act by the person themselves; retention counts from here. */
  lastActAt: z.number(),
});
export type Profile = z.infer<typeof Profile>;

export type PersonState = 'active' | 'unproven' | 'unsubscribed' | 'bounced' | 'complained';

/** Whoever complained, came back and complained again has said it clearly enough. */
export const isClosedTo = ({ complaints }: Pick<Reader, 'complaints'>) => complaints >= 2;

/** One word for where somebody stands, above topics first. */
export function stateOf(reader: Reader): PersonState {
  if (reader.standing.is !== 'well') return reader.standing.is;
  const states = Object.values(reader.subscriptions).map(({ state }) => state);
  if (reader.stoppedAt !== null) return 'unsubscribed';
  if (states.includes('given')) return 'active';
  return states.includes('unproven') ? 'unproven' : 'unsubscribed';
}

/** The topics a person really follows, with a consent we can show. */
export function topicsFollowed(reader: Reader): string[] {
  return Object.entries(reader.subscriptions)
    .filter(([, { state }]) => state === 'given')
    .map(([topic]) => topic);
}

/** Somebody new, who chose nothing yet. */
export function newReader(
  personId: string,
  brand: { readonly language: string; readonly timeZone: string },
  now: Instant,
): Reader {
  return {
    format: 1,
    personId,
    standing: { is: 'well', at: now },
    complaints: 0,
    stoppedAt: null,
    subscriptions: {},
    frequency: 'immediate',
    frequencySince: now,
    chosen: [],
    pause: null,
    language: brand.language,
    languageOnly: false,
    timeZone: brand.timeZone,
    timeZoneFrom: 'brand',
    weekday: null,
    partOfDay: null,
    personalNotes: true,
    byPurchases: true,
    countClicks: false,
    nextDigestAt: null,
    lastDigestAt: null,
    waiting: [],
    recent: [],
    past: [],
    ledger: { count: 0, hash: '' },
  };
}

/** What we hold of somebody new: their address, and nothing they did not say. */
export function newProfile(
  personId: string,
  from: {
    readonly email: string;
    readonly fingerprint: string;
    readonly source: string;
    readonly now: Instant;
  },
): Profile {
  return {
    format: 1,
    personId,
    email: from.email,
    fingerprint: from.fingerprint,
    externalId: null,
    givenName: null,
    familyName: null,
    salutation: { form: 'none' },
    fields: {},
    facts: Facts.parse({}),
    purchases: [],
    clicks: [],
    answers: [],
    createdAt: from.now,
    source: from.source,
    lastActAt: from.now,
  };
}
