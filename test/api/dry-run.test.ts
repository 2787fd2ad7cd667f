import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../functions/base/time.ts';
import { addReaders } from '../../infra/bench/readers.ts';
import { addPerson, given, withTopics } from './cast.ts';
import { openDesk, type Desk, type ProblemBody } from './desk.ts';

type Counts = Record<string, number>;
type Run = {
  readonly at: string;
  readonly readersClock: string | null;
  readonly candidates: number;
  readonly byReason: Counts;
  readonly byDecision: Record<string, Counts>;
  readonly emptyFields: Counts;
  readonly sample: readonly object[];
};
type Behind = {
  readonly id: string;
  readonly decision: string;
  readonly reason: string;
  readonly until: string | null;
};
type Page = { readonly items: readonly Behind[]; readonly next: string | null };

const LETTER = {
  name: 'One',
  topic: 'news',
  subject: 'One',
  content: { format: 'markdown', source: 'Hello {{ person.givenName }}.' },
};
const write = async (desk: Desk, more: object = {}) =>
  (await desk.ask<{ id: string }>('POST', '/campaigns', { ...LETTER, ...more })).body.id;
const rehearse = async (desk: Desk, id: string, wish: Record<string, string> = {}) => {
  const query = String(new URLSearchParams(wish));
  return (await desk.ask<Run>('POST', `/campaigns/${id}/dry-run${query && `?${query}`}`)).body;
};

/** Everybody behind a figure, page by page. */
async function behind(
  desk: Desk,
  id: string,
  run: Run,
  figure: Record<string, string>,
  limit = 200,
) {
  const all: Behind[] = [];
  let next: string | null = '';
  let calls = 0;
  while (next !== null) {
    const query: URLSearchParams = new URLSearchParams({
      ...{ at: run.at, limit: String(limit) },
      ...(run.readersClock !== null && { readersClock: run.readersClock }),
      ...figure,
      ...(next !== '' && { cursor: next }),
    });
    const page: Page = (
      await desk.ask<Page>('GET', `/campaigns/${id}/dry-run/people?${String(query)}`)
    ).body;
    expect(page.items.length).toBeLessThanOrEqual(limit);
    all.push(...page.items);
    next = page.next;
    calls += 1;
  }
  return { all, calls };
}

const somebody = fc.record({
  givenName: fc.constantFrom('Ada', undefined),
  frequency: fc.constantFrom('immediate', 'immediate', 'weekly', 'monthly'),
  timeZone: fc.constantFrom('Europe/Paris', 'Asia/Tokyo', 'America/Los_Angeles', 'Asia/Kathmandu'),
  proven: fc.constantFrom(true, true, true, false),
  paused: fc.constantFrom(false, false, true),
  city: fc.constantFrom('Lyon', 'Paris'),
});

type Somebody = typeof somebody extends fc.Arbitrary<infer One> ? One : never;

async function houseOf(people: readonly Somebody[]) {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  for (const [index, one] of people.entries()) {
    const { givenName, frequency, timeZone, city } = one;
    const subscription = one.proven
      ? given('news')
      : { topic: 'news', consent: { state: 'given', legalBasis: 'consent' } };
    const { body } = await addPerson(desk, {
      ...{ email: `reader${index}@example.org`, frequency, timeZone, fields: { city } },
      ...(givenName !== undefined && { givenName }),
      subscriptions: [subscription],
    });
    if (one.paused)
      await desk.ask('POST', `/people/${body.id}/preferences`, {
        pausedUntil: '2026-03-01T00:00:00Z',
        agent: { name: 'Lou', method: 'phone' },
      });
  }
  return desk;
}

