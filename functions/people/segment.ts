import * as z from 'zod';
import { Condition, isAll, isAny, isNot, withLeaves, type AudienceCondition } from './condition.ts';

/** How many people a condition holds for, and when that was counted. */
export const SegmentCount = z.object({ people: z.int(), at: z.number() });

/** A condition with a name. Retired, it is offered no more, and stands for what it said wherever it is named. */
export const Segment = z.object({
  format: z.literal(1),
  segmentId: z.string(),
  name: z.string(),
  condition: Condition,
  count: SegmentCount.nullable(),
  createdAt: z.number(),
  changedAt: z.number(),
  retiredAt: z.number().nullable(),
});
export type Segment = z.infer<typeof Segment>;

/** The segments that an audience names. */
export function segmentsIn(audience: AudienceCondition): string[] {
  if (isAll(audience)) return audience.all.flatMap(segmentsIn);
  if (isAny(audience)) return audience.any.flatMap(segmentsIn);
  if (isNot(audience)) return segmentsIn(audience.not);
  return 'segment' in audience ? [audience.segment] : [];
}

/** The audience with each segment spelled out. All of them are there: that was seen to before. */
export function spelledOut(
  audience: AudienceCondition,
  segments: ReadonlyMap<string, Pick<Segment, 'condition'>>,
): Condition {
  return withLeaves(audience, (leaf): Condition => {
    if (!('segment' in leaf)) return leaf;
    const segment = segments.get(leaf.segment);
    if (!segment) throw new Error('an audience names a segment that is not there');
    return segment.condition;
  });
}
