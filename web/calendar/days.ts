/** Local days as the API writes them, "2026-12-01". */
export type Day = string;
const DAY_MS = 24 * 60 * 60_000;
const at = (day: Day) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

export const addDays = (day: Day, count: number): Day => dayOf(at(day) + count * DAY_MS);

const mondayOf = (day: Day): Day => addDays(day, -((new Date(at(day)).getUTCDay() + 6) % 7));

export type View = 'month' | 'week';
export type Span = { readonly from: Day; readonly days: number };

/** The days a view shows: whole weeks, from a Monday. */
export function spanOf(view: View, day: Day): Span {
  if (view === 'week') return { from: mondayOf(day), days: 7 };
  const first = `${day.slice(0, 8)}01`;
  const from = mondayOf(first);
  const last = addDays(monthLater(first, 1), -1);
  return { from, days: (at(mondayOf(last)) - at(from)) / DAY_MS + 7 };
}

/** The same place one view later, or earlier. */
export function stepOf(view: View, day: Day, steps: number): Day {
  return view === 'week' ? addDays(day, 7 * steps) : monthLater(`${day.slice(0, 8)}01`, steps);
}

function monthLater(first: Day, months: number): Day {
  const date = new Date(at(first));
  date.setUTCMonth(date.getUTCMonth() + months);
  return dayOf(date.getTime());
}

/** A day that there is: no 31 February. */
export const isDay = (given: unknown): given is Day =>
  typeof given === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(given) &&
  !Number.isNaN(at(given)) &&
  dayOf(at(given)) === given;

/** What the calendar shows stands in its address. */
export function calendarSearch(given: Readonly<Record<string, unknown>>) {
  const { day } = given;
  return {
    ...(given['view'] === 'week' && { view: 'week' as const }),
    ...(isDay(day) && { day }),
  };
}
