import * as z from 'zod';
import { DAY, type Instant } from '../base/time.ts';
import { dateIn, numberIn, sameValue } from './field-value.ts';
import {
  Frequency,
  PURCHASES_KEPT,
  stateOf,
  topicsFollowed,
  type Profile,
  type Reader,
} from './person.ts';

const MomentFact = z.enum(['firstPurchaseAt', 'lastPurchaseAt']);
const NumberFact = z.enum(['purchases', 'spent', 'lastPurchaseAmount', 'lastPurchaseItems']);
const Moment = z.enum(['createdAt', 'lastActAt', 'lastLetterAt']);
const State = z.enum(['active', 'unproven', 'unsubscribed', 'bounced', 'complained']);
const FieldName = z.string().regex(/^[a-zA-Z][\w-]{0,39}$/);
const Days = z.number().min(0).max(36_500);
/** What was sent is remembered on the reader for a month. */
const LetterDays = z.number().min(1).max(31);
/** Of purchases, the last forty are kept one by one. */
const Purchases = z
  .int()
  .min(0)
  .max(PURCHASES_KEPT - 1);

/** What a leaf may ask of one person. Each is true or false; what is unknown is false. */
export const Leaf = z.union([
  z.strictObject({ fact: MomentFact, olderThanDays: Days }),
  z.strictObject({ fact: MomentFact, withinDays: Days }),
  z.strictObject({ fact: NumberFact, atLeast: z.number() }),
  z.strictObject({ fact: NumberFact, atMost: z.number() }),
  z.strictObject({ purchasesWithinDays: Days, atLeast: Purchases }),
  z.strictObject({ purchasesWithinDays: Days, atMost: Purchases }),
  z.strictObject({ spentWithinDays: Days, atLeast: z.number() }),
  z.strictObject({ spentWithinDays: Days, atMost: z.number() }),
  z.strictObject({ field: FieldName, is: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({ field: FieldName, exists: z.boolean() }),
  z.strictObject({
    field: FieldName,
    in: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .max(100),
  }),
  z.strictObject({ field: FieldName, atLeast: z.number() }),
  z.strictObject({ field: FieldName, atMost: z.number() }),
  z.strictObject({ field: FieldName, olderThanDays: Days }),
  z.strictObject({ field: FieldName, withinDays: Days }),
  z.strictObject({ moment: Moment, olderThanDays: Days }),
  z.strictObject({ moment: Moment, withinDays: Days }),
  z.strictObject({ follows: z.string() }),
  z.strictObject({ frequency: z.array(Frequency).min(1) }),
  z.strictObject({ language: z.string() }),
  z.strictObject({ state: z.array(State).min(1) }),
  z.strictObject({ paused: z.boolean() }),
  z.strictObject({ lettersWithinDays: LetterDays, atLeast: z.int().min(0) }),
  z.strictObject({ lettersWithinDays: LetterDays, atMost: z.int().min(0) }),
  z.strictObject({
    /** A campaign, alone or in a letter: its id, its number, and its name when it was chosen. */
    received: z.strictObject({ campaign: z.string(), number: z.int(), name: z.string().max(120) }),
  }),
]);
export type Leaf = z.infer<typeof Leaf>;

export type Asked = { readonly reader: Reader; readonly profile: Profile };
/** `unknown` is neither true nor false, and its opposite is not either. */
export type Answer = boolean | 'unknown';
export type Ask = (person: Asked, now: Instant) => Answer;

/** Somebody who objects to profiling is in no condition on their purchases, nor in its opposite. */
export function compileLeaf(leaf: Leaf): Ask {
  const ask = compiled(leaf);
  const onPurchases = 'fact' in leaf || 'purchasesWithinDays' in leaf || 'spentWithinDays' in leaf;
  if (!onPurchases) return ask;
  return (person, now) => (person.reader.byPurchases ? ask(person, now) : 'unknown');
}

/** Whether the answer is found on the profile; all else stands on the reader row. */
export function leafAsksProfile(leaf: Leaf): boolean {
  if ('moment' in leaf) return leaf.moment !== 'lastLetterAt';
  return (
    'fact' in leaf || 'field' in leaf || 'purchasesWithinDays' in leaf || 'spentWithinDays' in leaf
  );
}

function compiled(leaf: Leaf): Ask {
  if ('fact' in leaf) return factLeaf(leaf);
  if ('purchasesWithinDays' in leaf) return purchasesLeaf(leaf);
  if ('spentWithinDays' in leaf) return spentLeaf(leaf);
  if ('field' in leaf) return fieldLeaf(leaf);
  if ('moment' in leaf) return (person, now) => dated(momentOf(person, leaf.moment), leaf, now);
  if ('follows' in leaf) return ({ reader }) => topicsFollowed(reader).includes(leaf.follows);
  if ('frequency' in leaf) return ({ reader }) => leaf.frequency.includes(reader.frequency);
  if ('language' in leaf) return ({ reader }) => reader.language === leaf.language;
  if ('state' in leaf) return ({ reader }) => leaf.state.includes(stateOf(reader));
  if ('paused' in leaf)
    return ({ reader }, now) => (reader.pause !== null && reader.pause.until > now) === leaf.paused;
  if ('lettersWithinDays' in leaf)
    return ({ reader }, now) => {
      const since = now - leaf.lettersWithinDays * DAY;
      return measured(reader.recent.filter(({ at }) => at > since).length, leaf);
    };
  const { campaign, number } = leaf.received;
  return ({ reader }) =>
    reader.recent.some(({ m, n }) => m === `c-${campaign}` || n.includes(number));
}

type Dated = { readonly olderThanDays: number } | { readonly withinDays: number };
type Measured = { readonly atLeast: number } | { readonly atMost: number };

/** What lies ahead is of no last days, but for the hours by which a till’s clock may be wrong. */
function dated(at: Instant | null, leaf: Dated, now: Instant): boolean {
  if (at === null || at > now + DAY) return false;
  return 'withinDays' in leaf
    ? now - at <= leaf.withinDays * DAY
    : now - at > leaf.olderThanDays * DAY;
}

function measured(value: number, leaf: Measured): boolean {
  return 'atLeast' in leaf ? value >= leaf.atLeast : value <= leaf.atMost;
}

function factLeaf(leaf: Extract<Leaf, { fact: unknown }>): Ask {
  if ('atLeast' in leaf || 'atMost' in leaf)
    return ({ profile }) => {
      const value = profile.facts[leaf.fact];
      return value !== null && measured(value, leaf);
    };
  return ({ profile }, now) => dated(profile.facts[leaf.fact], leaf, now);
}

function purchasesLeaf(leaf: Extract<Leaf, { purchasesWithinDays: unknown }>): Ask {
  return ({ profile }, now) =>
    measured(bought(profile, leaf.purchasesWithinDays, now).length, leaf);
}

/** In the house's money, or whatever the last purchase was paid in; other money is not mixed in. */
function spentLeaf(leaf: Extract<Leaf, { spentWithinDays: unknown }>): Ask {
  return ({ profile }, now) => {
    const { currency } = profile.facts;
    const kept = bought(profile, leaf.spentWithinDays, now);
    const spent = kept
      .filter((purchase) => purchase.currency === currency)
      .reduce((sum, { amount }) => sum + amount, 0);
    // Older ones may be forgotten: then what is kept says at least how much.
    const isWhole = kept.length < PURCHASES_KEPT;
    const enough = 'atLeast' in leaf ? spent >= leaf.atLeast : spent > leaf.atMost;
    if (!isWhole && !enough) return 'unknown';
    return measured(spent, leaf);
  };
}

function bought({ purchases }: Profile, days: number, now: Instant) {
  const since = now - days * DAY;
  return purchases.filter(({ at }) => at >= since && at <= now + DAY);
}

function fieldLeaf(leaf: Extract<Leaf, { field: unknown }>): Ask {
  const valueOf = ({ profile }: Asked) =>
    Object.hasOwn(profile.fields, leaf.field) ? profile.fields[leaf.field] : undefined;
  if ('is' in leaf) {
    const wanted = sameValue(leaf.is);
    return (person) => sameValue(valueOf(person)) === wanted;
  }
  if ('exists' in leaf) return (person) => (valueOf(person) !== undefined) === leaf.exists;
  if ('in' in leaf) {
    const wanted = new Set<unknown>(leaf.in.map(sameValue));
    return (person) => wanted.has(sameValue(valueOf(person)));
  }
  if ('atLeast' in leaf || 'atMost' in leaf)
    return (person) => {
      const value = numberIn(valueOf(person));
      return value !== null && measured(value, leaf);
    };
  return (person, now) => dated(dateIn(valueOf(person)), leaf, now);
}

function momentOf(person: Asked, moment: z.infer<typeof Moment>): Instant | null {
  switch (moment) {
    case 'createdAt':
      return person.profile.createdAt;
    case 'lastActAt':
      return person.profile.lastActAt;
    case 'lastLetterAt':
      return person.reader.recent.reduce<Instant | null>(
        (last, { at }) => Math.max(last ?? at, at),
        null,
      );
  }
}
