import { describe, expect, it } from 'vitest';
import { keys } from '../../functions/base/keys.ts';
import { closeLedgerDays, LEDGER_SHARDS } from '../../functions/consent/ledger-day.ts';
import { ConsentRecord, hashOf } from '../../functions/consent/record.ts';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { Reader } from '../../functions/people/person.ts';
import type { StoryTown } from '../town.ts';
import { townWithClaire } from './reader-cast.ts';

type Root = { readonly day: string; readonly root: string; readonly ledgers: number };
const agent = { name: 'Lise', method: 'phone' };

const rootsOf = async (town: StoryTown) =>
  ((await (await town.ask('/receipts/roots.json')).json()) as { roots: Root[] }).roots;
const check = (town: StoryTown, day: string, root?: string) =>
  town.call('GET', `/ledger/roots/${day}${root === undefined ? '' : `?root=${root}`}`);

/** Three days on which something is recorded, and one on which nothing is. */
async function townOfThreeDays() {
  const { town, id } = await townWithClaire();
  await town.passTime(DAY);
  await town.call('POST', `/people/${id}/preferences`, { frequency: 'monthly', agent });
  await town.passTime(2 * DAY);
  await town.call('POST', `/people/${id}/preferences`, { personalNotes: false, agent });
  await town.call('POST', `/people/${id}/preferences`, { countClicks: true, agent });
  await town.passTime(DAY);
  await town.call('POST', `/people/${id}/preferences`, { countClicks: false, agent });
  await town.passTime(2 * HOUR);
  return { town, id };
}

describe('the ledger has one hash a day', () => {
  it('made once the day is over, public so that anybody may keep it, and sound', async () => {
    const { town } = await townOfThreeDays();
    const roots = await rootsOf(town);
    expect(roots.map(({ day, ledgers }) => [day, ledgers])).toEqual([
      ['2026-01-08', 1],
      ['2026-01-06', 1],
      ['2026-01-05', 1],
    ]);
    for (const { day, root } of roots)
      expect(await check(town, day, root)).toMatchObject({ sound: true });
    expect(await town.call('GET', '/ledger/roots')).toEqual({ items: roots });
    expect((await town.api('GET', '/ledger/roots/2026-01-07')).status).toBe(404);
  });

  it('a record that was changed is detected, and whose it was', async () => {
    const { town, id } = await townOfThreeDays();
    const key = keys.ledger(id, 3);
    const { data } = (await town.ports.table.get(key))!;
    await town.ports.table.writeAll([{ kind: 'put', key, data: { ...(data as object), at: 1 } }]);
    expect(await check(town, '2026-01-06')).toMatchObject({
      sound: false,
      because: 'a record was changed',
      personId: id,
    });
    expect(await check(town, '2026-01-05')).toMatchObject({ sound: true });
  });

  it('somebody who forges a whole ledger, its ends and all roots is betrayed by a root that was kept outside', async () => {
    const { town, id } = await townOfThreeDays();
    const [last] = await rootsOf(town);
    await forge(town, id);
    expect(await check(town, last!.day)).toMatchObject({ sound: true });
    expect(await check(town, last!.day, last!.root)).toMatchObject({
      sound: false,
      because: 'the root is another than the one kept outside',
    });
  });

  it('an erased person’s day stays sound: the records stay, without a name', async () => {
    const { town, id } = await townOfThreeDays();
    await town.ports.table.writeAll([
      { kind: 'remove', key: keys.reader(id) },
      { kind: 'remove', key: keys.profile(id) },
    ]);
    expect(await check(town, '2026-01-05')).toMatchObject({ sound: true });
  });
});

/** With the rights of the house's own database: the first record is another, and all that follows fits it. */
async function forge({ ports }: StoryTown, id: string): Promise<void> {
  const { table } = ports;
  let previous = '';
  const ends = new Map<string, { count: number; hash: string }>();
  for await (const row of table.query('records', keys.ledger(id, 0).pk)) {
    const line = { ...ConsentRecord.parse(row.data), previous };
    const forged = line.sequence === 1 ? { ...line, at: 1 } : line;
    previous = hashOf(forged);
    await table.writeAll([{ kind: 'put', key: row.key, data: forged }]);
    const day = new Date(line.recordedAt).toISOString().slice(0, 10);
    ends.set(day, { count: line.sequence, hash: previous });
  }
  const reader = await table.get(keys.reader(id));
  const ledger = { ...Reader.parse(reader?.data).ledger, hash: previous };
  await table.writeAll([
    { kind: 'put', key: keys.reader(id), data: { ...(reader?.data as object), ledger } },
    { kind: 'remove', key: keys.ledgerClosed() },
  ]);
  for (const [day, end] of ends) {
    await table.writeAll([{ kind: 'remove', key: keys.ledgerRoot(day) }]);
    for (let shard = 0; shard < LEDGER_SHARDS; shard += 1) {
      const key = keys.ledgerHead(day, shard, id);
      if (await table.get(key))
        await table.writeAll([{ kind: 'put', key, data: { personId: id, ...end } }]);
    }
  }
  await closeLedgerDays(ports);
}
