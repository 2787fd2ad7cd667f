const DAY_MS = 24 * 60 * 60 * 1_000;

/** What a clock on the wall of a zone shows, so many days later: "2026-12-01T09:30". */
export function wallClockIn(timeZone: string, at: string, daysLater = 0): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(Date.parse(at) + daysLater * DAY_MS);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}
