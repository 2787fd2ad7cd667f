import { isDay } from '../calendar/days.ts';

/** Which day of letters is looked at. */
export function daySearch(given: Readonly<Record<string, unknown>>) {
  const { day } = given;
  return isDay(day) ? { day } : {};
}
