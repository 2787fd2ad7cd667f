import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, wallTimeIn } from '../../functions/base/time.ts';
import { addDue, hoursOf, type Dues } from '../../functions/campaigns/hours.ts';
import { UNLIMITED, type SendingLimits } from '../../functions/mail/limits.ts';
import { Mailbox, type MailboxLimits } from '../../infra/local/mailbox.ts';
import { given } from '../api/cast.ts';
import { MONDAY, openTown, type StoryTown } from '../town.ts';

const HOUSE = { timeZone: 'Europe/Paris', quiet: { fromMinutes: 21 * 60, toMinutes: 8 * 60 } };
const NOON = Date.UTC(2026, 0, 5, 11);
const slow = (perHour: number, more: Partial<SendingLimits> = {}): SendingLimits => ({
  ...UNLIMITED,
  ratePerSecond: perHour / 3_600,
  ...more,
});
const due = (...crowds: [at: number, timeZone: string, count: number][]): Dues => {
  const dues: Dues = new Map();
  for (const [at, timeZone, count] of crowds) addDue(dues, at, { kind: 'mails', timeZone, count });
  return dues;
};
/** "12: 30 (12)" for thirty mails at noon of the house, which is noon for their readers too. */
const shown = (dues: Dues, limits: SendingLimits, house = HOUSE) => {
  const { hours, afterwards } = hoursOf(dues, NOON, house, limits);
  const clocks = (all: ReadonlyMap<number, number>) =>
    [...all].map(([hour, count]) => `${count} at ${hour}`).join(', ');
  return [
    ...hours.map(({ at, clocks: all }) => {
      const { date, minutes } = wallTimeIn(house.timeZone, at);
      return `${date.slice(8)} ${minutes / 60}: ${clocks(all)}`;
    }),
    ...(afterwards.mails > 0 ? [`later: ${afterwards.mails}`] : []),
  ];
};

describe('the hours ahead', () => {
  it.each([
    ['all in one hour', due([NOON, 'Europe/Paris', 90]), UNLIMITED, ['05 12: 90 at 12']],
    [
      'nobody is woken, wherever they live',
      due([NOON, 'Europe/Paris', 90], [NOON, 'America/New_York', 8]),
      UNLIMITED,
      ['05 12: 90 at 12', '05 14: 8 at 8'],
    ],
    [
      'what an hour has no room for leaves in the next',
      due([NOON, 'Europe/Paris', 90]),
      slow(40),
      ['05 12: 40 at 12', '05 13: 40 at 13', '05 14: 10 at 14'],
    ],
    [
      'a run that meets the night goes on in the morning of each',
      due([NOON + 8 * HOUR, 'Europe/Paris', 60], [NOON + 8 * HOUR, 'Europe/London', 60]),
      slow(40),
      ['05 20: 20 at 20, 20 at 19', '05 21: 40 at 20', '06 8: 40 at 8'],
    ],
    [
      'a zone of quarters has hours of its own',
      due([NOON, 'Asia/Kathmandu', 5]),
      UNLIMITED,
      ['05 12: 5 at 16'],
    ],
    [
      'first come, first served',
      due([NOON, 'Europe/Paris', 50], [NOON + 30 * MINUTE, 'Europe/Lisbon', 10]),
      slow(40),
      ['05 12: 40 at 12', '05 13: 10 at 13, 10 at 12'],
    ],
    [
      'the quota of a day comes back a day later',
      due([NOON, 'Europe/Paris', 50]),
      { ...UNLIMITED, quotaPerDay: 30, roomNow: 30, readAt: NOON },
      ['05 12: 30 at 12', '06 12: 20 at 12'],
    ],
    [
      'what lies further than three days is said in one sum',
      due([NOON + 80 * HOUR, 'Europe/Paris', 4]),
      UNLIMITED,
      ['later: 4'],
    ],
  ])('%s', (_, dues, limits, expected) => {
    expect(shown(dues, limits)).toEqual(expected);
  });

  it('begin where the hours of the house begin, in a zone of quarters too', () => {
    const house = { ...HOUSE, timeZone: 'Asia/Kathmandu' };
    expect(shown(due([NOON, 'Asia/Kathmandu', 3]), UNLIMITED, house)).toEqual(['05 16: 3 at 16']);
  });
});

