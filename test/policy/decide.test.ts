import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, wallTimeIn } from '../../functions/base/time.ts';
import type { Reader } from '../../functions/people/person.ts';
import { withFrequency, withPause, withWaiting } from '../../functions/policy/change.ts';
import { decide, type MailAsked, type Question } from '../../functions/policy/decide.ts';
import { withTurn } from '../../functions/policy/turns.ts';
import { ada, at, brand, letter, TUESDAY, turn } from './cast.ts';

const ask = (change: Partial<Omit<Question, 'mail'>> & { mail?: Partial<MailAsked> } = {}) =>
  decide({ reader: ada, brand, now: TUESDAY, ...change, mail: { ...letter, ...change.mail } });

const NEXT_TUESDAY_9 = at('2026-01-13T08:00:00Z');
const weekly = withFrequency(ada, 'weekly', brand, TUESDAY);
const monthly = withFrequency(ada, 'monthly', brand, TUESDAY);
const paused = withPause(ada, at('2026-02-20T12:00:00Z'), brand, TUESDAY);
const subscription = (state: 'given' | 'unproven' | 'withdrawn', delivery = 'digest' as const) => ({
  garden: { state, delivery, at: 0, basis: 'consent' as const },
});
const note: Partial<MailAsked> = { kind: 'note', mailing: 'j-thanks' };
const service: Partial<MailAsked> = { kind: 'service', mailing: 'service-1', numbers: [] };

describe('who may be written to', () => {
  it.each<[string, Parameters<typeof ask>[0], object]>([
    ['who follows the topic gets it', {}, { kind: 'send', because: 'subscribed' }],
    ['nothing goes to somebody erased', { reader: undefined }, { kind: 'drop', because: 'erased' }],
    [
      'nothing goes to an address that bounced for good',
      { reader: { ...ada, standing: { is: 'bounced', at: 0 } } },
      { kind: 'drop', because: 'bounced' },
    ],
    [
      'nothing goes to who complained',
      { reader: { ...ada, standing: { is: 'complained', at: 0 } } },
      { kind: 'drop', because: 'complained' },
    ],
    [
      'nothing goes to who stopped everything',
      { reader: { ...ada, stoppedAt: TUESDAY } },
      { kind: 'drop', because: 'suppressed' },
    ],
    [
      'who left the topic is not written to',
      { reader: { ...ada, subscriptions: subscription('withdrawn') } },
      { kind: 'drop', because: 'not-subscribed' },
    ],
    [
      'a topic never chosen is not sent',
      { mail: { topic: 'wine' } },
      { kind: 'drop', because: 'not-subscribed' },
    ],
    [
      'a yes nobody can prove is no yes',
      { reader: { ...ada, subscriptions: subscription('unproven') } },
      { kind: 'drop', because: 'unproven' },
    ],
    [
      'a withdrawn letter stays here',
      { mail: { withdrawn: true } },
      { kind: 'drop', because: 'withdrawn' },
    ],
    [
      'a stopped campaign stays here',
      { mail: { stopped: true } },
      { kind: 'drop', because: 'stopped' },
    ],
    [
      'stale news is not sent',
      { mail: { expiresAt: TUESDAY } },
      { kind: 'drop', because: 'expired' },
    ],
    [
      'nobody gets a mailing twice',
      { reader: { ...ada, recent: [turn('c-spring', TUESDAY - 9 * DAY)] } },
      { kind: 'drop', because: 'already-sent' },
    ],
    [
      'what came in a letter does not come again alone',
      { reader: { ...ada, recent: [turn('letter-2026-01-06', TUESDAY - DAY, [7])] } },
      { kind: 'drop', because: 'already-sent' },
    ],
    [
      'who wants only their own language gets no other',
      { reader: { ...ada, languageOnly: true }, mail: { languages: ['en'] } },
      { kind: 'drop', because: 'not-in-audience' },
    ],
  ])('%s', (_, change, decision) => {
    expect(ask(change)).toMatchObject(decision);
  });
});

