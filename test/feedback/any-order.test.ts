import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keys } from '../../functions/base/keys.ts';
import { takeEvents } from '../../functions/feedback/take.ts';
import { Reader } from '../../functions/people/person.ts';
import { MONDAY, openTown, type StoryTown } from '../town.ts';
import { ALL_KINDS, eventOf, type Kind } from './events.ts';
import { SesLike, type Mood } from './ses-like.ts';

const READERS = ['ada', 'bob', 'cleo'];
const KINDS = Object.keys(ALL_KINDS) as Kind[];

/** A campaign that three readers have; perhaps nobody knows yet. */
async function townAfterACampaign(mood: Mood): Promise<StoryTown> {
  const provider = new SesLike();
  provider.mood = mood;
  const town = await openTown({ mailer: provider.mailer });
  await town.call('POST', '/topics', { id: 'news', name: { en: 'News' }, visibility: 'public' });
  for (const name of READERS)
    await town.call('POST', '/people', {
      email: `${name}@example.org`,
      frequency: 'immediate',
      subscriptions: [
        {
          topic: 'news',
          consent: {
            state: 'given',
            proof: { at: '2026-01-01T10:00:00Z', method: 'paper', words: 'Yes' },
          },
        },
      ],
    });
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'One',
    topic: 'news',
    subject: 'One',
    content: { format: 'markdown', source: 'One.' },
  });
  await town.call('POST', `/campaigns/${id}/schedule`, { at: '2026-01-05T10:05', timeZone: 'UTC' });
  await town.passTime({ to: MONDAY + 10 * 60_000 });
  expect(town.mails()).toHaveLength(3);
  return town;
}

/** All that the house knows, without what is drawn by chance or counts the writes. */
async function stateOf(town: StoryTown): Promise<string> {
  const known: unknown[] = [];
  const ids = new Map<string, string>();
  for (const name of READERS) {
    const person = await town.call<{ id: string }>('POST', '/people/lookup', {
      email: `${name}@example.org`,
    });
    ids.set(person.id, name);
    const row = await town.ports.table.get(keys.reader(person.id));
    const { standing, stoppedAt, ledger } = Reader.parse(row?.data);
    known.push({ ...person, links: undefined, standing, stoppedAt, receipts: ledger.count });
  }
  const { items } = await town.call<{ items: { id: string }[] }>('GET', '/campaigns');
  for (const { id } of items) {
    ids.set(id, 'campaign');
    const campaign = await town.call('GET', `/campaigns/${id}`);
    known.push({ ...campaign, checked: undefined, changedBy: undefined });
    known.push((await town.call<{ items: object[] }>('GET', `/campaigns/${id}/deliveries`)).items);
  }
  const byName = (text: string) =>
    [...ids].reduce((told, [id, name]) => told.replaceAll(id, name), text);
  const lines = known
    .flat()
    .map((one) => byName(JSON.stringify(one)).replace(/"messageId":"\d+"/, ''));
  return lines.sort().join('\n');
}

const told = fc.record({ reader: fc.nat(READERS.length - 1), kind: fc.constantFrom(...KINDS) });

const shuffled = <Item>(items: readonly Item[]) =>
  fc
    .array(fc.double({ noNaN: true }), { minLength: items.length, maxLength: items.length })
    .map((weights) =>
      items
        .map((item, index) => ({ item, weight: weights[index]! }))
        .sort((one, other) => one.weight - other.weight)
        .map(({ item }) => item),
    );

/** What came, as somebody wrote it down once; then as it really came: again, late, in any order, in any parts. */
const twoWays = fc.array(told, { minLength: 1, maxLength: 8 }).chain((events) =>
  fc.record({
    once: fc.constant(events),
    really: fc
      .array(fc.constantFrom(...events), { maxLength: 8 })
      .chain((again) => shuffled([...events, ...again])),
    size: fc.integer({ min: 1, max: 5 }),
    mood: fc.constantFrom<Mood>('fine', 'answer-lost'),
  }),
);

it('whatever the provider tells, twice, late or in any order, the house comes to know the same', async () => {
  await fc.assert(
    fc.asyncProperty(twoWays, async ({ once, really, size, mood }) => {
      const take = async (events: typeof once, atOnce: number) => {
        const town = await townAfterACampaign(mood);
        const mailTo = (reader: number) => town.lastMail(`${READERS[reader]}@example.org`);
        const read = events.map(({ reader, kind }) => eventOf(kind, mailTo(reader)));
        for (let from = 0; from < read.length; from += atOnce)
          await takeEvents(town.ports, read.slice(from, from + atOnce));
        return stateOf(town);
      };
      expect(await take(really, size)).toBe(await take(once, once.length));
    }),
    { numRuns: 25 },
  );
}, 60_000);
