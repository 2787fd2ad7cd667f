import * as z from 'zod';
import { DAY, type Instant } from '../base/time.ts';
import { Frequency, topicsFollowed, type Profile, type Reader } from './person.ts';

const MomentFact = z.enum(['firstPurchaseAt', 'lastPurchaseAt']);
const NumberFact = z.enum(['purchases', 'spent', 'lastPurchaseAmount', 'lastPurchaseItems']);
const FieldName = z.string().regex(/^[a-zA-Z][\w-]{0,39}$/);

/** What a leaf may ask of one person. Each is true or false; what is unknown is false. */
export const Leaf = z.union([
  z.strictObject({ fact: MomentFact, olderThanDays: z.number().min(0).max(36_500) }),
  z.strictObject({ fact: MomentFact, withinDays: z.number().min(0).max(36_500) }),
  z.strictObject({ fact: NumberFact, atLeast: z.number() }),
  z.strictObject({ fact: NumberFact, atMost: z.number() }),
  z.strictObject({ field: FieldName, is: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({ field: FieldName, exists: z.boolean() }),
  z.strictObject({
    field: FieldName,
    in: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .max(100),
  }),
  z.strictObject({ follows: z.string() }),
  z.strictObject({ frequency: z.array(Frequency).min(1) }),
  z.strictObject({ language: z.string() }),
]);
type Leaf = z.infer<typeof Leaf>;

export type Condition =
  | Leaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const DEEPEST = 5;

/** The one condition language: audiences, segments and conditional blocks speak it. At most five levels deep. */
export const Condition: z.ZodType<Condition> = nested(DEEPEST);

function nested(levels: number): z.ZodType<Condition> {
  if (levels === 0) return Leaf;
  const inner = nested(levels - 1);
  return z.union([
    Leaf,
    z.strictObject({ all: z.array(inner).min(1).max(20) }),
    z.strictObject({ any: z.array(inner).min(1).max(20) }),
    z.strictObject({ not: inner }),
  ]);
}

export type Asked = { readonly reader: Reader; readonly profile: Profile };
export type Test = (person: Asked, now: Instant) => boolean;

/**
 * Made once, asked of every person. Somebody who objects to profiling is in no condition on facts,
 * nor in its opposite: the answer to such a question about them is not known.
 */
export function compileCondition(condition: Condition): Test {
  const ask = compile(condition);
  return (person, now) => ask(person, now) === true;
}

type Answer = boolean | 'unknown';
type Ask = (person: Asked, now: Instant) => Answer;

function compile(condition: Condition): Ask {
  if ('all' in condition) {
    const asks = condition.all.map(compile);
    return (person, now) => {
      const answers = asks.map((ask) => ask(person, now));
      return answers.includes(false) ? false : answers.includes('unknown') ? 'unknown' : true;
    };
  }
  if ('any' in condition) {
    const asks = condition.any.map(compile);
    return (person, now) => {
      const answers = asks.map((ask) => ask(person, now));
      return answers.includes(true) ? true : answers.includes('unknown') ? 'unknown' : false;
    };
  }
  if ('not' in condition) {
    const ask = compile(condition.not);
    return (person, now) => {
      const answer = ask(person, now);
      return answer === 'unknown' ? 'unknown' : !answer;
    };
  }
  const ask = compileLeaf(condition);
  if (!('fact' in condition)) return ask;
  return (person, now) => (person.reader.byPurchases ? ask(person, now) : 'unknown');
}

function compileLeaf(leaf: Leaf): (person: Asked, now: Instant) => boolean {
  if ('olderThanDays' in leaf)
    return ({ profile }, now) => {
      const at = profile.facts[leaf.fact];
      return at !== null && now - at > leaf.olderThanDays * DAY;
    };
  if ('withinDays' in leaf)
    return ({ profile }, now) => {
      const at = profile.facts[leaf.fact];
      return at !== null && now - at <= leaf.withinDays * DAY;
    };
  if ('atLeast' in leaf)
    return ({ profile }) => (profile.facts[leaf.fact] ?? -Infinity) >= leaf.atLeast;
  if ('atMost' in leaf)
    return ({ profile }) => (profile.facts[leaf.fact] ?? Infinity) <= leaf.atMost;
  if ('is' in leaf) return ({ profile }) => fieldOf(profile, leaf.field) === leaf.is;
  if ('exists' in leaf)
    return ({ profile }) => (fieldOf(profile, leaf.field) !== undefined) === leaf.exists;
  if ('in' in leaf) {
    const wanted = new Set<unknown>(leaf.in);
    return ({ profile }) => wanted.has(fieldOf(profile, leaf.field));
  }
  if ('follows' in leaf) return ({ reader }) => topicsFollowed(reader).includes(leaf.follows);
  if ('frequency' in leaf) return ({ reader }) => leaf.frequency.includes(reader.frequency);
  return ({ reader }) => reader.language === leaf.language;
}

function fieldOf(profile: Profile, name: string) {
  return Object.hasOwn(profile.fields, name) ? profile.fields[name] : undefined;
}
