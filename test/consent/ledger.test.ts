import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keys } from '../../functions/base/keys.ts';
import { record, verifyLedger } from '../../functions/consent/ledger.ts';
import { ConsentRecord } from '../../functions/consent/record.ts';
import { Brand } from '../../functions/people/brand.ts';
import { newReader, type Reader } from '../../functions/people/person.ts';
import { Database } from '../../infra/local/database.ts';
import { SqliteTable } from '../../infra/local/sqlite-table.ts';

const NOW = Date.UTC(2026, 0, 5, 10);
const brand = Brand.parse({});

/** Ada's ledger of five records, made in two acts. */
async function ledgerOfFive() {
  const table = new SqliteTable(new Database(':memory:'));
  let step = 0;
  const ports = {
    table,
    now: () => NOW,
    random: (size: number) => new Uint8Array(size).fill(++step),
  };
  let reader: Reader = newReader('ada', brand, NOW);
  for (const topics of [
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]) {
    const done = record(ports, {
      brand,
      reader,
      profile: { fingerprint: 'print' },
      changes: topics.map((topic) => ({ purpose: `topic:${topic}`, state: 'given' as const })),
      act: {
        by: { kind: 'person' },
        method: 'form',
        surface: { name: 'form:home', version: '1', url: '/subscribe/:form' },
        words: { language: 'fr', text: `Oui à ${topics.join()}`, options: topics },
        language: 'fr',
      },
      now: NOW,
    });
    expect(await table.writeAll(done.writes)).toBe('written');
    reader = done.reader;
  }
  return { ports, table, reader };
}

describe('the consent ledger', () => {
  it('is sound as it was written, and keeps equal words once', async () => {
    const { ports, reader, table } = await ledgerOfFive();
    expect(await verifyLedger(ports, reader)).toEqual({ sound: true, records: 5 });
    const words = [];
    for await (const row of table.query('records', 'words')) words.push(row.key.sk);
    expect(words).toHaveLength(2);
  });

  it('cannot be written to twice in one place', async () => {
    const { table } = await ledgerOfFive();
    const row = await table.get(keys.ledger('ada', 3));
    const again = { kind: 'put', key: row!.key, data: row!.data, expected: 0 } as const;
    expect(await table.writeAll([again])).toBe('conflict');
  });

  it('shows any field of any record that was changed', async () => {
    const { ports, table, reader } = await ledgerOfFive();
    const fields = Object.keys(ConsentRecord.shape).filter((name) => name !== 'format');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...fields),
        async (sequence, field) => {
          const key = keys.ledger('ada', sequence);
          const { data } = (await table.get(key))!;
          const changed = otherThan(data as Record<string, unknown>, field);
          await table.writeAll([{ kind: 'put', key, data: changed }]);
          const answer = await verifyLedger(ports, reader).catch(() => ({ sound: false }));
          await table.writeAll([{ kind: 'put', key, data }]);
          expect(answer.sound, field).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
    expect(await verifyLedger(ports, reader)).toMatchObject({ sound: true });
  });

  it.each([1, 3, 5])('shows that record %i was taken away', async (sequence) => {
    const { ports, table, reader } = await ledgerOfFive();
    await table.writeAll([{ kind: 'remove', key: keys.ledger('ada', sequence) }]);
    expect(await verifyLedger(ports, reader)).toMatchObject({ sound: false });
  });

  it('shows that the words behind a record were changed', async () => {
    const { ports, table, reader } = await ledgerOfFive();
    const row = (await table.get(keys.ledger('ada', 1)))!;
    const { wordsHash } = ConsentRecord.parse(row.data);
    const data = { language: 'fr', text: 'Oui à tout', options: [] };
    await table.writeAll([{ kind: 'put', key: keys.words(wordsHash!), data }]);
    expect(await verifyLedger(ports, reader)).toMatchObject({
      sound: false,
      because: 'the words shown were changed',
    });
  });
});

function otherThan(data: Record<string, unknown>, field: string): Record<string, unknown> {
  const value = data[field];
  if (typeof value === 'number') return { ...data, [field]: value + 1 };
  if (typeof value === 'string') return { ...data, [field]: `${value}x` };
  if (Array.isArray(value)) return { ...data, [field]: [...(value as unknown[]), 'x'] };
  if (field === 'change') return { ...data, change: { frequency: 'weekly' } };
  if (field === 'by') return { ...data, by: { kind: 'agent', name: 'Eve' } };
  return { ...data, [field]: { name: 'x', version: 'x', url: 'x' } };
}