describe('every number of a dry run', () => {
  it('opens exactly the people it counts, each once, whoever reads and whenever it leaves', async () => {
    const seen = new Set<string>();
    const wishes = [
      undefined,
      { at: '2026-01-06T22:30', timeZone: 'Europe/Paris' },
      { at: '2026-01-08T09:00', timeZone: 'reader' },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(somebody, { minLength: 3, maxLength: 14 }),
        fc.constantFrom(...wishes),
        fc.integer({ min: 1, max: 5 }),
        async (people, wish, limit) => {
          const desk = await houseOf(people);
          const id = await write(desk, { audience: { field: 'city', is: 'Lyon' } });
          const run = await rehearse(desk, id, wish);
          const everybody = await behind(desk, id, run, {}, limit);
          expect(new Set(everybody.all.map((one) => one.id)).size).toBe(run.candidates);
          for (const [decision, reasons] of Object.entries(run.byDecision))
            for (const [reason, count] of Object.entries(reasons)) {
              seen.add(`${decision} ${reason}`);
              const { all } = await behind(desk, id, run, { decision, reason }, limit);
              expect([reason, new Set(all.map((one) => one.id)).size]).toEqual([reason, count]);
              expect(all).toHaveLength(count);
              const others = all.filter(
                (one) => one.decision !== decision || one.reason !== reason,
              );
              expect(others).toEqual([]);
            }
          for (const [reason, count] of Object.entries(run.byReason))
            expect((await behind(desk, id, run, { reason }, limit)).all).toHaveLength(count);
          for (const [emptyField, count] of Object.entries(run.emptyFields))
            expect((await behind(desk, id, run, { emptyField }, limit)).all).toHaveLength(count);
          expect(desk.mailbox.count()).toBe(0);
          await desk.close();
        },
      ),
      { numRuns: 25, seed: 7 },
    );
    expect([...seen].sort()).toEqual([
      'digest frequency',
      'digest paused',
      'drop unproven',
      'hold preferred-time',
      'hold quiet-hours',
      'send subscribed',
    ]);
  }, 60_000);

  it('is the number of the hour that was asked about, not of now', async () => {
    const reader: Omit<Somebody, 'timeZone'> = {
      ...{ givenName: 'Ada', frequency: 'immediate', city: 'Lyon' },
      ...{ proven: true, paused: false },
    };
    const desk = await houseOf([
      { ...reader, timeZone: 'Europe/Paris' },
      { ...reader, timeZone: 'Asia/Tokyo' },
    ]);
    const id = await write(desk);
    expect((await rehearse(desk, id)).byReason).toEqual({ subscribed: 2 });
    const night = await rehearse(desk, id, { at: '2026-01-05T15:00', timeZone: 'Europe/Paris' });
    expect(night.byReason).toEqual({ subscribed: 1, 'quiet-hours': 1 });
    const { all } = await behind(desk, id, night, { decision: 'hold' });
    expect(all.map(({ until }) => until)).toEqual(['2026-01-05T23:00:00.000Z']);
    const own = await rehearse(desk, id, { at: '2026-01-07T09:30', timeZone: 'reader' });
    expect(own.readersClock).toBe('2026-01-07T09:30');
    const held = await behind(desk, id, own, { reason: 'preferred-time' });
    expect(held.all.map(({ until }) => until).sort()).toEqual([
      '2026-01-07T00:30:00.000Z',
      '2026-01-07T08:30:00.000Z',
    ]);
  });

  it('is found among many people a few thousand at a time, and the list goes on where it stopped', async () => {
    const desk = await openDesk();
    const at = desk.ports.now();
    await addReaders(desk.ports, { people: 5_200, mix: 'immediate', topic: 'news', at });
    const { body } = await addPerson(desk, {
      ...{ email: 'one@example.org', frequency: 'monthly', subscriptions: [given('news')] },
    });
    const id = await write(desk);
    const run = await rehearse(desk, id);
    expect(run.byReason).toEqual({ subscribed: 5_200, frequency: 1 });
    const { all, calls } = await behind(desk, id, run, { reason: 'frequency' });
    expect(all.map((one) => one.id)).toEqual([body.id]);
    expect(calls).toBeGreaterThan(1);
    const many = await behind(desk, id, run, { reason: 'subscribed' });
    expect(new Set(many.all.map((one) => one.id)).size).toBe(5_200);
  }, 30_000);

  it('opens nothing for who reads figures, nor of a day ago, nor at half a moment', async () => {
    const desk = await houseOf([]);
    await addPerson(desk, { email: 'one@example.org', subscriptions: [given('news')] });
    const id = await write(desk);
    const path = `/campaigns/${id}/dry-run`;
    const figures = { authorization: `Bearer ${await desk.keyWith(['campaigns:read'])}` };
    const blind = await desk.ask<Run>('POST', path, undefined, figures);
    expect([blind.body.candidates, blind.body.sample]).toEqual([1, []]);
    const people = `${path}/people?at=${encodeURIComponent(blind.body.at)}`;
    expect((await desk.ask('GET', people, undefined, figures)).status).toBe(403);
    const asked = async (query: string) =>
      (await desk.ask<ProblemBody>('GET', `${path}/people${query}`)).status;
    expect(await asked('?at=2026-01-05T09:59:00Z')).toBe(200);
    expect(await asked('?at=2026-01-03T10:00:00Z')).toBe(422);
    expect(await asked('')).toBe(422);
    expect(await asked('?at=2026-01-05T10:00:00Z&cursor=abc')).toBe(422);
    expect(await asked('?at=2026-01-05T10:00:00Z&readersClock=9')).toBe(422);
    const half = await desk.ask<ProblemBody>('POST', `${path}?at=2026-01-06T09:00`);
    expect([half.status, half.body.errors?.[0]?.path]).toEqual([422, 'timeZone']);
    const past = `${path}?at=2026-01-01T09:00&timeZone=Europe/Paris`;
    expect((await desk.ask('POST', past)).status).toBe(422);
    await desk.passTime(2 * MINUTE);
    expect(desk.mailbox.count()).toBe(0);
  });
});
