import * as z from 'zod';
import type { Instant } from '../base/time.ts';
import { compileLeaf, Leaf, leafAsksProfile, type Ask, type Asked } from './condition-leaf.ts';

export type { Asked } from './condition-leaf.ts';

/** Several conditions made into one. */
export type Tree<Of> =
  | Of
  | { readonly all: readonly Tree<Of>[] }
  | { readonly any: readonly Tree<Of>[] }
  | { readonly not: Tree<Of> };
export type Condition = Tree<Leaf>;

/** In an audience a saved segment may stand for what it says. */
export const SegmentLeaf = z.strictObject({ segment: z.string().max(64) });
export type SegmentLeaf = z.infer<typeof SegmentLeaf>;
export type AudienceCondition = Tree<Leaf | SegmentLeaf>;

const DEEPEST = 5;

/** The one condition language: audiences, segments and conditional blocks speak it. At most five levels deep. */
export const Condition: z.ZodType<Condition> = nested<Leaf>(DEEPEST, Leaf);
export const AudienceCondition: z.ZodType<AudienceCondition> = nested<Leaf | SegmentLeaf>(
  DEEPEST,
  z.union([...Leaf.options, SegmentLeaf]),
);

function nested<Of>(levels: number, leaf: z.ZodType<Of>): z.ZodType<Tree<Of>> {
  if (levels === 0) return leaf;
  const inner = nested(levels - 1, leaf);
  return z.union([
    leaf,
    z.strictObject({ all: z.array(inner).min(1).max(20) }),
    z.strictObject({ any: z.array(inner).min(1).max(20) }),
    z.strictObject({ not: inner }),
  ]);
}

/** The same tree with other leaves. */
export function withLeaves<From extends object, To>(
  tree: Tree<From>,
  change: (leaf: From) => Tree<To>,
): Tree<To> {
  if (isAll(tree)) return { all: tree.all.map((inner) => withLeaves(inner, change)) };
  if (isAny(tree)) return { any: tree.any.map((inner) => withLeaves(inner, change)) };
  if (isNot(tree)) return { not: withLeaves(tree.not, change) };
  return change(tree);
}

export const isAll = <Of extends object>(
  tree: Tree<Of>,
): tree is { readonly all: readonly Tree<Of>[] } => 'all' in tree;
export const isAny = <Of extends object>(
  tree: Tree<Of>,
): tree is { readonly any: readonly Tree<Of>[] } => 'any' in tree;
export const isNot = <Of extends object>(tree: Tree<Of>): tree is { readonly not: Tree<Of> } =>
  'not' in tree;

export type Test = (person: Asked, now: Instant) => boolean;

/**
 * Made once, asked of every person. Somebody who objects to profiling is in no condition on facts,
 * nor in its opposite: the answer to such a question about them is not known.
 */
export function compileCondition(condition: Condition): Test {
  const ask = compile(condition);
  return (person, now) => ask(person, now) === true;
}

/** Whether anything in it is asked of the profile: who counts readers otherwise need not read it. */
export function asksProfile(condition: Condition): boolean {
  if (isAll(condition)) return condition.all.some(asksProfile);
  if (isAny(condition)) return condition.any.some(asksProfile);
  return isNot(condition) ? asksProfile(condition.not) : leafAsksProfile(condition);
}

function compile(condition: Condition): Ask {
  if (isAll(condition)) return untilOne(false, condition.all);
  if (isAny(condition)) return untilOne(true, condition.any);
  if (isNot(condition)) {
    const ask = compile(condition.not);
    return (person, now) => {
      const answer = ask(person, now);
      return answer === 'unknown' ? 'unknown' : !answer;
    };
  }
  return compileLeaf(condition);
}

/**
 * One "no" settles what must hold all, one "yes" what must hold any: the rest is not asked. What the
 * reader row answers goes first, so that a profile is opened only where it decides.
 */
function untilOne(settles: boolean, conditions: readonly Condition[]): Ask {
  const asks = conditions
    .toSorted((one, other) => Number(asksProfile(one)) - Number(asksProfile(other)))
    .map(compile);
  return (person, now) => {
    let isUnknown = false;
    for (const ask of asks) {
      const answer = ask(person, now);
      if (answer === settles) return answer;
      isUnknown ||= answer === 'unknown';
    }
    return isUnknown ? 'unknown' : !settles;
  };
}
