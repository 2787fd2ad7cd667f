import type { Rhythm } from './series-query.ts';

export const WHICH = ['1', '2', '3', '4', 'last'] as const;
export const ENDS = ['never', 'until', 'times'] as const;
export type Ends = (typeof ENDS)[number];

/** A rhythm as somebody fills it in: nothing is lost when they change their mind about its unit. */
export type Filled = {
  readonly every: string;
  readonly unit: 'week' | 'month';
  readonly weekdays: readonly number[];
  readonly monthDay: 'day' | 'last' | 'nth';
  readonly day: string;
  readonly which: (typeof WHICH)[number];
  readonly weekday: number;
  readonly at: string;
  readonly clock: 'house' | 'reader';
  readonly ends: Ends;
  readonly until: string;
  readonly times: string;
  readonly onlyNewest: boolean;
  readonly wait: boolean;
};

/** Away from the minute in which readers' own letters leave: what leaves with them may be a week late. */
export const FIRST: Filled = {
  every: '1',
  unit: 'week',
  weekdays: [4],
  monthDay: 'day',
  day: '1',
  which: '1',
  weekday: 4,
  at: '10:00',
  clock: 'house',
  ends: 'never',
  until: '',
  times: '10',
  onlyNewest: true,
  wait: false,
};

/** What stands in the sentence, as the API takes it; undefined while something is missing. */
export function rhythmIn(filled: Filled, zone: string): Rhythm | undefined {
  const { at, ends, until, times } = filled;
  const every = Number(filled.every);
  if (!(every >= 1) || at === '' || (ends === 'until' && until === '')) return undefined;
  if (ends === 'times' && !(Number(times) >= 1)) return undefined;
  const shared = {
    ...{ every, at, timeZone: filled.clock === 'reader' ? 'reader' : zone },
    ...(ends === 'until' && { until }),
    ...(ends === 'times' && { times: Number(times) }),
  };
  if (filled.unit === 'week') {
    if (filled.weekdays.length === 0) return undefined;
    return { unit: 'week', weekdays: [...filled.weekdays], ...shared };
  }
  return { unit: 'month', on: monthDayIn(filled), ...shared };
}

type On = Extract<Rhythm, { unit: 'month' }>['on'];
function monthDayIn({ monthDay, day, which, weekday }: Filled): On {
  if (monthDay === 'day') return { day: Number(day) };
  if (monthDay === 'last') return { day: 'last' };
  return { weekday, which: which === 'last' ? which : (Number(which) as 1) };
}

/** The sentence as it was filled in, to be changed. */
export function filledFrom(rhythm: Rhythm, more: Pick<Filled, 'onlyNewest' | 'wait'>): Filled {
  const { at, until, times } = rhythm;
  return {
    ...FIRST,
    ...more,
    ...{ at, unit: rhythm.unit, every: String(rhythm.every ?? 1) },
    clock: rhythm.timeZone === 'reader' ? 'reader' : 'house',
    ends: until !== undefined ? 'until' : times !== undefined ? 'times' : 'never',
    until: until ?? '',
    times: String(times ?? FIRST.times),
    ...(rhythm.unit === 'week' ? { weekdays: rhythm.weekdays } : daysFrom(rhythm.on)),
  };
}

function daysFrom(on: On): Partial<Filled> {
  if ('day' in on)
    return on.day === 'last' ? { monthDay: 'last' } : { monthDay: 'day', day: String(on.day) };
  return {
    monthDay: 'nth',
    weekday: on.weekday,
    which: WHICH.find((one) => one === String(on.which)) ?? '1',
  };
}
