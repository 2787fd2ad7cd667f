import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, DAY, HOUR, type Instant } from '../../functions/base/time.ts';
import {
  begun,
  datesOf,
  Rhythm,
  scheduleOn,
  type Begun,
} from '../../functions/campaigns/rhythm.ts';
import {
  comingDates,
  isOvertaken,
  leavesAt,
  MADE_AHEAD_MS,
  occurrenceId,
  stepOf,
  type Series,
} from '../../functions/campaigns/series.ts';

const first = (rhythm: Begun, most: number) => datesOf(rhythm).take(most).toArray();
const paris = { at: '09:00', timeZone: 'Europe/Paris' } as const;
const weekly = { unit: 'week', every: 1, ...paris } as const;
const monthly = { unit: 'month', every: 1, ...paris } as const;

describe('the dates of a rhythm', () => {
  const table: readonly (readonly [string, Begun, readonly string[]])[] = [
    [
      'every week on Tuesday',
      { ...weekly, weekdays: [2], from: '2026-01-06' },
      ['2026-01-06', '2026-01-13', '2026-01-20', '2026-01-27'],
    ],
    [
      'every second week on Friday and Monday, weeks being counted from the first',
      { ...weekly, every: 2, weekdays: [5, 1], from: '2026-01-09' },
      ['2026-01-09', '2026-01-19', '2026-01-23', '2026-02-02'],
    ],
    [
      'on the first of the month',
      { ...monthly, on: { day: 1 }, from: '2026-01-05' },
      ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'],
    ],
    [
      'on the 31st, or the last day of a shorter month',
      { ...monthly, on: { day: 31 }, from: '2026-01-31' },
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'],
    ],
    [
      'on the last day of the month, in a leap year too',
      { ...monthly, on: { day: 'last' }, from: '2028-01-31' },
      ['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'],
    ],
    [
      'on the 29th of February, each year',
      { ...monthly, every: 12, on: { day: 29 }, from: '2028-02-29' },
      ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28'],
    ],
    [
      'on the last Friday of the month',
      { ...monthly, on: { weekday: 5, which: 'last' }, from: '2026-01-05' },
      ['2026-01-30', '2026-02-27', '2026-03-27', '2026-04-24'],
    ],
    [
      'on the first Tuesday of each season',
      { ...monthly, every: 3, on: { weekday: 2, which: 1 }, from: '2026-03-03' },
      ['2026-03-03', '2026-06-02', '2026-09-01', '2026-12-01'],
    ],
    [
      'until a day, which it may fall on',
      { ...weekly, weekdays: [2], from: '2026-01-06', until: '2026-01-20' },
      ['2026-01-06', '2026-01-13', '2026-01-20'],
    ],
    [
      'so often and no more',
      { ...weekly, weekdays: [2, 4], from: '2026-01-06', times: 3 },
      ['2026-01-06', '2026-01-08', '2026-01-13'],
    ],
  ];
  it.each(table)('%s', (_, rhythm, dates) => {
    expect(first(rhythm, 4)).toEqual(dates);
  });

  it('begin with the soonest that is still ahead, whatever weeks are counted then', () => {
    const now = Date.parse('2026-01-10T12:00:00Z');
    const rhythm = { ...weekly, every: 2, weekdays: [2] };
    const from = begun(rhythm, '2026-01-10', now)!;
    expect(first(from, 2)).toEqual(['2026-01-13', '2026-01-27']);
    expect(begun({ ...rhythm, from: '2026-03-01' }, '2026-01-10', now)?.from).toBe('2026-03-03');
    expect(begun({ ...rhythm, until: '2026-01-12' }, '2026-01-10', now)).toBeUndefined();
  });

  it('begin today while the hour is ahead, and not when it has passed', () => {
    const daily = { ...weekly, weekdays: [1, 2, 3, 4, 5, 6, 7] };
    const nine = Date.parse('2026-01-06T08:00:00Z');
    expect(begun(daily, '2026-01-06', nine - 1)?.from).toBe('2026-01-06');
    expect(begun(daily, '2026-01-06', nine)?.from).toBe('2026-01-07');
  });

  it('are refused where they say two things', () => {
    const both = { ...weekly, weekdays: [2], until: '2026-05-01', times: 3 };
    expect(Rhythm.safeParse(both).success).toBe(false);
    expect(Rhythm.safeParse({ ...weekly, weekdays: [2, 2] }).success).toBe(false);
    expect(Rhythm.safeParse({ ...monthly, on: { weekday: 2, which: 5 } }).success).toBe(false);
    for (const day of ['3000-01-01', '9999-12-31'])
      for (const name of ['from', 'until'])
        expect(Rhythm.safeParse({ ...weekly, weekdays: [1], [name]: day }).success).toBe(false);
    expect(begun({ ...weekly, weekdays: [1], from: '2999-12-31' }, '2026-01-05', 0)?.from).toBe(
      '3000-01-06',
    );
  });
});

