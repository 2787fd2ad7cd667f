import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { ADA, addPerson, given, withTopics } from './cast.ts';
import { openDesk, type Desk } from './desk.ts';

type Counts = Readonly<Record<string, number>>;
type Run = {
  readonly at: string;
  readonly candidates: number;
  readonly send: number;
  readonly hold: number;
  readonly digest: number;
  readonly drop: number;
  readonly byReason: Counts;
  readonly before: readonly { readonly id: string; readonly name: string }[];
};
type Calendar = {
  readonly days: readonly {
    readonly campaigns: readonly { readonly id: string; readonly forecast: Run | null }[];
  }[];
};
const PARIS = 'Europe/Paris';

async function write(desk: Desk, name: string, more: object = {}): Promise<string> {
  const content = { format: 'markdown', source: 'Voici.' };
  const letter = { name, topic: 'news', subject: name, content, ...more };
  return (await desk.ask<{ id: string }>('POST', '/campaigns', letter)).body.id;
}
const schedule = (desk: Desk, id: string, at: string, timeZone = PARIS) =>
  desk.ask('POST', `/campaigns/${id}/schedule`, { at, timeZone });
async function plan(desk: Desk, at: string, more: object = {}): Promise<string> {
  const id = await write(desk, at, more);
  expect((await schedule(desk, id, at)).status).toBe(200);
  return id;
}
async function rehearse(desk: Desk, id: string, at?: string, timeZone = PARIS): Promise<Run> {
  const query = at === undefined ? '' : `?${String(new URLSearchParams({ at, timeZone }))}`;
  return (await desk.ask<Run>('POST', `/campaigns/${id}/dry-run${query}`)).body;
}
async function behind(desk: Desk, id: string, { at }: Run, reason: string): Promise<string[]> {
  const query = String(new URLSearchParams({ at, reason }));
  type Page = { readonly items: readonly { readonly email: string }[] };
  const { body } = await desk.ask<Page>('GET', `/campaigns/${id}/dry-run/people?${query}`);
  return body.items.map(({ email }) => email);
}

/** Two who read at once, one of them in Lyon, and one who reads once a week. */
async function house(cap = 1) {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  const cities = { ada: 'Lyon', ben: 'Paris', col: 'Lyon' };
  for (const [name, city] of Object.entries(cities))
    await addPerson(desk, {
      ...ADA,
      ...{ email: `${name}@example.org`, fields: { city } },
      frequency: name === 'col' ? 'weekly' : 'immediate',
      subscriptions: [given('news')],
    });
  await desk.ask('PATCH', '/brand', { cap: { mails: cap, days: 7 } }, { 'if-match': '*' });
  return desk;
}

describe('a dry run of a letter to come', () => {
  it('reckons with what leaves the day before: whoever wants one a week has had it', async () => {
    const desk = await house();
    const tuesday = await plan(desk, '2026-01-06T09:30', {
      audience: { field: 'city', is: 'Lyon' },
    });
    const id = await write(desk, 'Wednesday');
    expect((await rehearse(desk, id)).byReason).toEqual({ subscribed: 2, frequency: 1 });
    const run = await rehearse(desk, id, '2026-01-07T09:30');
    expect(run.byReason).toEqual({ subscribed: 1, 'frequency-cap': 1, frequency: 1 });
    expect(run.before.map((one) => one.id)).toEqual([tuesday]);
    expect(await behind(desk, id, run, 'subscribed')).toHaveLength(1);
    expect(await behind(desk, id, run, 'frequency-cap')).toHaveLength(1);
    const before = await rehearse(desk, id, '2026-01-06T09:29');
    expect([before.send, before.before]).toEqual([2, []]);
    const later = await rehearse(desk, id, '2026-01-14T09:30');
    expect(later.send).toBe(2);
  });

  it('reckons with the dates of a series that are not made yet, and never with its own', async () => {
    const desk = await house();
    const series = await write(desk, 'Each Tuesday');
    const rhythm = { unit: 'week', weekdays: [2], at: '10:00', timeZone: PARIS };
    await desk.ask('POST', `/campaigns/${series}/repeat`, { rhythm });
    const id = await write(desk, 'Beside it');
    const run = await rehearse(desk, id, '2026-01-21T10:00');
    expect([run.send, run.byReason['frequency-cap']]).toEqual([0, 2]);
    expect(run.before.map((one) => one.id)).toEqual([series, series]);
    const own = await rehearse(desk, series, '2026-01-20T10:00');
    expect([own.send, own.before]).toEqual([2, []]);
  });

  it('of what is on the agenda says what the calendar says', async () => {
    const desk = await house();
    const ids = [
      await plan(desk, '2026-01-07T09:30'),
      await plan(desk, '2026-01-06T09:30'),
      await plan(desk, '2026-01-06T09:30'),
    ];
    const { body } = await desk.ask<Calendar>('GET', '/calendar?days=7');
    for (const id of ids) {
      const told = body.days.flatMap((day) => day.campaigns).find((one) => one.id === id);
      expect((await rehearse(desk, id)).byReason).toEqual(told!.forecast!.byReason);
    }
  });

  it('is what then happens, whatever leaves before it and whoever reads', async () => {
    const reader = fc.record({
      frequency: fc.constantFrom('immediate', 'immediate', 'weekly', 'monthly'),
      timeZone: fc.constantFrom(PARIS, 'Asia/Tokyo', 'America/Los_Angeles'),
      city: fc.constantFrom('Lyon', 'Paris'),
    });
    // Weekly letters leave on a Tuesday at nine: a campaign is planned beside them, not among them.
    const other = fc.record({
      day: fc.integer({ min: 6, max: 12 }),
      hour: fc.constantFrom('10:30', '14:00', '19:15'),
      toLyon: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(reader, { minLength: 2, maxLength: 8 }),
        fc.array(other, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 3 }),
        async (readers, others, cap) => {
          const desk = await house(cap);
          for (const [index, { city, ...one }] of readers.entries())
            await addPerson(desk, {
              ...{ email: `r${index}@example.org`, fields: { city }, ...one },
              subscriptions: [given('news')],
            });
          for (const { day, hour, toLyon } of others)
            await plan(desk, `2026-01-${String(day).padStart(2, '0')}T${hour}`, {
              ...(toLyon && { audience: { field: 'city', is: 'Lyon' } }),
            });
          const id = await write(desk, 'This one');
          const told = await rehearse(desk, id, '2026-01-12T15:00');
          await schedule(desk, id, '2026-01-12T15:00');
          expect((await rehearse(desk, id)).byReason).toEqual(told.byReason);
          await desk.passTime(9 * DAY);
          const { body } = await desk.ask<{ figures: Counts }>('GET', `/campaigns/${id}`);
          const { candidates, accepted, digest, dropped } = body.figures;
          expect({ candidates, digest, dropped, left: accepted }).toEqual({
            ...{ candidates: told.candidates, digest: told.digest, dropped: told.drop },
            left: told.send + told.hold,
          });
          await desk.close();
        },
      ),
      { numRuns: 12, seed: 5 },
    );
  }, 60_000);
});
