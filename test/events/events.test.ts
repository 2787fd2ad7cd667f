import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Event } from '../../functions/events/event.ts';
import { withEvents } from '../../functions/events/facts.ts';
import { newProfile, PURCHASES_KEPT } from '../../functions/people/person.ts';
import { addPerson, type PersonBody } from '../api/cast.ts';
import { openDesk, type Desk, type ProblemBody } from '../api/desk.ts';

type Taken = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: readonly { readonly index: number; readonly code: string }[];
};
const purchase = (id: string, more: object = {}) => ({
  id,
  type: 'purchase',
  email: 'ada@example.org',
  at: '2025-12-01T11:02:00Z',
  data: { amount: 29.33, currency: 'EUR', items: 2 },
  ...more,
});
const send = (desk: Desk, events: readonly object[]) =>
  desk.ask<Taken>('POST', '/events', { events });
async function house(): Promise<Desk & { readonly id: string }> {
  const desk = await openDesk();
  const { id } = (await addPerson(desk, { email: 'ada@example.org', externalId: 'crm-1' })).body;
  return { ...desk, id };
}
const factsOf = async (desk: Desk, id: string) =>
  (await desk.ask<PersonBody>('GET', `/people/${id}`)).body.facts;

describe('what a person did', () => {
  it('is on their profile and their timeline as soon as it is answered', async () => {
    const desk = await house();
    const answer = await send(desk, [purchase('till-7-0042')]);
    expect([answer.status, answer.body]).toEqual([
      202,
      { accepted: 1, duplicates: 0, refused: [] },
    ]);
    expect(await factsOf(desk, desk.id)).toEqual({
      firstPurchaseAt: '2025-12-01T11:02:00.000Z',
      lastPurchaseAt: '2025-12-01T11:02:00.000Z',
      lastPurchaseAmount: 29.33,
      lastPurchaseItems: 2,
      currency: 'EUR',
      purchases: 1,
      spent: 29.33,
    });
    const timeline = await desk.ask<{ items: object[] }>('GET', `/people/${desk.id}/events`);
    expect(timeline.body.items).toMatchObject([{ id: 'till-7-0042', type: 'purchase' }]);
  });

  it('may be told by address, external id or id, in any case of the address', async () => {
    const desk = await house();
    const named = (id: string, by: object) => ({ ...purchase(id), email: undefined, ...by });
    const { body } = await send(desk, [
      purchase('a', { email: ' ADA@Example.org' }),
      named('b', { externalId: 'crm-1' }),
      named('c', { personId: desk.id }),
    ]);
    expect(body.accepted).toBe(3);
    expect((await factsOf(desk, desk.id)).purchases).toBe(3);
  });

  it('counts once however often it is told: again, twice in a call, or by eight tills at once', async () => {
    const desk = await house();
    const [one, other] = [purchase('a'), purchase('b')];
    expect((await send(desk, [one, other, one])).body).toEqual({
      accepted: 2,
      duplicates: 1,
      refused: [],
    });
    const again = await Promise.all(
      Array.from({ length: 8 }, () => send(desk, [one, purchase('c'), other])),
    );
    expect(again.map(({ body }) => body.accepted).reduce((sum, count) => sum + count)).toBe(1);
    expect(await factsOf(desk, desk.id)).toMatchObject({ purchases: 3, spent: 87.99 });
  });

  it('counts once under its id even when told again with another date or for somebody else', async () => {
    const desk = await house();
    await addPerson(desk, { email: 'bob@example.org' });
    await send(desk, [purchase('a')]);
    const { body } = await send(desk, [
      purchase('a', { at: '2025-12-24T10:00:00Z' }),
      purchase('a', { email: 'bob@example.org' }),
    ]);
    expect(body).toEqual({ accepted: 0, duplicates: 2, refused: [] });
    expect((await factsOf(desk, desk.id)).lastPurchaseAt).toBe('2025-12-01T11:02:00.000Z');
  });

  it('counts once under its id when two tills tell it of two people at the same moment', async () => {
    const desk = await house();
    await addPerson(desk, { email: 'bob@example.org' });
    const taken = await Promise.all([
      send(desk, [purchase('a')]),
      send(desk, [purchase('a', { email: 'bob@example.org' })]),
    ]);
    expect(taken.map(({ body }) => body.accepted).sort()).toEqual([0, 1]);
  });

  it('that is no purchase is kept, and changes no fact of money', async () => {
    const desk = await house();
    const { body } = await send(desk, [
      purchase('v', { type: 'shop-visit', data: { shop: 'Lyon' } }),
      purchase('w', { type: 'call', data: undefined }),
    ]);
    expect(body.accepted).toBe(2);
    expect((await factsOf(desk, desk.id)).purchases).toBe(0);
  });

  it('in its own currency, or in the house’s when it names none', async () => {
    const desk = await house();
    await send(desk, [
      purchase('a', { data: { amount: 10 } }),
      purchase('b', { at: '2025-12-02T10:00:00Z', data: { amount: 7, currency: 'CHF' } }),
      purchase('c', { at: '2025-12-03T10:00:00Z', data: { amount: 5 } }),
    ]);
    expect(await factsOf(desk, desk.id)).toMatchObject({
      currency: 'EUR',
      spent: 15,
      purchases: 3,
    });
  });

  it('is shown newest first, page by page', async () => {
    const desk = await house();
    const at = (day: number) => new Date(Date.UTC(2025, 10, day)).toISOString();
    await send(
      desk,
      [3, 1, 5, 2, 4].map((day) => purchase(`day-${day}`, { at: at(day) })),
    );
    type Timeline = { items: { id: string }[]; next: string | null };
    const first = await desk.ask<Timeline>('GET', `/people/${desk.id}/events?limit=3`);
    const rest = await desk.ask<Timeline>(
      'GET',
      `/people/${desk.id}/events?limit=3&cursor=${first.body.next}`,
    );
    expect([...first.body.items, ...rest.body.items].map(({ id }) => id)).toEqual(
      [5, 4, 3, 2, 1].map((day) => `day-${day}`),
    );
    expect(rest.body.next).toBeNull();
  });
});

