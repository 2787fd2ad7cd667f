import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  TABLE_LIMITS,
  type Key,
  type Row,
  type ScannedRows,
  type Table,
} from '../../functions/base/ports.ts';
import { describeTableModel } from './table-model.ts';

export type OpenTable = { readonly table: Table; readonly close: () => Promise<void> };

/**
 * What every `Table` promises. One table serves all the tests, so each works under keys of its own;
 * `runs` is how many random histories are compared with the model.
 */
export function describeTable(
  name: string,
  open: () => Promise<OpenTable>,
  { runs = 200 }: { readonly runs?: number } = {},
): void {
  describe(name, () => {
    let opened: OpenTable;
    beforeAll(async () => void (opened = await open()));
    afterAll(() => opened.close());
    const table = () => opened.table;
    describeRows(table);
    describeWrites(table);
    describeReads(table);
    describeScan(table);
    describeDue(table);
    describeTableModel(table, runs);
  });
}

let keysMade = 0;
/** A partition that no other test, and no other run against a lasting table, has used. */
export function freshPk(): string {
  keysMade += 1;
  return `test-${process.pid}-${process.hrtime.bigint()}-${keysMade}`;
}

export async function collect(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const record = (pk: string, sk = 'a'): Key => ({ in: 'records', pk, sk });
const person = (pk: string, sk = 'reader'): Key => ({ in: 'people', pk, sk });
const put = (key: Key, data: unknown = {}, expected?: number) =>
  ({ kind: 'put', key, data, ...(expected !== undefined && { expected }) }) as const;

function describeRows(table: () => Table): void {
  test('what was put comes back as it was, letters of every script included', async () => {
    const key = record(freshPk(), 'é😀#ß');
    const data = {
      name: "O'Brien 😀",
      list: [1, 2.5, -3, null, true],
      deep: { empty: {}, '': '' },
    };
    expect(await table().get(key)).toBeUndefined();
    expect(await table().writeAll([put(key, data, 0)])).toBe('written');
    expect(await table().get(key)).toEqual({ key, version: 1, data });
  });

  test('a row may hold a list, a text or a number', async () => {
    const pk = freshPk();
    for (const [sk, data] of Object.entries({ list: [1, [2]], text: 'é', number: 0, none: null })) {
      await table().writeAll([put(record(pk, sk), data)]);
      expect((await table().get(record(pk, sk)))?.data).toEqual(data);
    }
  });

  test('the two tables keep the same key apart', async () => {
    const pk = freshPk();
    await table().writeAll([
      put(record(pk), { in: 'records' }),
      put(person(pk, 'a'), { in: 'people' }),
    ]);
    expect((await table().get(record(pk)))?.data).toEqual({ in: 'records' });
    expect((await table().get(person(pk, 'a')))?.data).toEqual({ in: 'people' });
  });

  test('many rows come back in the order asked, with a gap where there is none', async () => {
    const pk = freshPk();
    const keys = Array.from({ length: 230 }, (_, index) => record(pk, `row-${index}`));
    await table().writeEach(
      keys.filter((_, index) => index % 3 !== 0).map((key) => put(key, key.sk)),
    );
    const rows = await table().getMany([...keys].reverse());
    const expected = keys.map(({ sk }, index) => (index % 3 === 0 ? undefined : sk)).reverse();
    expect(rows.map((row) => row?.data)).toEqual(expected);
    expect(await table().getMany([])).toEqual([]);
  });

  test('a row asked for twice comes back twice', async () => {
    const key = record(freshPk());
    await table().writeAll([put(key, 1)]);
    expect((await table().getMany([key, key])).map((row) => row?.data)).toEqual([1, 1]);
  });
}

function describeWrites(table: () => Table): void {
  test('who read an older version writes nothing', async () => {
    const key = record(freshPk());
    expect(await table().writeAll([put(key, 'first', 0)])).toBe('written');
    expect(await table().writeAll([put(key, 'again', 0)])).toBe('conflict');
    expect(await table().writeAll([put(key, 'second', 1)])).toBe('written');
    expect(await table().writeAll([put(key, 'late', 1)])).toBe('conflict');
    expect(await table().writeAll([{ kind: 'remove', key, expected: 1 }])).toBe('conflict');
    expect(await table().get(key)).toEqual({ key, version: 2, data: 'second' });
  });

  test('without a version the last writer wins, and the version still grows', async () => {
    const key = record(freshPk());
    await table().writeAll([put(key, 'first')]);
    await table().writeAll([put(key, 'second')]);
    expect(await table().get(key)).toEqual({ key, version: 2, data: 'second' });
  });

  test('all or none: one conflict leaves every other row as it was', async () => {
    const pk = freshPk();
    await table().writeAll([put(record(pk, 'old'), 'old'), put(record(pk, 'gone'), 'here')]);
    const outcome = await table().writeAll([
      put(record(pk, 'new'), 'new', 0),
      { kind: 'remove', key: record(pk, 'gone'), expected: 1 },
      { kind: 'add', key: record(pk, 'sum'), counters: { sent: 1 } },
      put(record(pk, 'old'), 'changed', 7),
    ]);
    expect(outcome).toBe('conflict');
    const rows = await collect(table().query('records', pk));
    expect(rows.map((row) => [row.key.sk, row.data])).toEqual([
      ['gone', 'here'],
      ['old', 'old'],
    ]);
  });

  test('each on its own: a conflict stops nobody else, and outcomes keep the order', async () => {
    const pk = freshPk();
    await table().writeAll([put(record(pk, 'b'), 'old')]);
    const outcomes = await table().writeEach([
      put(record(pk, 'a'), 'new', 0),
      put(record(pk, 'b'), 'new', 0),
      put(record(pk, 'c'), 'new', 0),
    ]);
    expect(outcomes).toEqual(['written', 'conflict', 'written']);
    const rows = await collect(table().query('records', pk));
    expect(rows.map((row) => row.data)).toEqual(['new', 'old', 'new']);
  });

  test('of many who write the same version at once, one wins', async () => {
    const key = record(freshPk());
    await table().writeAll([put(key, 'start')]);
    const race = Array.from({ length: 12 }, (_, index) => table().writeAll([put(key, index, 1)]));
    expect((await Promise.all(race)).filter((outcome) => outcome === 'written')).toHaveLength(1);
    expect((await table().get(key))?.version).toBe(2);
  });

  test('counters are made by adding, and no addition is lost', async () => {
    const key = record(freshPk());
    const add = (counters: Record<string, number>) =>
      table().writeAll([{ kind: 'add', key, counters }]);
    await Promise.all(Array.from({ length: 10 }, () => add({ sent: 2, held: 1 })));
    await add({ held: -4, dropped: 5 });
    expect((await table().get(key))?.data).toEqual({ sent: 20, held: 6, dropped: 5 });
  });

  test('what was removed is gone, may be removed again, and may come back', async () => {
    const key = record(freshPk());
    await table().writeAll([put(key, 'here')]);
    expect(await table().writeAll([{ kind: 'remove', key, expected: 1 }])).toBe('written');
    expect(await table().get(key)).toBeUndefined();
    expect(await table().writeAll([{ kind: 'remove', key }])).toBe('written');
    expect(await table().writeAll([put(key, 'back', 0)])).toBe('written');
    expect((await table().get(key))?.data).toBe('back');
  });

  test('nothing to write is written', async () => {
    expect(await table().writeAll([])).toBe('written');
    expect(await table().writeEach([])).toEqual([]);
  });

  test('a write beyond the limits is a fault, and leaves nothing behind', async () => {
    const pk = freshPk();
    const many = Array.from({ length: TABLE_LIMITS.rowsAtOnce + 1 }, (_, index) =>
      put(record(pk, `row-${index}`)),
    );
    await expect(table().writeAll(many)).rejects.toThrow();
    await expect(table().writeAll([put(record(pk)), put(record(pk))])).rejects.toThrow();
    const tooLong = put(record(pk), 'x'.repeat(TABLE_LIMITS.rowBytes));
    await expect(table().writeAll([put(record(pk, 'b')), tooLong])).rejects.toThrow();
    expect(await collect(table().query('records', pk))).toEqual([]);
    expect(await table().writeAll(many.slice(1))).toBe('written');
  });
}

function describeReads(table: () => Table): void {
  test('a partition is read in the order of its sort keys, over all its pages', async () => {
    const pk = freshPk();
    const sks = Array.from({ length: 450 }, (_, index) => `row-${String(index).padStart(3, '0')}`);
    await table().writeEach([...sks].reverse().map((sk) => put(record(pk, sk), 'x'.repeat(6_000))));
    await table().writeAll([put(record(`${pk}-other`), 'other')]);
    const read = async (range?: Parameters<Table['query']>[2]) =>
      (await collect(table().query('records', pk, range))).map((row) => row.key.sk);
    expect(await read()).toEqual(sks);
    expect(await read({ newestFirst: true })).toEqual([...sks].reverse());
    expect(await read({ limit: 3, newestFirst: true, after: 'row-010' })).toEqual([
      'row-009',
      'row-008',
      'row-007',
    ]);
    expect(await read({ prefix: 'row-43', after: 'row-437' })).toEqual(['row-438', 'row-439']);
    expect(await read({ prefix: 'row-43', newestFirst: true, limit: 1 })).toEqual(['row-439']);
    expect(await read({ prefix: 'nothing' })).toEqual([]);
  });
}

function describeScan(table: () => Table): void {
  test('every segment together is everybody once, and no person is cut by a page', async () => {
    const pk = freshPk();
    const people = Array.from({ length: 60 }, (_, index) => `${pk}-${index}`);
    await table().writeEach(
      people.flatMap((id) => [put(person(id, 'profile'), id), put(person(id, 'reader'), id)]),
    );
    for (const of of [1, 4]) {
      const seen: string[] = [];
      for (let index = 0; index < of; index += 1)
        for await (const rows of pagesOf(table(), { index, of }, 7)) {
          const ours = rows.filter((row) => row.key.pk.startsWith(`${pk}-`));
          const ids = ours.map((row) => row.key.pk);
          for (const id of ids) expect(ids.filter((other) => other === id)).toHaveLength(2);
          seen.push(...ours.map((row) => `${row.key.pk} ${row.key.sk}`));
        }
      expect(seen.sort()).toEqual(people.flatMap((id) => [`${id} profile`, `${id} reader`]).sort());
    }
  });

  test('a scan of readers alone is every reader once, and nothing else about them', async () => {
    const pk = freshPk();
    const people = Array.from({ length: 60 }, (_, index) => `${pk}-${index}`);
    await table().writeEach(
      people.flatMap((id) => [put(person(id, 'profile'), id), put(person(id, 'reader'), id)]),
    );
    for (const of of [1, 4]) {
      const seen: string[] = [];
      for (let index = 0; index < of; index += 1)
        for await (const rows of pagesOf(table(), { index, of }, 7, 'readers')) {
          expect(rows.map(({ key }) => key.sk)).not.toContain('profile');
          seen.push(...rows.map(({ key }) => key.pk).filter((id) => id.startsWith(`${pk}-`)));
        }
      expect(seen.sort()).toEqual(people.toSorted());
    }
  });

  test('a scan taken up again at its mark goes on where it was, whoever was removed meanwhile', async () => {
    const pk = freshPk();
    const people = Array.from({ length: 20 }, (_, index) => person(`${pk}-${index}`));
    await table().writeEach(people.map((key) => put(key)));
    const all = [];
    for await (const rows of pagesOf(table(), { index: 0, of: 1 }, 5)) {
      all.push(...rows.filter((row) => row.key.pk.startsWith(`${pk}-`)).map((row) => row.key.pk));
      await table().writeEach(rows.map(({ key }) => ({ kind: 'remove', key }) as const));
    }
    expect(all.sort()).toEqual(people.map((key) => key.pk).sort());
  });
}

async function* pagesOf(
  table: Table,
  segment: { index: number; of: number },
  limit: number,
  rows?: ScannedRows,
) {
  let from: string | undefined;
  do {
    const page = await table.scanPeople(segment, from, limit, rows);
    yield page.rows;
    from = page.next;
  } while (from !== undefined);
}

function describeDue(table: () => Table): void {
  test('what is due comes earliest first, and only until the moment asked', async () => {
    const pk = freshPk();
    const rows = [40, 10, 30, 20, 50].map((at) => ({
      ...put(record(pk, `at-${at}`), at),
      due: { shard: 5, at },
    }));
    await table().writeEach([
      ...rows,
      { ...put(record(pk, 'other-shard')), due: { shard: 6, at: 10 } },
      put(record(pk, 'never')),
    ]);
    await eventually(() => dueOf(table(), pk, 40)).toEqual([10, 20, 30, 40]);
    const after = { at: 20, pk, sk: 'at-20' };
    expect(await dueOf(table(), pk, 40, after)).toEqual([30, 40]);
  });

  test('as many rows as may be due at one moment are all found', async () => {
    const pk = freshPk();
    const sks = Array.from({ length: 430 }, (_, index) => String(index).padStart(3, '0'));
    await table().writeEach(
      sks.map((sk) => ({ ...put(record(pk, sk), sk), due: { shard: 5, at: 7 } })),
    );
    await eventually(() => dueOf(table(), pk, 7)).toEqual(sks);
  });

  test('a row whose moment moves or ends leaves its old place', async () => {
    const pk = freshPk();
    const key = record(pk);
    await table().writeAll([{ ...put(key, 'first'), due: { shard: 5, at: 10 } }]);
    await eventually(() => dueOf(table(), pk, 10)).toEqual(['first']);
    expect((await table().get(key))?.due).toEqual({ shard: 5, at: 10 });
    await table().writeAll([{ ...put(key, 'moved'), due: { shard: 5, at: 20 } }]);
    await eventually(() => dueOf(table(), pk, 10)).toEqual([]);
    await eventually(() => dueOf(table(), pk, 20)).toEqual(['moved']);
    await table().writeAll([put(key, 'ended')]);
    await eventually(() => dueOf(table(), pk, 20)).toEqual([]);
    expect(await table().get(key)).toEqual({ key, version: 3, data: 'ended' });
  });
}

/** An index may be behind its table, for as long as a slow implementation needs. */
function eventually<Read>(read: () => Promise<Read>) {
  return expect.poll(read, { timeout: 30_000 });
}

async function dueOf(table: Table, pk: string, until: number, after?: Parameters<Table['due']>[3]) {
  const rows = await collect(table.due('records', 5, until, after));
  return rows.filter((row) => row.key.pk === pk).map((row) => row.data);
}
