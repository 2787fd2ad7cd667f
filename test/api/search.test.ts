import { expect, it } from 'vitest';
import { addPerson, given, withTopics } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Found = ProblemBody & { items: { email: string }[]; next: string | null };

it('people are found by a condition of segments, alone or beside a name, and never by nothing', async () => {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  for (const name of ['ada', 'adele', 'ben'])
    await addPerson(desk, {
      email: `${name}@example.org`,
      language: 'fr',
      frequency: name === 'ada' ? 'weekly' : 'monthly',
      subscriptions: [given('news')],
    });
  const find = async (wish: object) => {
    const { status, body } = await desk.ask<Found>('POST', '/people/search', wish);
    return status === 200 ? body.items.map(({ email }) => email.split('@')[0]).sort() : status;
  };
  const monthly = { frequency: ['monthly'] };
  expect(await find({ condition: monthly })).toEqual(['adele', 'ben']);
  expect(await find({ condition: monthly, text: 'ad' })).toEqual(['adele']);
  expect(await find({ condition: { state: ['bounced'] } })).toEqual([]);
  expect(await find({ condition: monthly, text: 'ada@example.org' })).toEqual([]);
  expect(await find({})).toBe(422);
  expect(await find({ condition: { segment: 'x' } })).toBe(422);
});

it('who was asked and has not confirmed is found by their address, and by nothing else', async () => {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  await addPerson(desk, {
    email: 'grace@example.org',
    givenName: 'Grace',
    subscriptions: [{ topic: 'news', consent: { state: 'asked', legalBasis: 'consent' } }],
  });
  const found = async (text: string) =>
    (await desk.ask<Found>('POST', '/people/search', { text })).body.items;
  expect(await found('Grace@example.org')).toMatchObject([{ name: 'Grace', state: 'asked' }]);
  expect(await found('grace@')).toEqual([]);
  expect(await found('nobody@example.org')).toEqual([]);
});
