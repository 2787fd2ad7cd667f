import { describe, expect, it } from 'vitest';
import { addMonths, instantOf, wallTimeIn } from '../../functions/base/time.ts';
import {
  letterAfter,
  nextLetterAt,
  outsideQuietHours,
  regularDate,
} from '../../functions/policy/calendar.ts';
import {
  withEverythingStopped,
  withFrequency,
  withMoment,
  withPause,
  withWaiting,
} from '../../functions/policy/change.ts';
import { ada, at, brand, TUESDAY } from './cast.ts';

describe('wall clocks', () => {
  it('an hour that never happens becomes the first valid minute after it', () => {
    expect(instantOf('Europe/Paris', { date: '2026-03-29', minutes: 150 })).toBe(
      at('2026-03-29T01:00:00Z'),
    );
  });
  it('an hour that happens twice is the first of the two', () => {
    expect(instantOf('Europe/Paris', { date: '2026-10-25', minutes: 150 })).toBe(
      at('2026-10-25T00:30:00Z'),
    );
  });
  it('a zone of quarter hours is read to the minute', () => {
    expect(wallTimeIn('Asia/Kathmandu', at('2026-01-06T00:00:00Z'))).toEqual({
      date: '2026-01-06',
      minutes: 5 * 60 + 45,
    });
  });
  it('an old name of a zone is the same zone', () => {
    const now = TUESDAY;
    expect(wallTimeIn('Asia/Calcutta', now)).toEqual(wallTimeIn('Asia/Kolkata', now));
  });
  it('a month after the 31st is the last day of the month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2027-11-30', 3)).toBe('2028-02-29');
  });
});

describe('the date of the next letter', () => {
  it('stays nine o’clock on the wall when the clocks change', () => {
    const weekly = { ...ada, frequency: 'weekly' as const };
    expect(letterAfter(weekly, brand, at('2026-03-25T12:00:00Z'))).toBe(at('2026-03-31T07:00:00Z'));
    expect(letterAfter(weekly, brand, at('2026-10-21T12:00:00Z'))).toBe(at('2026-10-27T08:00:00Z'));
  });
  it('keeps the least distance from the last one when the weekday changes', () => {
    const weekly = { ...ada, frequency: 'weekly' as const, lastDigestAt: TUESDAY };
    const friday = withMoment(weekly, { weekday: 5 }, brand, TUESDAY);
    expect(friday.nextDigestAt).toBe(at('2026-01-16T08:00:00Z'));
  });
  it('is when the quiet ends, where the house’s own hour for letters is a quiet one', () => {
    const late = { ...brand, digestAtMinutes: 22 * 60 };
    const weekly = { ...ada, frequency: 'weekly' as const };
    expect(letterAfter(weekly, late, TUESDAY)).toBe(at('2026-01-07T07:00:00Z'));
  });
  it('once announced, stands when the house moves its day', () => {
    const waiting = withWaiting(
      withFrequency(ada, 'weekly', brand, TUESDAY),
      7,
      at('2026-01-13T08:00:00Z'),
    );
    const moved = { ...brand, digestWeekday: 4 };
    expect(nextLetterAt(waiting, moved, TUESDAY)).toBe(at('2026-01-13T08:00:00Z'));
  });
  it('the first letter of a quarter falls in March, June, September and December', () => {
    const days = ['01-01', '04-01', '07-01', '10-01'].map((day) =>
      regularDate(ada, 'quarterly', brand, at(`2026-${day}T00:00:00Z`)),
    );
    expect(days.map((day) => new Date(day).toISOString().slice(0, 10))).toEqual([
      '2026-03-03',
      '2026-06-02',
      '2026-09-01',
      '2026-12-01',
    ]);
  });
});

describe('a change of mind acts at once on what waits', () => {
  const waiting = withWaiting(
    withFrequency(ada, 'weekly', brand, TUESDAY),
    7,
    at('2026-01-13T08:00:00Z'),
  );
  it('slower: it moves to the slower date', () => {
    const slower = withFrequency(waiting, 'monthly', brand, TUESDAY);
    expect(slower.nextDigestAt).toBe(at('2026-02-03T08:00:00Z'));
    expect(slower.waiting).toEqual([7]);
  });
  it('faster: it comes at the next allowed hour', () => {
    const night = at('2026-01-06T22:00:00Z');
    const faster = withFrequency(waiting, 'immediate', brand, night);
    expect(faster.nextDigestAt).toBe(at('2026-01-07T07:00:00Z'));
  });
  it('a change of pace never ends a pause', () => {
    const resting = withPause(waiting, at('2026-03-01T12:00:00Z'), brand, TUESDAY);
    const faster = withFrequency(resting, 'immediate', brand, TUESDAY);
    expect(faster.pause).not.toBeNull();
    expect(faster.nextDigestAt).toBe(at('2026-03-01T12:00:00Z'));
  });
  it('ending a pause early brings back the regular date', () => {
    const resting = withPause(waiting, at('2026-03-01T12:00:00Z'), brand, TUESDAY);
    expect(withPause(resting, null, brand, TUESDAY).nextDigestAt).toBe(at('2026-01-13T08:00:00Z'));
  });
  it('stop empties what waits, and stopping twice changes nothing', () => {
    const stopped = withEverythingStopped(waiting, TUESDAY);
    expect(stopped).toMatchObject({ waiting: [], nextDigestAt: null, stoppedAt: TUESDAY });
    expect(withEverythingStopped(stopped, TUESDAY + 9)).toEqual(stopped);
  });
});

describe('quiet hours', () => {
  it('end at eight of the same or the next day', () => {
    expect(outsideQuietHours(ada, brand, at('2026-01-06T20:00:00Z'))).toBe(
      at('2026-01-07T07:00:00Z'),
    );
    expect(outsideQuietHours(ada, brand, at('2026-01-06T05:00:00Z'))).toBe(
      at('2026-01-06T07:00:00Z'),
    );
    expect(outsideQuietHours(ada, brand, at('2026-01-06T19:59:00Z'))).toBe(
      at('2026-01-06T19:59:00Z'),
    );
  });
});