describe('the hour of a date', () => {
  const hours: readonly (readonly [string, string, string, string])[] = [
    ['in winter', '09:00', '2026-03-24', '2026-03-24T08:00:00.000Z'],
    ['in summer, the same wall clock', '09:00', '2026-03-31', '2026-03-31T07:00:00.000Z'],
    [
      'that never comes is the first minute after',
      '02:30',
      '2026-03-29',
      '2026-03-29T01:00:00.000Z',
    ],
    ['that comes twice is the first', '02:30', '2026-10-25', '2026-10-25T00:30:00.000Z'],
  ];
  it.each(hours)('%s', (_, at, date, moment) => {
    const rhythm = { ...weekly, weekdays: [7], at };
    expect(new Date(scheduleOn(rhythm, date).startsAt).toISOString()).toBe(moment);
  });

  it('at each reader’s own clock begins where the day begins first', () => {
    const rhythm = { ...weekly, weekdays: [2], timeZone: 'reader' };
    expect(scheduleOn(rhythm, '2026-01-06')).toMatchObject({
      atReaders: true,
      startsAt: Date.parse('2026-01-05T19:00:00Z'),
    });
  });
});

const NOBODY = { id: 'm', name: 'Nadia', is: 'member' } as const;
const seriesOf = (rhythm: Begun): Series => ({
  format: 1,
  seriesId: '1ke6sjt80vmbbenk',
  rhythm,
  through: addDays(rhythm.from, -1),
  ...{ made: [], skipped: [], missed: 0, onlyNewest: true, unchanged: 'send', lastContent: null },
  checked: { by: NOBODY, how: 'few', second: null, at: 0 },
  approvedFor: null,
  by: NOBODY,
  endedAt: null,
});

/** Lives through a series with somebody at work at these moments only; what was made, in its order. */
function lived(series: Series, moments: readonly Instant[]) {
  let now = series;
  const made: { date: string; at: Instant }[] = [];
  for (const at of moments) {
    if (now.endedAt !== null) break;
    const { after, make } = stepOf(now, at);
    made.push(...make.map((date) => ({ date, at })));
    now = after;
  }
  return { made, series: now };
}

const rhythms: fc.Arbitrary<Begun> = fc
  .record({
    shape: fc.oneof(
      fc.record({
        unit: fc.constant('week' as const),
        every: fc.integer({ min: 1, max: 4 }),
        weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      }),
      fc.record({
        unit: fc.constant('month' as const),
        every: fc.integer({ min: 1, max: 3 }),
        on: fc.oneof(
          fc.record({
            day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)),
          }),
          fc.record({
            weekday: fc.integer({ min: 1, max: 7 }),
            which: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'last' as const),
          }),
        ),
      }),
    ),
    hour: fc.integer({ min: 0, max: 23 }),
    timeZone: fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'reader'),
    day: fc.integer({ min: 0, max: 700 }),
    times: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  })
  .map(({ shape, hour, timeZone, day, times }) => {
    const from = addDays('2026-01-01', day);
    const rhythm = { ...shape, at: `${String(hour).padStart(2, '0')}:30`, timeZone, from };
    const [begins] = datesOf(rhythm);
    return { ...rhythm, from: begins!, ...(times === undefined ? {} : { times }) };
  });