describe('a call with what people did', () => {
  it('takes 500 events of one person as it takes 500 of many', async () => {
    const desk = await house();
    const many = Array.from({ length: 500 }, (_, index) => purchase(`e${index}`));
    expect((await send(desk, many)).body).toEqual({ accepted: 500, duplicates: 0, refused: [] });
    expect(await factsOf(desk, desk.id)).toMatchObject({ purchases: 500, spent: 14_665 });
    expect((await send(desk, many)).body).toEqual({ accepted: 0, duplicates: 500, refused: [] });
  });

  it('takes the others when some cannot be taken, and says which and why', async () => {
    const desk = await house();
    const { status, body } = await send(desk, [
      purchase('a', { email: 'nobody@example.org' }),
      purchase('b'),
      purchase('c', { email: '"quoted name"@example.org' }),
      purchase('d', { at: '2031-01-01T00:00:00Z' }),
      { ...purchase('e'), email: undefined, externalId: 'crm-9' },
    ]);
    expect(status).toBe(202);
    expect(body.accepted).toBe(1);
    expect(body.refused.map(({ index, code }) => [index, code])).toEqual([
      [0, 'person-unknown'],
      [2, 'address-refused'],
      [3, 'moment-ahead'],
      [4, 'person-unknown'],
    ]);
  });

  it.each([
    ['no id', { id: undefined }, 'events.1.id'],
    ['no amount', { data: { currency: 'EUR' } }, 'events.1.data.amount'],
    ['an amount in words', { data: { amount: '29,33' } }, 'events.1.data.amount'],
    ['an amount below nothing', { data: { amount: -1 } }, 'events.1.data.amount'],
    [
      'a currency that is none',
      { data: { amount: 1, currency: 'euro' } },
      'events.1.data.currency',
    ],
    ['half an item', { data: { amount: 1, items: 0.5 } }, 'events.1.data.items'],
    ['a moment without a zone', { at: '2025-12-01T11:02:00' }, 'events.1.at'],
    ['a moment that never was', { at: '2025-02-30T11:02:00Z' }, 'events.1.at'],
    ['two names', { externalId: 'crm-1' }, 'events.1'],
    ['no name', { email: undefined }, 'events.1'],
    ['a field of its own', { shop: 'Lyon' }, 'events.1.shop'],
  ])('with %s in one of them is refused whole, naming the place', async (_, wrong, path) => {
    const desk = await house();
    const answer = await desk.ask<ProblemBody>('POST', '/events', {
      events: [purchase('a'), purchase('b', wrong)],
    });
    expect([answer.status, answer.body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
    expect((await factsOf(desk, desk.id)).purchases).toBe(0);
  });

  it('of more than 500, or of none, is refused', async () => {
    const desk = await house();
    const many = Array.from({ length: 501 }, (_, index) => purchase(`e${index}`));
    expect((await send(desk, many)).status).toBe(422);
    expect((await send(desk, [])).status).toBe(422);
  });
});

describe('facts', () => {
  const events = fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 6 }),
      cents: fc.integer({ min: 0, max: 99_999 }),
      items: fc.integer({ min: 0, max: 3 }),
      currency: fc.constantFrom('EUR', 'CHF', undefined),
    }),
    { maxLength: PURCHASES_KEPT },
  );
  const blank = newProfile('p', {
    email: 'a@example.org',
    fingerprint: 'f',
    source: 'api',
    now: 0,
  });
  const brand = { currency: 'EUR' };

  it('are the same in whatever order and portions events arrive', () => {
    fc.assert(
      fc.property(events, fc.integer(), fc.nat(), (made, seed, cut) => {
        const all = made.map(({ day, cents, items, currency }, index) =>
          Event.parse({
            id: `e${index}`,
            type: 'purchase',
            personId: 'p',
            at: new Date(day * 86_400_000).toISOString(),
            data: { amount: cents / 100, items, ...(currency ? { currency } : {}) },
          }),
        );
        const shuffled = all
          .map((event, index) => ({ event, rank: Math.sin(seed + index * 7.13) }))
          .sort((one, other) => one.rank - other.rank)
          .map(({ event }) => event);
        const at = all.length === 0 ? 0 : cut % all.length;
        const inPortions = withEvents(
          withEvents(blank, shuffled.slice(0, at), brand),
          shuffled.slice(at),
          brand,
        );
        expect(inPortions).toEqual(withEvents(blank, all, brand));
      }),
    );
  });

  it('keep the newest purchases and no more than they may', () => {
    const all = Array.from({ length: 100 }, (_, day) =>
      Event.parse({
        id: `e${day}`,
        type: 'purchase',
        personId: 'p',
        at: new Date(day * 86_400_000).toISOString(),
        data: { amount: 1 },
      }),
    );
    const { purchases, facts } = withEvents(blank, all, brand);
    expect(purchases.map(({ at }) => at / 86_400_000)).toEqual(
      Array.from({ length: PURCHASES_KEPT }, (_, index) => 99 - index),
    );
    expect(facts.purchases).toBe(100);
  });
});
