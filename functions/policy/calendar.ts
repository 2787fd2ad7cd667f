import {
  addDays,
  addMonths,
  DAY,
  instantOf,
  monthOf,
  wallTimeIn,
  weekdayOf,
  type Instant,
  type LocalDate,
} from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Frequency, Reader } from '../people/person.ts';
import { placeForLetterFrom } from './turns.ts';

type Letter = Exclude<Frequency, 'immediate'>;

/** Two letters of one reader are never closer than this, whatever moved in between. */
export const LEAST_DAYS_APART: Record<Letter, number> = { weekly: 6, monthly: 20, quarterly: 60 };
const QUARTER_MONTHS = [3, 6, 9, 12];
/** The longest any pace waits is a season; this bounds the search for a day. */
const SEARCH_DAYS = 400;

export function isPaused(reader: Pick<Reader, 'pause'>, now: Instant): boolean {
  return reader.pause !== null && now < reader.pause.until;
}

/**
 * When the reader's next letter leaves: the announced date while it stands, else the next regular
 * one. Null when they read everything as published and nothing waits.
 */
export function nextLetterAt(reader: Reader, brand: Brand, now: Instant): Instant | null {
  if (reader.nextDigestAt !== null && (reader.nextDigestAt > now || reader.waiting.length > 0))
    return reader.nextDigestAt;
  return reader.frequency === 'immediate' ? null : letterAfter(reader, brand, now);
}

/**
 * The first moment strictly after `after` at which a letter may leave for this reader: a regular
 * digest date, on or after the end of a pause, at the least distance from the last one and never
 * above the cap. Who reads everything as published gets it at the next allowed hour.
 */
export function letterAfter(reader: Reader, brand: Brand, after: Instant): Instant {
  const from = freeFrom(reader, brand, after);
  const at =
    reader.frequency === 'immediate' ? from : regularDate(reader, reader.frequency, brand, from);
  // Also where the house's own hour for letters falls into its quiet hours: what is announced is when it comes.
  return outsideQuietHours(reader, brand, at);
}

/** The next allowed hour for a letter, whatever the pace's own days: a catch-up, or after a change to a faster pace. */
export function soonestLetterAfter(reader: Reader, brand: Brand, after: Instant): Instant {
  return outsideQuietHours(reader, brand, freeFrom(reader, brand, after));
}

/** Not in a pause, at the least distance from the last letter, never two on one day, never above the cap. */
function freeFrom(reader: Reader, brand: Brand, after: Instant): Instant {
  const { frequency, pause, lastDigestAt } = reader;
  const opens = pause !== null && pause.until > after ? pause.until : after + 1;
  const nextDay =
    lastDigestAt === null ? 0 : startOfDay(reader, addDays(dayOf(reader, lastDigestAt), 1));
  const apart =
    lastDigestAt === null || frequency === 'immediate'
      ? nextDay
      : Math.max(nextDay, lastDigestAt + LEAST_DAYS_APART[frequency] * DAY);
  return placeForLetterFrom(reader, brand, Math.max(opens, apart));
}

/** The first regular digest date at or after a moment, in the reader's zone, for any pace. */
export function regularDate(
  reader: Pick<Reader, 'timeZone' | 'weekday' | 'partOfDay'>,
  frequency: Letter,
  brand: Brand,
  from: Instant,
): Instant {
  const minutes = letterMinutes(reader, brand);
  const weekday =
    frequency === 'weekly' ? (reader.weekday ?? brand.digestWeekday) : brand.digestWeekday;
  let date = wallTimeIn(reader.timeZone, from).date;
  for (let day = 0; day < SEARCH_DAYS; day += 1) {
    if (isLetterDay(date, frequency, weekday)) {
      const at = instantOf(reader.timeZone, { date, minutes });
      if (at >= from) return at;
    }
    date = addDays(date, 1);
  }
  throw new Error('no digest day within a year: the calendar is broken');
}

/** The same moment, or the end of the quiet hours it falls in. */
export function outsideQuietHours(
  reader: Pick<Reader, 'timeZone'>,
  brand: Pick<Brand, 'quiet'>,
  at: Instant,
): Instant {
  const { fromMinutes, toMinutes } = brand.quiet;
  const wall = wallTimeIn(reader.timeZone, at);
  const inside =
    fromMinutes <= toMinutes
      ? wall.minutes >= fromMinutes && wall.minutes < toMinutes
      : wall.minutes >= fromMinutes || wall.minutes < toMinutes;
  if (!inside) return at;
  const date = wall.minutes < toMinutes ? wall.date : addDays(wall.date, 1);
  return instantOf(reader.timeZone, { date, minutes: toMinutes });
}

/** The end of a pause of so many months: that day's first moment where the reader lives. */
export function monthsFrom(
  reader: Pick<Reader, 'timeZone'>,
  now: Instant,
  months: number,
): Instant {
  return startOfDay(reader, addMonths(dayOf(reader, now), months));
}

/** Midnight of a day where the reader lives. */
export function startOfDay(reader: Pick<Reader, 'timeZone'>, date: LocalDate): Instant {
  return instantOf(reader.timeZone, { date, minutes: 0 });
}

/** The day a moment falls on where the reader lives. */
export function dayOf(reader: Pick<Reader, 'timeZone'>, at: Instant): LocalDate {
  return wallTimeIn(reader.timeZone, at).date;
}

function letterMinutes(reader: Pick<Reader, 'partOfDay'>, brand: Brand): number {
  return reader.partOfDay === 'afternoon' ? brand.afternoonAtMinutes : brand.digestAtMinutes;
}

function isLetterDay(date: LocalDate, frequency: Letter, weekday: number): boolean {
  if (weekdayOf(date) !== weekday) return false;
  const firstOfMonth = Number(date.slice(8)) <= 7;
  switch (frequency) {
    case 'weekly':
      return true;
    case 'monthly':
      return firstOfMonth;
    case 'quarterly':
      return firstOfMonth && QUARTER_MONTHS.includes(monthOf(date));
  }
}
