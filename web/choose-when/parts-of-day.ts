import type { DryRun } from '../api/shapes.ts';

const PARTS = ['morning', 'afternoon', 'evening', 'night'] as const;
export type PartOfDay = (typeof PARTS)[number];
type Hour = DryRun['hours'][number];

function partOf(hour: number): PartOfDay {
  if (hour >= 22 || hour < 6) return 'night';
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
}

/** Where the readers of these hours are in their day. */
export function partsOf(hours: readonly Hour[]): PartOfDay[] {
  const found = new Set(hours.flatMap(({ clocks }) => clocks.map(({ hour }) => partOf(hour))));
  return PARTS.filter((part) => found.has(part));
}

/** How many of an hour's mails meet that part of their reader's day. */
export const countIn = ({ clocks }: Hour, part: PartOfDay): number =>
  clocks.reduce((sum, { hour, count }) => (partOf(hour) === part ? sum + count : sum), 0);
