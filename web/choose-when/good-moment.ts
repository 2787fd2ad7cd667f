import { wallClockIn } from './wall-clock.ts';

const HOUR = 60;
const MORNING = 10 * HOUR;
const LETTERS = 9 * HOUR;

/**
 * The next day on which somebody is at work to see it leave, in the morning, and an hour from the
 * minute in which readers' own letters leave: what leaves with them is in them, and letters that were
 * read and approved an hour before are not what was read any more.
 */
export function goodMoment(timeZone: string, now: string, lettersAt = LETTERS): string {
  let days = 1;
  while (isWeekend(dayIn(timeZone, now, days))) days += 1;
  const isBeside = Math.abs(MORNING - lettersAt) < HOUR;
  return `${dayIn(timeZone, now, days)}T${clock(isBeside ? lettersAt + HOUR : MORNING)}`;
}

const dayIn = (timeZone: string, now: string, days: number) =>
  wallClockIn(timeZone, now, days).slice(0, 10);

const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

const clock = (minutes: number) =>
  [Math.floor(minutes / HOUR), minutes % HOUR]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
