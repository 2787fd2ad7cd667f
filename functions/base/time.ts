/** Milliseconds since 1970 in UTC. Every moment in the code base has this shape. */
export type Instant = number;

/** A day on somebody's wall calendar, as `2026-12-01`. It has no zone of its own. */
export type LocalDate = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What a wall clock shows: minutes are counted from midnight. */
export type WallTime = { readonly date: LocalDate; readonly minutes: number };

/** Where a day begins first: what leaves at each reader's own clock starts its run here. */
export const FIRST_ZONE = 'Pacific/Kiritimati';

/** Whether the runtime knows this IANA zone, old names included. */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What the wall clock shows in a zone at a moment. */
export function wallTimeIn(timeZone: string, at: Instant): WallTime {
  const local = at + offsetIn(timeZone, at);
  const midnight = Math.floor(local / DAY) * DAY;
  return { date: dateOf(midnight), minutes: Math.floor((local - midnight) / MINUTE) };
}

/**
 * The moment a wall clock shows this time. In the spring gap it is the first valid minute after;
 * in the autumn overlap, the first of the two.
 */
export function instantOf(timeZone: string, { date, minutes }: WallTime): Instant {
  const local = utcOf(date) + minutes * MINUTE;
  const before = local - offsetIn(timeZone, local - DAY);
  const after = local - offsetIn(timeZone, local + DAY);
  for (const at of [Math.min(before, after), Math.max(before, after)])
    if (at + offsetIn(timeZone, at) === local) return at;
  return endOfGap(timeZone, Math.min(before, after), Math.max(before, after));
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(utcOf(date) + days * DAY);
}

/** The same day in a later month, or that month's last day when it is shorter. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = partsOf(date);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dateOf(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, last)));
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(utcOf(date)).getUTCDay() || 7;
}

export function monthOf(date: LocalDate): number {
  return partsOf(date)[1];
}

/** Whole days from one date to another; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((utcOf(to) - utcOf(from)) / DAY);
}

function utcOf(date: LocalDate): number {
  const [year, month, day] = partsOf(date);
  return Date.UTC(year, month - 1, day);
}

function partsOf(date: LocalDate): [number, number, number] {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) throw new Error(`not a date: ${date}`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** The same few days are asked for again and again, and each costs half a microsecond to write. */
const dates = new Map<number, LocalDate>();
const DATES_KEPT = 512;

function dateOf(utc: number): LocalDate {
  const known = dates.get(utc);
  if (known !== undefined) return known;
  if (dates.size >= DATES_KEPT) dates.clear();
  const date = new Date(utc).toISOString().slice(0, 10);
  dates.set(utc, date);
  return date;
}

function endOfGap(timeZone: string, from: Instant, to: Instant): Instant {
  const offset = offsetIn(timeZone, from);
  let low = from;
  let high = to;
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (offsetIn(timeZone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** One formatter costs 110 µs and one question to it 2 µs, so both are kept: offsets per zone and quarter-hour. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const QUARTER = 15 * MINUTE;
const OFFSETS_KEPT = 4_096;

function offsetIn(timeZone: string, at: Instant): number {
  let known = offsets.get(timeZone);
  if (!known) {
    known = new Map<number, number>();
    offsets.set(timeZone, known);
  }
  const quarter = Math.floor(at / QUARTER);
  const found = known.get(quarter);
  if (found !== undefined) return found;
  if (known.size >= OFFSETS_KEPT) known.clear();
  const offset = readOffset(timeZone, quarter * QUARTER);
  known.set(quarter, offset);
  return offset;
}

function readOffset(timeZone: string, at: Instant): number {
  const part = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const local = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return local - Math.floor(at / SECOND) * SECOND;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
