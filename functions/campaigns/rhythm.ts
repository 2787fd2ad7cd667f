import * as z from 'zod';
import {
  addDays,
  addMonths,
  FIRST_ZONE,
  instantOf,
  isTimeZone,
  weekdayOf,
  type Instant,
  type LocalDate,
  type WallTime,
} from '../base/time.ts';

const Weekday = z.int().min(1).max(7);
// One literal of several values is described to programs by its first value alone.
const Which = z.union(
  [z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')],
  'must be 1, 2, 3, 4 or "last"',
);
/** Years of five figures are written in another way, which no calendar of ours reads. */
const Day = z.iso
  .date('must be a day, as "2026-12-01"')
  .refine((day) => day < '3000', 'must be before the year 3000');
const shared = {
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as "09:00"'),
  timeZone: z
    .string()
    .refine((zone) => zone === 'reader' || isTimeZone(zone), 'must be an IANA zone or "reader"'),
  /** Not before this day; today when left out. */
  from: Day.optional(),
  /** The last day it may fall on; or how often in all. Neither: until somebody ends it. */
  until: Day.optional(),
  times: z.int().min(1).max(1_000).optional(),
};
const Weekly = z.strictObject({
  unit: z.literal('week'),
  every: z.int().min(1).max(52).default(1),
  weekdays: z
    .array(Weekday)
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, 'must name each day once'),
  ...shared,
});
const Monthly = z.strictObject({
  unit: z.literal('month'),
  every: z.int().min(1).max(24).default(1),
  on: z.union([
    z.strictObject({ day: z.union([z.int().min(1).max(31), z.literal('last')]) }),
    z.strictObject({ weekday: Weekday, which: Which }),
  ]),
  ...shared,
});

/**
 * Every so many weeks or months, on which days, at which hour of which clock. The 31st of a shorter
 * month is its last day.
 */
export const Rhythm = z
  .discriminatedUnion('unit', [Weekly, Monthly])
  .refine(({ until, times }) => until === undefined || times === undefined, {
    message: '"until" and "times" do not go together',
    path: ['times'],
  });
export type Rhythm = z.infer<typeof Rhythm>;

/** What somebody wants of a letter that leaves again and again. */
export const Repeat = z.strictObject({
  rhythm: Rhythm,
  onlyNewest: z.boolean().default(true),
  unchanged: z.enum(['send', 'wait']).default('send'),
});
export type Repeat = z.infer<typeof Repeat>;

/** As it is kept: with the day it begins on, from which weeks and months are counted. */
export type Begun = Rhythm & { readonly from: LocalDate };

/** More dates than anybody waits for: every day for half a century. */
const DATES_MOST = 20_000;

/** Every date it falls on, earliest first; none twice. */
export function* datesOf(rhythm: Begun): Generator<LocalDate> {
  let count = 0;
  for (let round = 0; count < DATES_MOST; round += 1)
    for (const date of datesOfRound(rhythm, round)) {
      if (date < rhythm.from) continue;
      if (rhythm.until !== undefined && date > rhythm.until) return;
      yield date;
      count += 1;
      if (count >= Math.min(rhythm.times ?? DATES_MOST, DATES_MOST)) return;
    }
}

/** Dates after a day, as long as they are wanted. */
export function* datesAfter(rhythm: Begun, day: LocalDate): Generator<LocalDate> {
  for (const date of datesOf(rhythm)) if (date > day) yield date;
}

/** The same rhythm from the first of its days that is still ahead; undefined when there is none. */
export function begun(rhythm: Rhythm, today: LocalDate, now: Instant): Begun | undefined {
  const from = rhythm.from !== undefined && rhythm.from > today ? rhythm.from : addDays(today, -1);
  // Which week is the first is not known before the first day is: then every so many are counted.
  const { times: _, ...endless } = rhythm;
  for (const date of datesOf({ ...endless, every: 1, from }))
    if (scheduleOn(rhythm, date).startsAt > now) return { ...rhythm, from: date };
  return undefined;
}

/** When the letter of a date leaves. */
export function scheduleOn(
  { at, timeZone }: Rhythm,
  date: LocalDate,
): {
  readonly startsAt: Instant;
  readonly timeZone: string;
  readonly wallTime: WallTime;
  readonly atReaders: boolean;
} {
  const wallTime = { date, minutes: Number(at.slice(0, 2)) * 60 + Number(at.slice(3)) };
  const atReaders = timeZone === 'reader';
  const startsAt = instantOf(atReaders ? FIRST_ZONE : timeZone, wallTime);
  return { startsAt, timeZone, wallTime, atReaders };
}

function datesOfRound(rhythm: Begun, round: number): LocalDate[] {
  if (rhythm.unit === 'week') {
    const monday = addDays(rhythm.from, 1 - weekdayOf(rhythm.from) + 7 * rhythm.every * round);
    return rhythm.weekdays.map((day) => addDays(monday, day - 1)).sort();
  }
  const first = addMonths(`${rhythm.from.slice(0, 8)}01`, rhythm.every * round);
  return [dayOfMonth(first, rhythm.on)];
}

function dayOfMonth(first: LocalDate, on: Extract<Rhythm, { unit: 'month' }>['on']): LocalDate {
  const last = addDays(addMonths(first, 1), -1);
  if ('day' in on) {
    if (on.day === 'last') return last;
    const date = addDays(first, on.day - 1);
    return date < last ? date : last;
  }
  if (on.which === 'last') return addDays(last, -((weekdayOf(last) - on.weekday + 7) % 7));
  return addDays(first, ((on.weekday - weekdayOf(first) + 7) % 7) + 7 * (on.which - 1));
}