describe('when it comes', () => {
  it.each<[string, Parameters<typeof ask>[0], object]>([
    [
      'a weekly reader gets it on the next Tuesday morning',
      { reader: weekly },
      { kind: 'digest', on: NEXT_TUESDAY_9, because: 'frequency' },
    ],
    [
      'a weekly reader who chose Friday gets it on Friday',
      { reader: { ...weekly, weekday: 5, nextDigestAt: null } },
      { kind: 'digest', on: at('2026-01-09T08:00:00Z'), because: 'frequency' },
    ],
    [
      'who chose the afternoon gets it in the afternoon',
      { reader: { ...weekly, partOfDay: 'afternoon', nextDigestAt: null } },
      { kind: 'digest', on: at('2026-01-06T13:00:00Z'), because: 'frequency' },
    ],
    [
      'a monthly reader gets it on the first Tuesday of next month',
      { reader: monthly },
      { kind: 'digest', on: at('2026-02-03T08:00:00Z'), because: 'frequency' },
    ],
    [
      'a quarterly reader gets it on the first Tuesday of March',
      { reader: withFrequency(ada, 'quarterly', brand, TUESDAY) },
      { kind: 'digest', on: at('2026-03-03T08:00:00Z'), because: 'frequency' },
    ],
    [
      'news that would be stale by the letter is dropped, with that reason',
      { reader: monthly, mail: { expiresAt: at('2026-02-01T00:00:00Z') } },
      { kind: 'drop', because: 'expired' },
    ],
    [
      'a topic wanted at once comes at once, whatever the pace',
      {
        reader: {
          ...monthly,
          subscriptions: { garden: { ...monthly.subscriptions.garden!, delivery: 'immediate' } },
        },
      },
      { kind: 'send', because: 'subscribed' },
    ],
    [
      'in a pause it gathers, for the next allowed hour after it',
      { reader: paused },
      { kind: 'digest', on: at('2026-02-20T12:00:00Z'), because: 'paused' },
    ],
    [
      'a pause keeps the pace: a monthly reader hears on the first date after it',
      { reader: withPause(monthly, at('2026-02-20T12:00:00Z'), brand, TUESDAY) },
      { kind: 'digest', on: at('2026-03-03T08:00:00Z'), because: 'paused' },
    ],
    [
      'what is over the cap waits until the window has a place',
      {
        reader: {
          ...ada,
          recent: [1, 2, 3].map((day) => turn(`c-${day}`, TUESDAY - day * DAY)),
        },
      },
      { kind: 'digest', on: TUESDAY + 4 * DAY, because: 'frequency-cap' },
    ],
    [
      'a topic that promises more raises the cap for who follows it',
      {
        reader: { ...ada, recent: [1, 2, 3].map((day) => turn(`c-${day}`, TUESDAY - day * DAY)) },
        mail: { topicAtMost: 5 },
      },
      { kind: 'send' },
    ],
    [
      'nobody is woken: at night it waits for eight in the morning',
      { now: at('2026-01-06T22:30:00Z') },
      { kind: 'hold', until: at('2026-01-07T07:00:00Z'), because: 'quiet-hours' },
    ],
    [
      'at each reader’s own clock it waits for theirs',
      {
        reader: { ...ada, timeZone: 'America/Montreal' },
        now: at('2026-01-06T14:00:00Z'),
        mail: { wallTime: { date: '2026-01-06', minutes: 10 * 60 } },
      },
      { kind: 'hold', until: at('2026-01-06T15:00:00Z'), because: 'preferred-time' },
    ],
  ])('%s', (_, change, decision) => {
    expect(ask(change)).toMatchObject(decision);
  });
});

