import * as z from 'zod';
import { MINUTE, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';

/**
 * The part of a large mailing that goes ahead of the rest, so that an old or bought list does its
 * harm to hundreds and not to millions.
 */
export const FirstPart = z.object({
  /** Each segment lets so many of its lines through; the rest of its rows wait. */
  perSegment: z.int(),
  /** When it is judged by what came back; null until some of it has left. */
  judgedAt: z.number().nullable(),
});
export type FirstPart = z.infer<typeof FirstPart>;

type Mailing = { readonly state: string; readonly segments: number; readonly first?: FirstPart };

/** Why a mailing stands still: too many addresses of its first part are dead. */
export const BOUNCES = 'bounces';
/** As with complaints: one or two say nothing about a list. */
const DEAD_LEAST = 3;

/** What a mailing begins with: how many it is for is known only when it is planned. */
export function firstPartOf({ firstPart }: Brand, segments: number): FirstPart | undefined {
  const { percent, least } = firstPart;
  return percent === 100 ? undefined : { perSegment: Math.ceil(least / segments), judgedAt: null };
}

/**
 * Whether this row waits until the first part has been judged: whole rows go ahead, and no more than
 * was said. A stopped mailing tells all of its rows so.
 */
export const isHeldBack = (
  { first, state }: Pick<Mailing, 'first' | 'state'>,
  { before, lines }: { readonly before?: number | undefined; readonly lines: readonly unknown[] },
): boolean =>
  first !== undefined &&
  state !== 'stopped' &&
  before !== undefined &&
  before + lines.length > first.perSegment;

export const readersOf = ({ first, segments }: Pick<Mailing, 'first' | 'segments'>): number =>
  (first?.perSegment ?? 0) * segments;

/** Once all is planned: who is few goes at once; else as many go ahead as the house has set. */
export function plannedFirst(
  first: FirstPart,
  mails: number,
  { brand, segments }: { readonly brand: Brand; readonly segments: number },
): FirstPart | undefined {
  if (mails <= brand.largeSend.readers) return undefined;
  const wanted = Math.ceil((mails * brand.firstPart.percent) / 100 / segments);
  const perSegment = Math.max(first.perSegment, wanted);
  return perSegment * segments >= mails ? undefined : { ...first, perSegment };
}

/** When a part of which some has left now is judged. */
export const judgedFrom = ({ firstPart }: Brand, now: Instant): Instant =>
  now + firstPart.minutes * MINUTE;

/** Too many addresses that do not exist: nobody goes on with such a list unseen. */
export const isTooDead = (
  { accepted, dead }: { readonly accepted: number; readonly dead: number },
  { firstPart }: Brand,
): boolean => dead >= DEAD_LEAST && dead * 100 >= accepted * firstPart.bouncedPercent;
