import { describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { ADA, addPerson, given, withTopics } from './cast.ts';
import { openDesk, type Desk, type ProblemBody } from './desk.ts';

type Counts = Readonly<Record<string, number>>;
type Calendar = {
  readonly today: string;
  readonly asked: { readonly readers: number; readonly each: number };
  readonly days: readonly {
    readonly date: string;
    readonly letters: number;
    readonly campaigns: readonly {
      readonly id: string;
      readonly state: string;
      readonly forecast: (Counts & { readonly byReason: Counts }) | null;
      readonly figures: Counts | null;
    }[];
  }[];
};

/** Five readers of each pace, two of them paused, and a topic that promises a mail a day. */
async function house() {
  const desk = await openDesk();
  await withTopics(desk, 'arrivages', 'ventes');
  for (const frequency of ['immediate', 'weekly', 'monthly', 'quarterly'])
    for (let count = 0; count < 5; count += 1) {
      const email = `${frequency}-${count}@example.org`;
      const subscriptions = [given('arrivages'), ...(count < 2 ? [given('ventes')] : [])];
      const { body } = await addPerson(desk, { ...ADA, email, frequency, subscriptions });
      if (count === 4)
        await desk.ask('POST', `/people/${body.id}/preferences`, {
          pausedUntil: '2026-01-20T00:00:00Z',
          agent: { name: 'Lou', method: 'phone' },
        });
    }
  return desk;
}
async function plan(desk: Desk, topic: string, at: string, more: object = {}) {
  const { body } = await desk.ask<{ id: string }>('POST', '/campaigns', {
    name: `${topic} ${at}`,
    topic,
    subject: 'Du nouveau',
    content: { format: 'markdown', source: 'Voici.' },
    ...more,
  });
  await desk.ask('POST', `/campaigns/${body.id}/schedule`, { at, timeZone: 'Europe/Paris' });
  return body.id;
}
const calendar = async (desk: Desk, query = '') =>
  (await desk.ask<Calendar>('GET', `/calendar${query}`)).body;
const forecastOf = ({ days }: Calendar, id: string) =>
  days.flatMap(({ campaigns }) => campaigns).find((one) => one.id === id)?.forecast;

describe('the calendar', () => {
  it('foretells what then happens: at once, held, in letters, left out, and the days of letters', async () => {
    const desk = await house();
    // More than the cap of three a week for those who read at once.
    const ids = [
      await plan(desk, 'arrivages', '2026-01-05T14:00'),
      await plan(desk, 'ventes', '2026-01-06T10:00'),
      await plan(desk, 'arrivages', '2026-01-07T22:30'),
      await plan(desk, 'arrivages', '2026-01-09T09:00'),
      await plan(desk, 'ventes', '2026-01-10T09:00', { audience: { language: 'en' } }),
      await plan(desk, 'arrivages', '2026-01-12T09:00'),
    ];
    const before = await calendar(desk, '?days=31');
    expect(before.asked).toEqual({ readers: 20, each: 1 });
    await desk.passTime(31 * DAY);
    for (const id of ids) {
      const { body } = await desk.ask<{ figures: Counts }>('GET', `/campaigns/${id}`);
      const { candidates, accepted, digest, dropped } = body.figures;
      const told = forecastOf(before, id)!;
      expect({ id, candidates, digest, dropped, left: accepted }).toEqual({
        id,
        candidates: told.candidates,
        digest: told.digest,
        dropped: told.drop,
        left: told.send! + told.hold!,
      });
    }
    const letters = [...desk.mailbox.letters()].filter(({ tags }) =>
      tags.mailing?.startsWith('letter-'),
    );
    const told = before.days.reduce((sum, day) => sum + day.letters, 0);
    expect(told).toBe(letters.length);
    expect(told).toBeGreaterThan(15);
  });

  it('shows the same as if a campaign left on another day, and moves nothing', async () => {
    const desk = await house();
    const ids = [];
    for (const day of ['05', '06', '07'])
      ids.push(await plan(desk, 'arrivages', `2026-01-${day}T14:00`));
    const extra = await plan(desk, 'arrivages', '2026-01-08T14:00');
    expect(forecastOf(await calendar(desk), extra)?.byReason['frequency-cap']).toBe(4);
    const moved = await calendar(desk, `?move=${extra}&at=2026-01-14T14:00`);
    expect(moved.days.find(({ date }) => date === '2026-01-14')?.campaigns[0]?.id).toBe(extra);
    expect(forecastOf(moved, extra)?.byReason['frequency-cap']).toBeUndefined();
    const after = await calendar(desk);
    expect(after.days.find(({ date }) => date === '2026-01-08')?.campaigns[0]?.id).toBe(extra);
  });

  it('shows what has left with its books, and nothing foretold about it', async () => {
    const desk = await house();
    const id = await plan(desk, 'arrivages', '2026-01-05T14:00');
    await desk.passTime(2 * DAY);
    const { days, today } = await calendar(desk, '?from=2026-01-05&days=3');
    expect(today).toBe('2026-01-07');
    expect(days.map(({ date }) => date)).toEqual(['2026-01-05', '2026-01-06', '2026-01-07']);
    expect(days[0]!.campaigns[0]).toMatchObject({
      id,
      state: 'sent',
      forecast: null,
      figures: { candidates: 20 },
    });
  });

  it.each([
    ['?days=0', 422],
    ['?days=63', 422],
    ['?from=2026-02-30', 422],
    ['?from=9999-12-31', 422],
    ['?move=abc', 422],
    ['?move=abc&at=2026-01-14T14:00', 404],
  ])('answers %s with %i', async (query, status) => {
    const desk = await openDesk();
    expect((await desk.ask<ProblemBody>('GET', `/calendar${query}`)).status).toBe(status);
  });
});