describe('a letter', () => {
  const due = { ...withWaiting(weekly, 7, TUESDAY), nextDigestAt: TUESDAY };
  const own: Partial<MailAsked> = {
    kind: 'letter',
    mailing: 'letter-2026-01-06',
    numbers: [7],
    plannedFor: TUESDAY,
  };
  const { topic: _none, ...noTopic } = { ...letter, ...own };
  const askLetter = (reader: Reader, now = TUESDAY) =>
    decide({ reader, brand, now, mail: noTopic });

  it('leaves on its day', () => {
    expect(askLetter(due)).toEqual({ kind: 'send', because: 'digest-day' });
  });
  it('waits when a pause was chosen since it was planned', () => {
    const resting = withPause(due, TUESDAY + 30 * DAY, brand, TUESDAY - HOUR);
    expect(askLetter(resting)).toMatchObject({ kind: 'digest', because: 'paused' });
  });
  it('waits when its date was moved since it was planned', () => {
    expect(askLetter({ ...due, nextDigestAt: NEXT_TUESDAY_9 })).toMatchObject({
      kind: 'digest',
      on: NEXT_TUESDAY_9,
    });
  });
  it('keeps its date when news comes at the very hour it is due', () => {
    expect(decide({ reader: due, brand, now: TUESDAY, mail: { ...letter, numbers: [8] } })).toEqual(
      {
        kind: 'digest',
        on: TUESDAY,
        because: 'frequency',
      },
    );
  });
  it('is not made twice for one day', () => {
    const had = { ...due, recent: [turn('letter-2026-01-06', TUESDAY - HOUR)] };
    expect(askLetter(had)).toMatchObject({ kind: 'digest' });
  });
  it('never exceeds the cap together with what came at once', () => {
    const full = { ...due, recent: [1, 2, 3].map((day) => turn(`c-${day}`, TUESDAY - day * DAY)) };
    expect(askLetter(full)).toMatchObject({ kind: 'digest', because: 'frequency-cap' });
  });
});

describe('a letter beside a topic that promises more than the house does', () => {
  const flash = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...turn(`flash-${index}`, TUESDAY - index * DAY - HOUR, [100 + index]),
      k: 8,
    }));
  const due = { ...withWaiting(weekly, 7, TUESDAY), nextDigestAt: TUESDAY };
  const { topic: _none, ...own } = {
    ...letter,
    kind: 'letter' as const,
    mailing: 'letter-2026-01-06',
    plannedFor: TUESDAY,
  };

  it('still leaves on its day', () => {
    const reader = { ...due, recent: flash(6) };
    expect(decide({ reader, brand, now: TUESDAY, mail: own })).toMatchObject({ kind: 'send' });
  });
  it('leaves no more than that topic promised', () => {
    const reader = { ...due, recent: [...flash(7), turn('c-1', TUESDAY - HOUR)] };
    expect(decide({ reader, brand, now: TUESDAY, mail: own })).toMatchObject({
      kind: 'digest',
      because: 'frequency-cap',
    });
  });
});

describe('what a house may set is counted in full', () => {
  const taken = (count: number, apartMs: number, c: 'e' | 'l') =>
    Array.from({ length: count }, (_, index) => TUESDAY - (count - index) * apartMs).reduce(
      (reader: Reader, when, index) => withTurn(reader, turn(`t-${index}`, when, [], c)),
      ada,
    );
  it('a cap of forty in seven days', () => {
    const house = { ...brand, cap: { mails: 40, days: 7 } };
    const reader = taken(40, HOUR, 'e');
    expect(ask({ reader, brand: house })).toMatchObject({ because: 'frequency-cap' });
  });
  it('a ceiling of two notes in ninety days', () => {
    const house = { ...brand, lifecycleCeiling: { mails: 2, days: 90 } };
    const reader = taken(2, 40 * DAY, 'l');
    expect(ask({ reader, brand: house, mail: note })).toEqual({
      kind: 'drop',
      because: 'lifecycle-ceiling',
    });
  });
});

describe('a personal note', () => {
  it('has its own switch', () => {
    expect(ask({ reader: { ...monthly, personalNotes: false }, mail: note })).toEqual({
      kind: 'drop',
      because: 'lifecycle-off',
    });
  });
  it('is not bound by the pace', () => {
    expect(ask({ reader: monthly, mail: note })).toMatchObject({ kind: 'send' });
  });
  it('comes at most twice in thirty days', () => {
    const recent = [
      turn('j-a', TUESDAY - 9 * DAY, [], 'l'),
      turn('j-b', TUESDAY - 20 * DAY, [], 'l'),
    ];
    expect(ask({ reader: { ...ada, recent }, mail: note })).toEqual({
      kind: 'drop',
      because: 'lifecycle-ceiling',
    });
  });
  it('waits for the end of a pause', () => {
    expect(ask({ reader: paused, mail: note })).toMatchObject({ kind: 'hold', because: 'paused' });
  });
});