/** Moments at which somebody is at work, from long before the first date on; sometimes not for weeks. */
const momentsOf = (from: Instant) =>
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 6 * HOUR }),
        fc.integer({ min: 0, max: 5 * DAY }),
        fc.integer({ min: 0, max: 90 * DAY }),
      ),
      { minLength: 1, maxLength: 40 },
    )
    .map((gaps) => {
      let at = from - 10 * DAY;
      return gaps.map((gap) => (at += gap));
    });
const histories = rhythms.chain((rhythm) =>
  fc.record({
    rhythm: fc.constant(rhythm),
    moments: momentsOf(scheduleOn(rhythm, rhythm.from).startsAt),
  }),
);

describe('whoever is at work, and whenever', () => {
  it('no date is made twice, none out of order, and no two fall on one day', () => {
    fc.assert(
      fc.property(histories, ({ rhythm, moments }) => {
        const { made } = lived(seriesOf(rhythm), moments);
        const dates = made.map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].sort());
        const ids = dates.map((date) => occurrenceId('one', date));
        expect(ids).toEqual([...new Set(ids)].sort());
        const real = new Set(first(rhythm, 1_000));
        expect(dates.filter((date) => !real.has(date))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('each date is made, missed or still to come, and of those missed at most the newest is made', () => {
    fc.assert(
      fc.property(histories, ({ rhythm, moments }) => {
        const { made, series } = lived(seriesOf(rhythm), moments);
        const last = moments.at(-1)!;
        const gone = datesOf(rhythm)
          .take(1_000)
          .filter((date) => leavesAt(series, date) <= last)
          .toArray();
        const isMade = new Set(made.map(({ date }) => date));
        expect(gone.filter((date) => !isMade.has(date))).toHaveLength(series.missed);
        for (const at of moments) {
          const late = made.filter((one) => one.at === at && leavesAt(series, one.date) <= at);
          expect(late.length).toBeLessThanOrEqual(1);
          if (late[0]) expect(isOvertaken(series, late[0].date, at)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same is made by whoever looks at least every three days, and by whom wakes when told', () => {
    fc.assert(
      fc.property(rhythms, fc.integer({ min: 1, max: MADE_AHEAD_MS }), (rhythm, step) => {
        const begins = scheduleOn(rhythm, rhythm.from).startsAt;
        const until = begins + 100 * DAY;
        const often: Instant[] = [];
        const gap = Math.max(step, HOUR);
        for (let at = begins - 10 * DAY; at <= until; at += gap) often.push(at);
        const one = lived(seriesOf(rhythm), [...often, until]);
        let at: Instant | null = begins - 10 * DAY;
        let told = seriesOf(rhythm);
        const made: string[] = [];
        while (at !== null && at <= until) {
          const { after, make, wakeAt } = stepOf(told, at);
          made.push(...make);
          expect(wakeAt === null || wakeAt > at).toBe(true);
          [told, at] = [after, wakeAt];
        }
        expect(made).toEqual(one.made.map(({ date }) => date));
        expect(one.series.missed).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('a crash before the write changes nothing: the same is found to do again', () => {
    fc.assert(
      fc.property(histories, ({ rhythm, moments }) => {
        let series = seriesOf(rhythm);
        for (const at of moments) {
          const one = stepOf(series, at);
          expect(stepOf(series, at)).toEqual(one);
          series = one.after;
          expect(stepOf(series, at).make).toEqual([]);
          if (series.endedAt !== null) break;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('what is to be skipped is never made, and comes no more among the next dates once it is past', () => {
    const rhythm: Begun = { ...weekly, weekdays: [2], from: '2026-01-06' };
    const series = { ...seriesOf(rhythm), skipped: ['2026-01-13'] };
    const moments = Array.from({ length: 40 }, (_, day) => Date.parse('2026-01-01') + day * DAY);
    const { made, series: after } = lived(series, moments);
    expect(made.map(({ date }) => date)).not.toContain('2026-01-13');
    expect(after.missed).toBe(0);
    expect(comingDates(after, moments.at(-1)!, 2)).toEqual(['2026-02-10', '2026-02-17']);
  });
});
