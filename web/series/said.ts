import { listIn } from '../words/format.ts';
import type { Words } from '../words/words.ts';
import type { Rhythm } from './series-query.ts';

const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 24 * 60 * 60_000;

/** Monday is 1. */
export function weekdayNamed({ locale }: Pick<Words, 'locale'>, day: number): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return format.format(MONDAY + (day - 1) * DAY_MS);
}

/** "1er", "1st": the day of a month as one says it. */
export function dayNamed({ language, locale }: Pick<Words, 'language' | 'locale'>, day: number) {
  if (language === 'fr') return day === 1 ? '1er' : String(day);
  const ends = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' } as const;
  return `${day}${ends[new Intl.PluralRules(locale, { type: 'ordinal' }).select(day)]}`;
}

/** A rhythm as one would say it. */
export function rhythmSaid(
  words: Words,
  rhythm: Rhythm,
  date: (at: string, shown: 'day') => string,
): string {
  const { t } = words;
  const { every = 1, at: hour, timeZone, until, times } = rhythm;
  const said =
    rhythm.unit === 'week'
      ? t('series.weekly', {
          every,
          hour,
          days: listIn(
            words,
            rhythm.weekdays.toSorted().map((day) => weekdayNamed(words, day)),
          ),
        })
      : t('series.monthly', { every, hour, on: daySaid(words, rhythm.on) });
  return [
    said,
    timeZone === 'reader' ? t('series.atReaders') : t('series.atHouse', { zone: timeZone }),
    until !== undefined && t('series.endsOn', { day: date(until, 'day') }),
    times !== undefined && t('series.endsAfter', { count: times }),
  ]
    .filter(Boolean)
    .join(', ');
}

function daySaid(words: Words, on: Extract<Rhythm, { unit: 'month' }>['on']): string {
  const { t } = words;
  if (!('day' in on))
    return t('series.on.nth', {
      which: t(`series.which.${on.which}`),
      weekday: weekdayNamed(words, on.weekday),
    });
  return on.day === 'last'
    ? t('series.on.last')
    : t('series.on.day', { day: dayNamed(words, on.day) });
}
