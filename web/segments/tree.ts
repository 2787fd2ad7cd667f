import type { AudienceCondition, SegmentLeaf } from '../../functions/people/condition.ts';
import type { Leaf } from '../../functions/people/condition-leaf.ts';
import { asKept, asWritten } from './digits.ts';

export type { AudienceCondition, Condition } from '../../functions/people/condition.ts';
export type Join = 'all' | 'any';

/** What one part asks, while it is built: a leaf may still want something. */
export type Row = { readonly key: string; readonly isNot: boolean; readonly leaf: Draft };
export type Group = { readonly key: string; readonly join: Join; readonly parts: readonly Part[] };
export type Part = Row | Group;
/** Some of the fields of a leaf, whichever it will be. */
export type Draft = Readonly<Record<string, unknown>>;

export const isGroup = (part: Part): part is Group => 'parts' in part;

let made = 0;
const newKey = () => `part-${(made += 1)}`;
export const rowOf = (leaf: Draft, isNot = false): Row => ({ key: newKey(), isNot, leaf });
export const groupOf = (join: Join, parts: readonly Part[]): Group => ({
  key: newKey(),
  join,
  parts,
});

/** A condition taken apart, with its negations said where they are: not both is either not. */
export function partOf(condition: AudienceCondition, isTrue = true): Part {
  if ('not' in condition) return partOf(condition.not, !isTrue);
  if ('all' in condition)
    return groupOf(
      isTrue ? 'all' : 'any',
      condition.all.map((inner) => partOf(inner, isTrue)),
    );
  if ('any' in condition)
    return groupOf(
      isTrue ? 'any' : 'all',
      condition.any.map((inner) => partOf(inner, isTrue)),
    );
  return rowOf(asWritten(condition), !isTrue);
}

/** The whole of it always stands in a group, to which more can be added. */
export function rootOf(condition: AudienceCondition): Group {
  const part = partOf(condition);
  return isGroup(part) ? part : groupOf('all', [part]);
}

/** The condition of the whole tree; none while one of its parts still wants something. */
export function conditionOf(root: Group): AudienceCondition | undefined {
  const [only, ...more] = root.parts;
  // One row is said alone: what joins it to nothing says nothing.
  return only && more.length === 0 && !isGroup(only) ? conditionIn(only) : conditionIn(root);
}

function conditionIn(part: Part): AudienceCondition | undefined {
  if (!isGroup(part)) {
    if (!isWhole(part.leaf)) return undefined;
    const leaf = asKept(part.leaf) as Leaf | SegmentLeaf;
    return part.isNot ? { not: leaf } : leaf;
  }
  const inner = part.parts.map(conditionIn);
  const whole = inner.filter((one) => one !== undefined);
  if (whole.length === 0 || whole.length < inner.length) return undefined;
  return part.join === 'all' ? { all: whole } : { any: whole };
}

/** Nothing is missing in it; what is wrong about it the API says. */
function isWhole(leaf: Draft): boolean {
  const values = Object.values(leaf);
  return values.length > 0 && values.every(isSaid);
}

function isSaid(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isNaN(value);
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== '';
}

/** The same tree with one part changed, or gone. */
export function withPart(
  group: Group,
  key: string,
  change: (part: Part) => Part | undefined,
): Group {
  const parts = group.parts.flatMap((part): Part[] => {
    const after = part.key === key ? change(part) : part;
    if (!after) return [];
    return [isGroup(after) && after === part ? withPart(after, key, change) : after];
  });
  return { ...group, parts: parts.filter((part) => !isGroup(part) || part.parts.length > 0) };
}
