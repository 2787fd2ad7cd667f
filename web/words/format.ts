import type { Words } from './words.ts';

type Shown = 'day' | 'weekday' | 'moment' | 'hour' | 'clock' | 'month' | 'short';
const SHAPES: Readonly<Record<Shown, Intl.DateTimeFormatOptions>> = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  hour: { hour: '2-digit', minute: '2-digit' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  month: { month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
};
const formatters = new Map<string, Intl.DateTimeFormat>();

/** A moment as people of a zone write it. A local day, as "2026-12-01", is that day in any zone. */
export function dateIn(
  { locale, language }: Pick<Words, 'locale' | 'language'>,
  timeZone: string,
  at: string | number,
  shown: Shown,
): string {
  const isDay = typeof at === 'string' && at.length === 10;
  const zone = isDay ? 'UTC' : timeZone;
  const name = `${locale} ${zone} ${shown}`;
  const formatter =
    formatters.get(name) ?? new Intl.DateTimeFormat(locale, { ...SHAPES[shown], timeZone: zone });
  formatters.set(name, formatter);
  const text = formatter.format(new Date(at));
  // French says "1er décembre"; its formatter says "1 décembre".
  return language === 'fr' ? text.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : text;
}

/** The local day of a moment in a zone: "2026-12-01". */
export const localDayOf = (timeZone: string, at: string | number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(at));

/** 12 418, 12,418. */
export const numberIn = ({ locale }: Pick<Words, 'locale'>, value: number) =>
  new Intl.NumberFormat(locale).format(value);

/** 84 %, 84%. */
export const shareIn = ({ locale }: Pick<Words, 'locale'>, share: number) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** "a, b et c". */
export const listIn = ({ locale }: Pick<Words, 'locale'>, items: readonly string[]) =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);

/** "dans 3 jours", "3 days ago", to the unit that fits. */
export function awayIn({ locale }: Pick<Words, 'locale'>, fromNowMs: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = fromNowMs / 60_000;
  if (Math.abs(minutes) < 60) return format.format(Math.round(minutes), 'minute');
  if (Math.abs(minutes) < 36 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / (24 * 60)), 'day');
}