describe('a transactional mail', () => {
  const gone: Reader = { ...paused, stoppedAt: TUESDAY, standing: { is: 'complained', at: 0 } };
  it('reaches who stopped everything, complained or paused', () => {
    expect(ask({ reader: gone, mail: service })).toEqual({
      kind: 'send',
      because: 'transactional',
    });
  });
  it('goes at once in the night when it was asked for within the hour', () => {
    const now = at('2026-01-06T22:30:00Z');
    expect(ask({ now, mail: { ...service, requestedAt: now - HOUR } })).toEqual({
      kind: 'send',
      because: 'requested',
    });
    expect(ask({ now, mail: service })).toMatchObject({ kind: 'hold', because: 'quiet-hours' });
  });
  it('stops at a hard bounce', () => {
    const bounced: Reader = { ...ada, standing: { is: 'bounced', at: 0 } };
    expect(ask({ reader: bounced, mail: service })).toEqual({ kind: 'drop', because: 'bounced' });
  });
});

describe('for anyone, at any moment, in any zone', () => {
  const zone = fc.constantFrom(
    'Europe/Paris',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'UTC',
  );
  const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
  const frequency = fc.constantFrom('immediate', 'weekly', 'monthly', 'quarterly');
  const reader = fc
    .record({
      frequency,
      timeZone: zone,
      weekday: fc.option(fc.integer({ min: 1, max: 7 })),
      partOfDay: fc.option(fc.constantFrom('morning', 'afternoon')),
      pauseDays: fc.option(fc.integer({ min: -20, max: 200 })),
      lastDigestDaysAgo: fc.option(fc.integer({ min: 0, max: 90 })),
      mailsDaysAgo: fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 8 }),
      now: moment,
    })
    .map(({ pauseDays, lastDigestDaysAgo, mailsDaysAgo, now, ...rest }) => ({
      now,
      reader: {
        ...ada,
        ...rest,
        pause: pauseDays === null ? null : { from: now - 30 * DAY, until: now + pauseDays * DAY },
        lastDigestAt: lastDigestDaysAgo === null ? null : now - lastDigestDaysAgo * DAY,
        recent: mailsDaysAgo.map((days, index) => turn(`c-${index}`, now - days * DAY)),
      },
    }));

  it('is never sent in quiet hours, in a pause, or above the cap', () => {
    fc.assert(
      fc.property(reader, ({ reader, now }) => {
        const decision = decide({ mail: letter, reader, brand, now });
        if (decision.kind !== 'send') return;
        const { minutes } = wallTimeIn(reader.timeZone, now);
        expect(minutes).toBeGreaterThanOrEqual(8 * 60);
        expect(minutes).toBeLessThan(21 * 60);
        expect(reader.pause === null || reader.pause.until <= now).toBe(true);
        expect(reader.recent.filter((one) => one.at > now - 7 * DAY).length).toBeLessThan(3);
        expect(reader.frequency).toBe('immediate');
      }),
      { numRuns: 5_000 },
    );
  });

  it('waits only into the future, outside quiet hours and pauses, at the least distance, under the cap', () => {
    const least = { immediate: 0, weekly: 6, monthly: 20, quarterly: 60 };
    fc.assert(
      fc.property(reader, ({ reader, now }) => {
        const decision = decide({ mail: letter, reader, brand, now });
        if (decision.kind === 'hold') expect(decision.until).toBeGreaterThan(now);
        if (decision.kind !== 'digest') return;
        const { on } = decision;
        expect(on).toBeGreaterThan(now);
        const { minutes } = wallTimeIn(reader.timeZone, on);
        expect(minutes >= 8 * 60 && minutes < 21 * 60).toBe(true);
        expect(reader.pause === null || reader.pause.until <= on).toBe(true);
        const apart = on - (reader.lastDigestAt ?? -Infinity);
        expect(apart).toBeGreaterThanOrEqual(least[reader.frequency] * DAY);
        expect(reader.recent.filter((one) => one.at > on - 7 * DAY).length).toBeLessThan(3);
      }),
      { numRuns: 5_000 },
    );
  });
});