const ZONES = ['Europe/Paris', 'Asia/Tokyo', 'America/Los_Angeles', 'Asia/Kathmandu'] as const;
const PACES = ['immediate', 'immediate', 'weekly'] as const;

/** Readers of four zones, two of three as published, one of three once a week. */
async function worldwide(readers: number, limits?: MailboxLimits): Promise<StoryTown> {
  const town = await openTown({
    ...(limits && {
      mailer: (database, now) =>
        Object.assign(new Mailbox(database, now, limits), { close: () => undefined }),
    }),
  });
  await town.call('POST', '/topics', { id: 'news', name: { en: 'News' } });
  for (let index = 0; index < readers; index += 1)
    await town.call('POST', '/people', {
      email: `reader${index}@example.org`,
      timeZone: ZONES[index % ZONES.length],
      frequency: PACES[index % PACES.length],
      subscriptions: [given('news')],
    });
  return town;
}

type Run = { readonly at: string; readonly hours: readonly Hour[] };
type Hour = { readonly at: string; readonly mails: number; readonly inLetters: number };

/** What was foreseen for each hour, and what came into mailboxes in it. */
async function foreseenAndSeen(town: StoryTown, wish: { at: string; timeZone: string }) {
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    ...{ name: 'One', topic: 'news', subject: 'One' },
    content: { format: 'markdown', source: 'One' },
  });
  const query = String(new URLSearchParams(wish));
  const draft = await town.call<Run>('POST', `/campaigns/${id}/dry-run?${query}`);
  await town.call('POST', `/campaigns/${id}/schedule`, wish);
  const { at, hours } = await town.call<Run>('POST', `/campaigns/${id}/dry-run`);
  expect(draft).toMatchObject({ at, hours });
  await town.passTime({ to: Date.parse(at) + 3 * DAY });
  const seen = new Map<string, number>();
  for (const mail of town.mails()) {
    const hour = new Date(Math.floor(mail.at / HOUR) * HOUR).toISOString();
    seen.set(hour, (seen.get(hour) ?? 0) + 1);
  }
  return {
    foreseen: hours.map(({ at: hour, mails, inLetters }) => [hour, mails + inLetters] as const),
    seen: [...seen],
  };
}

describe('the hours that are foreseen', () => {
  it.each([
    ['one moment for all', { at: '2026-01-05T14:00', timeZone: 'Europe/Paris' }, 4],
    ['in the night of many', { at: '2026-01-05T22:30', timeZone: 'Europe/Paris' }, 4],
    ['at the clock of each', { at: '2026-01-06T09:15', timeZone: 'reader' }, 4],
  ])('are those in which the mails come: %s', async (_, wish, least) => {
    const { foreseen, seen } = await foreseenAndSeen(await worldwide(48), wish);
    expect(seen).toEqual(foreseen);
    expect(foreseen.length).toBeGreaterThanOrEqual(least);
    expect(foreseen.reduce((sum, [, count]) => sum + count, 0)).toBe(48);
  });

  it('are those of a slow provider: what finds no room comes an hour later', async () => {
    const town = await worldwide(48, { ratePerSecond: 12 / 3_600, quotaPerDay: 10_000 });
    expect(town.now()).toBe(MONDAY);
    const wish = { at: '2026-01-05T14:00', timeZone: 'Europe/Paris' };
    const { foreseen, seen } = await foreseenAndSeen(town, wish);
    expect(foreseen.length).toBeGreaterThan(4);
    const came = new Map(seen);
    for (const [hour, count] of foreseen)
      expect([hour, Math.abs(count - came.get(hour)!)]).toEqual([
        hour,
        expect.toSatisfy((off: number) => off <= 1),
      ]);
  });
});
