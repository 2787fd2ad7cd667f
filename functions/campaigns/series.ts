import { createHash } from 'node:crypto';
import * as z from 'zod';
import { lettersOf, timeLetters } from '../base/id.ts';
import { addDays, DAY, MINUTE, type Instant, type LocalDate } from '../base/time.ts';
import { Checked, Hand } from './campaign.ts';
import { datesAfter, Rhythm, scheduleOn, type Begun } from './rhythm.ts';

/** The letter of a date is made so long before it leaves: time to read it, change it or skip it. */
export const MADE_AHEAD_MS = 3 * DAY;
/** An audience that was said yes to may grow by so much before somebody looks again. */
const MAY_GROW_BY = 1.2;
/** While the letter is being changed, the coming ones are not made anew at each key. */
const REMADE_AFTER_MS = 10 * MINUTE;

/**
 * A letter that leaves again and again. Its dates up to `through` are settled; of those after it,
 * some are `made` already, as campaigns of their own, and some are to be skipped.
 */
export const Series = z.object({
  format: z.literal(1),
  /** The campaign whose letter is copied at each date. */
  seriesId: z.string(),
  rhythm: Rhythm,
  through: z.string(),
  made: z.array(z.string()),
  skipped: z.array(z.string()),
  /** Dates that went by while nobody was at work. */
  missed: z.int(),
  /** In readers' own letters the newest takes the place of those before it. */
  onlyNewest: z.boolean(),
  /** The same text as last time goes again, or waits for somebody. */
  unchanged: z.enum(['send', 'wait']),
  /** The text that was copied last. */
  lastContent: z.int().nullable(),
  checked: Checked,
  /** The number of readers somebody said yes to; null where few were to be asked for, or the letter has changed since. */
  approvedFor: z.int().nullable(),
  by: Hand,
  endedAt: z.number().nullable(),
});
export type Series = z.infer<typeof Series>;

export const rhythmOf = ({ rhythm }: Series) => rhythm as Begun;
export const leavesAt = (series: Series, date: LocalDate): Instant =>
  scheduleOn(series.rhythm, date).startsAt;

/** One date of one series has one id, whoever makes it and how often it is tried. */
export function occurrenceId(seriesId: string, date: LocalDate): string {
  const hash = createHash('sha256').update(`${seriesId} ${date}`).digest();
  return timeLetters(Date.parse(date)) + lettersOf(hash.subarray(0, 7));
}

export type Step = {
  readonly after: Series;
  readonly make: readonly LocalDate[];
  /** When there is something to do again; null when all its dates have gone by. */
  readonly wakeAt: Instant | null;
};

/**
 * What is to be made now. Of dates that went by while nobody was at work only the newest is made:
 * what was missed is not sent in a heap afterwards.
 */
export function stepOf(series: Series, now: Instant): Step {
  const make: LocalDate[] = [];
  const { due, next } = datesDue(series, now);
  const past = due.filter((date) => leavesAt(series, date) <= now);
  const newest = past.findLast((date) => !series.skipped.includes(date));
  let missed = 0;
  for (const date of due) {
    if (series.made.includes(date) || series.skipped.includes(date)) continue;
    if (past.includes(date) && date !== newest) missed += 1;
    else make.push(date);
  }
  const through = past.at(-1) ?? series.through;
  const made = [...series.made, ...make].filter((date) => date > through).sort();
  const skipped = series.skipped.filter((date) => date > through);
  const last = due.at(-1);
  const isOver = next === undefined && last === past.at(-1);
  return {
    after: {
      ...series,
      ...{ through, made, skipped, missed: series.missed + missed },
      endedAt: isOver ? now : null,
    },
    make,
    wakeAt: isOver ? null : next === undefined ? leavesAt(series, last!) : next - MADE_AHEAD_MS,
  };
}

/** Unsettled dates whose time to be made has come, and when the one after them leaves. */
function datesDue(
  series: Series,
  now: Instant,
): { readonly due: LocalDate[]; readonly next: Instant | undefined } {
  const due: LocalDate[] = [];
  for (const date of datesAfter(rhythmOf(series), series.through)) {
    const at = leavesAt(series, date);
    if (at - MADE_AHEAD_MS > now) return { due, next: at };
    due.push(date);
  }
  return { due, next: undefined };
}

/** Its next dates, those to be skipped too. */
export function comingDates(series: Series, now: Instant, most: number): LocalDate[] {
  const coming: LocalDate[] = [];
  if (series.endedAt !== null) return coming;
  for (const date of datesAfter(rhythmOf(series), series.through)) {
    if (coming.length >= most) break;
    if (leavesAt(series, date) > now) coming.push(date);
  }
  return coming;
}

/** Whether a date comes whose letter has not left. */
export function isAhead(series: Series, date: LocalDate, now: Instant): boolean {
  if (series.endedAt !== null || leavesAt(series, date) <= now) return false;
  for (const one of datesAfter(rhythmOf(series), series.through))
    if (one >= date) return one === date;
  return false;
}

/** Whether a later date of it has come already: then this one is old. */
export function isOvertaken(series: Series, date: LocalDate, now: Instant): boolean {
  const [next] = datesAfter(rhythmOf(series), date);
  return next !== undefined && leavesAt(series, next) <= now;
}

/** So many readers may get it without anybody looking again. */
export const readersMost = ({ approvedFor }: Series, few: number): number =>
  Math.max(few, Math.floor((approvedFor ?? 0) * MAY_GROW_BY));

/** Without the dates whose letters were taken back, which are to be made again. */
export const without = (series: Series, dates: readonly LocalDate[]): Series => ({
  ...series,
  made: series.made.filter((date) => !dates.includes(date)),
});

/** When the step after a change is due: soon, and before the next letter leaves. */
export function remadeAt(series: Series, now: Instant): Instant {
  const [next] = comingDates(series, now, 1);
  if (next === undefined) return now;
  const at = leavesAt(series, next);
  return Math.max(now, Math.min(now + REMADE_AFTER_MS, at - MINUTE));
}

/** Up to the day before a rhythm begins, nothing is to be made. */
export const before = ({ from }: Begun): LocalDate => addDays(from, -1);
