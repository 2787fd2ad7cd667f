import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import type { Write } from '../base/ports.ts';
import { wallTimeIn, type Instant, type LocalDate } from '../base/time.ts';
import type { Line } from './delivery.ts';
import { placeOf, type Counters } from './figures.ts';
import { TOLD } from './told.ts';

/** What happens in the whole house is summed on this many rows a day, so that no single row is hot. */
export const HOUSE_SHARDS = 16;

/** Adds to what happened in the house on one of its days; an empty change writes nothing. */
export function houseDayWrites(day: LocalDate, change: Counters, seed: string): Write[] {
  return adding(keys.houseDay(day, shardOf(seed, HOUSE_SHARDS)), change);
}

/** Adds to what is so in the house now, whatever the day. */
export function houseNowWrites(change: Counters, seed: string): Write[] {
  return adding(keys.houseNow(shardOf(seed, HOUSE_SHARDS)), change);
}

/**
 * Mails taken, dead addresses and complaints, on the day they became known: for the same write as
 * the lines that know it.
 */
export function mailsOfDayWrites(
  before: readonly Line[],
  after: readonly Line[],
  on: { readonly timeZone: string; readonly now: Instant; readonly seed: string },
): Write[] {
  const change = mailsChange(before, after);
  if (Object.keys(change).length === 0) return [];
  return houseDayWrites(wallTimeIn(on.timeZone, on.now).date, change, on.seed);
}

/** What a change of lines adds to the mails of a day. */
export function mailsChange(before: readonly Line[], after: readonly Line[]): Counters {
  const change: Counters = {};
  const count = (lines: readonly Line[], by: number) => {
    for (const line of lines)
      for (const name of countedOf(line)) change[name] = (change[name] ?? 0) + by;
  };
  count(before, -1);
  count(after, 1);
  return Object.fromEntries(Object.entries(change).filter(([, by]) => by !== 0));
}

function countedOf(line: Line): string[] {
  const { e = 0 } = line;
  return [
    ...(placeOf(line) === 'accepted' ? ['accepted'] : []),
    ...((e & TOLD.dead) === 0 ? [] : ['dead']),
    ...((e & TOLD.complained) === 0 ? [] : ['complained']),
  ];
}

function adding(key: Write['key'], change: Counters): Write[] {
  const counters = Object.fromEntries(Object.entries(change).filter(([, by]) => by !== 0));
  return Object.keys(counters).length > 0 ? [{ kind: 'add', key, counters }] : [];
}
