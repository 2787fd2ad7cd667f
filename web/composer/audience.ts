import { canonical } from '../shell/canonical.ts';
import type { AudienceCondition } from '../segments/tree.ts';

/** Whom a letter is for, as one chooses it: everybody or a condition, without some segments. */
export type Audience = {
  readonly who: AudienceCondition | undefined;
  readonly except: readonly string[];
};

/** Taken apart: what is left out stands by itself, the rest is whom it is for. */
export function audienceParts(audience: AudienceCondition | undefined): Audience {
  if (audience === undefined) return { who: undefined, except: [] };
  const parts = 'all' in audience ? audience.all : [audience];
  const except = [...new Set(parts.flatMap(leftOut))];
  const rest = parts.filter((part) => leftOut(part).length === 0);
  const [only, ...more] = rest;
  return { who: more.length === 0 ? only : { all: rest }, except };
}

const leftOut = (part: AudienceCondition): string[] =>
  'not' in part && 'segment' in part.not ? [part.not.segment] : [];

/** Put together again, in as few words as will do. */
export function audienceFrom({ who, except }: Audience): AudienceCondition | undefined {
  const parts = [
    ...(who === undefined ? [] : 'all' in who ? who.all : [who]),
    ...except.map((segment) => ({ not: { segment } })),
  ];
  return parts.length < 2 ? parts[0] : { all: parts };
}

export const segmentIn = ({ who }: Audience): string | undefined =>
  who && 'segment' in who ? who.segment : undefined;

export const isSameAudience = (
  one: AudienceCondition | undefined,
  other: AudienceCondition | undefined,
): boolean => canonical(one ?? {}) === canonical(other ?? {});
