import { describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { stepSeries } from '../../functions/campaigns/step-series.ts';
import { readSeries, seriesWrite } from '../../functions/campaigns/store.ts';
import { tick } from '../../functions/entry/tick.ts';
import { given } from '../api/cast.ts';
import type { StoryTown } from '../town.ts';
import { CLAIRE, townWithClaire } from './reader-cast.ts';

type Campaign = {
  readonly id: string;
  readonly state: string;
  readonly because: string | null;
  readonly schedule: { readonly startsAt: string } | null;
  readonly occurrence: { readonly date: string; readonly waits: string | null } | null;
  readonly figures: Readonly<Record<string, number>>;
};
type Series = {
  readonly next: readonly {
    readonly date: string;
    readonly leavesAt: string;
    readonly skipped: boolean;
    readonly campaign: { readonly id: string; readonly state: string } | null;
  }[];
  readonly missed: number;
  readonly endedAt: string | null;
};

const THURSDAYS = { unit: 'week', weekdays: [4], at: '10:00', timeZone: 'Europe/Paris' };
const at = (day: string, time = '12:00') => Date.parse(`${day}T${time}:00+01:00`);
const subjects = (town: StoryTown, to: string) => town.mails(to).map(({ subject }) => subject);

/** A letter of Arrivages that leaves every Thursday at ten, from 8 January 2026 on. */
async function everyThursday(more: object = {}, rhythm: object = {}) {
  const { town } = await townWithClaire();
  const { id } = await town.call<Campaign>('POST', '/campaigns', {
    name: 'Le jeudi',
    topic: 'arrivages',
    subject: 'Le jeudi',
    content: { format: 'markdown', source: 'Bonjour {{ person.givenName | default: "vous" }}.' },
  });
  const path = `/campaigns/${id}`;
  await town.call('POST', `${path}/repeat`, { rhythm: { ...THURSDAYS, ...rhythm }, ...more });
  return {
    town,
    id,
    path,
    show: () => town.call<Campaign>('GET', path),
    series: async () => (await town.call<{ series: Series }>('GET', `${path}/repeat`)).series,
    letters: async () =>
      (await town.call<{ items: Campaign[] }>('GET', `/campaigns?series=${id}`)).items.toReversed(),
    skip: (date: string) => town.call<Series>('POST', `${path}/repeat/skip`, { date }),
    reader: (email: string, frequency: string) =>
      town.call('POST', '/people', { email, frequency, subscriptions: [given('arrivages')] }),
  };
}

describe('a letter that leaves every Thursday', () => {
  it('is in the mailbox five times after five weeks, once a week in the letter of who reads weekly, and its newest in the letter of who reads monthly', async () => {
    const { town, reader, letters, show } = await everyThursday();
    await reader('weekly@example.org', 'weekly');
    await reader('monthly@example.org', 'monthly');
    await town.passTime(5 * 7 * DAY);
    expect(subjects(town, CLAIRE)).toEqual(Array(5).fill('Le jeudi'));
    expect(town.mails(CLAIRE).map((mail) => new Date(mail.at).toISOString().slice(0, 13))).toEqual(
      ['08', '15', '22', '29'].map((day) => `2026-01-${day}T09`).concat('2026-02-05T09'),
    );
    expect(subjects(town, 'weekly@example.org')).toEqual(Array(4).fill('Le jeudi'));
    expect(subjects(town, 'monthly@example.org')).toEqual(['Le jeudi']);
    const books = (await letters()).filter(({ state }) => state === 'sent');
    expect(books.map(({ figures }) => [figures.candidates, figures.accepted])).toEqual(
      Array(5).fill([3, 1]),
    );
    expect(books.map(({ figures }) => figures.deliveredInDigests)).toEqual([1, 1, 1, 2, 0]);
    expect(books.map(({ figures }) => figures.leftOutOfDigests)).toEqual([1, 1, 1, 0, 0]);
    expect((await show()).state).toBe('recurring');
  });

  it('travels whole in a monthly letter when each of its letters is to be kept', async () => {
    const { town, reader } = await everyThursday({ onlyNewest: false });
    await reader('monthly@example.org', 'monthly');
    await town.passTime({ to: at('2026-02-03') });
    const [letter] = town.mails('monthly@example.org');
    expect(letter?.html.match(/Le jeudi/g)?.length).toBeGreaterThan(3);
  });

  it('leaves out the date somebody skips, made or not, and takes it back when they think again', async () => {
    const { town, skip, series, letters, path } = await everyThursday();
    expect((await series()).next[0]).toMatchObject({
      date: '2026-01-08',
      leavesAt: '2026-01-08T09:00:00.000Z',
      campaign: { state: 'scheduled' },
    });
    await skip('2026-01-08');
    await skip('2026-01-15');
    await skip('2026-01-22');
    await town.call('POST', `${path}/repeat/keep`, { date: '2026-01-22' });
    expect((await series()).next.slice(0, 3).map(({ skipped }) => skipped)).toEqual([
      true,
      true,
      false,
    ]);
    await town.passTime({ to: at('2026-01-29') });
    expect(subjects(town, CLAIRE)).toHaveLength(2);
    expect((await letters()).map(({ occurrence }) => occurrence?.date)).toEqual([
      '2026-01-22',
      '2026-01-29',
    ]);
    const late = await town.api('POST', `${path}/repeat/skip`, { date: '2026-01-22' });
    expect(late.status).toBe(422);
  });

  it('ends: what was made and has not left is taken back, and nothing comes any more', async () => {
    const { town, path, show, series, letters } = await everyThursday();
    await town.passTime({ to: at('2026-01-13') });
    expect((await letters()).map(({ state }) => state)).toEqual(['sent', 'scheduled']);
    await town.call('POST', `${path}/repeat/end`);
    await town.passTime(21 * DAY);
    expect(subjects(town, CLAIRE)).toHaveLength(1);
    expect(await show()).toMatchObject({ state: 'ended' });
    expect(await series()).toMatchObject({ next: [], endedAt: expect.any(String) as string });
    expect((await letters()).map(({ state }) => state)).toEqual(['sent']);
    expect((await town.api('POST', `${path}/repeat/end`)).status).toBe(409);
  });

  it('ends by itself after so many times', async () => {
    const { town, show } = await everyThursday({}, { times: 2 });
    await town.passTime({ to: at('2026-01-15', '09:00') });
    expect((await show()).state).toBe('recurring');
    await town.passTime({ to: at('2026-02-15') });
    expect(subjects(town, CLAIRE)).toHaveLength(2);
    expect((await show()).state).toBe('ended');
  });

  it('has another hour from the day it is given one, and no day gets it twice', async () => {
    const { town, path, letters } = await everyThursday();
    await town.passTime({ to: at('2026-01-08', '11:00') });
    const rhythm = { ...THURSDAYS, at: '16:00' };
    await town.call('POST', `${path}/repeat`, { rhythm });
    await town.passTime({ to: at('2026-01-16') });
    expect(town.mails(CLAIRE).map((mail) => new Date(mail.at).toISOString().slice(0, 16))).toEqual([
      '2026-01-08T09:00',
      '2026-01-15T15:00',
    ]);
    expect(await letters()).toHaveLength(2);
  });

  it('is said in the calendar before it is made, with what readers’ paces make of it', async () => {
    const { town, id } = await everyThursday();
    type Day = { date: string; campaigns: object[] };
    const { days } = await town.call<{ days: Day[] }>('GET', '/calendar?days=20');
    expect(days.filter(({ campaigns }) => campaigns.length > 0)).toMatchObject([
      {
        date: '2026-01-08',
        campaigns: [{ state: 'scheduled', occurrence: { series: id, isMade: true } }],
      },
      {
        date: '2026-01-15',
        campaigns: [
          {
            state: 'recurring',
            occurrence: { series: id, date: '2026-01-15', isMade: false },
            forecast: { candidates: 1, send: 1 },
          },
        ],
      },
      { date: '2026-01-22', campaigns: [{ occurrence: { isMade: false } }] },
    ]);
  });
});

describe('what a letter that leaves again and again says', () => {
  const say = (source: string) => ({ content: { format: 'markdown', source } });
  const texts = (town: StoryTown) => town.mails(CLAIRE).map(({ text }) => text.split('\n')[0]);

  it('changes for all that are to come, one that was made already too', async () => {
    const { town, path, series } = await everyThursday();
    await town.passTime({ to: at('2026-01-12') });
    expect((await series()).next[0]?.campaign?.state).toBe('scheduled');
    await town.call('PATCH', path, say('Du neuf.'), { 'if-match': '*' });
    await town.passTime({ to: at('2026-01-23') });
    expect(texts(town)).toEqual(['Bonjour Claire.', 'Du neuf.', 'Du neuf.']);
  });

  it('changes for one alone, which then goes its own way', async () => {
    const { town, path, series } = await everyThursday();
    const one = (await series()).next[0]!.campaign!.id;
    await town.call('POST', `/campaigns/${one}/unschedule`);
    await town.call('PATCH', `/campaigns/${one}`, say('Celle-ci.'), { 'if-match': '*' });
    await town.call('PATCH', path, say('Les autres.'), { 'if-match': '*' });
    await town.call('POST', `/campaigns/${one}/schedule`, {
      at: '2026-01-08T10:00',
      timeZone: 'Europe/Paris',
    });
    await town.passTime({ to: at('2026-01-16') });
    expect(texts(town)).toEqual(['Celle-ci.', 'Les autres.']);
  });

  it('waits for somebody when it is the same as last time, where the house wants that', async () => {
    const { town, path, letters } = await everyThursday({ unchanged: 'wait' });
    await town.passTime({ to: at('2026-01-14') });
    expect((await letters()).map(({ state, occurrence }) => [state, occurrence?.waits])).toEqual([
      ['sent', null],
      ['draft', 'unchanged'],
    ]);
    await town.call('PATCH', path, say('Du neuf.'), { 'if-match': '*' });
    await town.passTime({ to: at('2026-01-16') });
    expect(texts(town)).toEqual(['Bonjour Claire.', 'Du neuf.']);
  });

  it('can have no day on which it expires', async () => {
    const { town, path } = await everyThursday();
    const expiresAt = '2026-05-01T00:00:00Z';
    const refused = await town.api('PATCH', path, { expiresAt }, { 'if-match': '*' });
    expect(refused.status).toBe(422);
  });
});

describe('a letter that leaves again and again, and a house that was away', () => {
  it('comes once after five weeks, and waits for somebody, because it is late', async () => {
    const { town, letters, series, path } = await everyThursday();
    await town.call('POST', `${path}/repeat/skip`, { date: '2026-01-08' });
    await town.nobodyUntil(at('2026-02-10'));
    await town.passTime({ to: at('2026-02-11') });
    expect(subjects(town, CLAIRE)).toEqual([]);
    const made = await letters();
    expect(
      made.map(({ occurrence, state, because }) => [occurrence?.date, state, because]),
    ).toEqual([
      ['2026-02-05', 'paused', 'late'],
      ['2026-02-12', 'scheduled', null],
    ]);
    expect((await series()).missed).toBe(3);
    await town.call('POST', `/campaigns/${made[0]!.id}/resume`);
    expect(subjects(town, CLAIRE)).toHaveLength(1);
  });

  it('comes by itself when it is a few hours late, and only the newest of two that were made', async () => {
    const daily = { weekdays: [1, 2, 3, 4, 5, 6, 7] };
    const { town, letters } = await everyThursday({}, daily);
    await town.call('PATCH', '/brand', { lateAfterHours: 72 }, { 'if-match': '*' });
    expect(await letters()).toHaveLength(3);
    await town.nobodyUntil(at('2026-01-08', '11:00'));
    await town.passTime({ to: at('2026-01-08', '12:00') });
    expect(subjects(town, CLAIRE)).toHaveLength(1);
    expect((await letters()).slice(0, 3).map(({ state }) => state)).toEqual([
      'paused',
      'paused',
      'sent',
    ]);
  });

  it('is made once by several who are at it in the same moment', async () => {
    const { town, id, letters, path } = await everyThursday({}, { from: '2026-02-01' });
    expect(await letters()).toEqual([]);
    await town.nobodyUntil(at('2026-02-03'));
    await town.call('POST', `${path}/repeat/skip`, { date: '2026-02-05' });
    await town.call('PATCH', path, { name: 'Un autre' }, { 'if-match': '*' });
    const series = (await readSeries(town.ports, id))!;
    const open = { ...series.it, skipped: [] };
    await town.ports.table.writeAll([seriesWrite(open, series.version)]);
    await Promise.all([1, 2, 3].map(() => stepSeries(town.ports, id)));
    expect((await letters()).map(({ occurrence }) => occurrence?.date)).toEqual(['2026-02-05']);
    expect((await readSeries(town.ports, id))!.version).toBeGreaterThan(series.version + 1);
  });

  it('is made once, though the clock ticks twice, and late, and everything is done again', async () => {
    const { town, id, letters } = await everyThursday();
    for (let day = 0; day < 16; day += 1) {
      await town.passTime(DAY);
      for (let again = 0; again < 2; again += 1) {
        await tick(town.ports);
        await town.ports.queue.post('work', [{ body: { do: 'agenda', kind: 'repeat', id } }]);
      }
      await town.settle();
    }
    expect(subjects(town, CLAIRE)).toHaveLength(2);
    expect((await letters()).map(({ occurrence }) => occurrence?.date)).toEqual([
      '2026-01-08',
      '2026-01-15',
      '2026-01-22',
    ]);
  });
});
