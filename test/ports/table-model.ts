import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Due, Key, Outcome, Row, Table, Write } from '../../functions/base/ports.ts';
import { collect, freshPk } from './table.ts';

type Step =
  | { readonly ask: 'all'; readonly writes: readonly Write[] }
  | { readonly ask: 'each'; readonly writes: readonly Write[] }
  | { readonly ask: 'query'; readonly newestFirst: boolean; readonly prefix: string };

/** The table in a few lines that nobody can doubt: what the real ones are compared with. */
class Model {
  #rows = new Map<string, Row>();

  all(writes: readonly Write[]): Outcome {
    const before = new Map(this.#rows);
    if (writes.every((write) => this.#apply(write))) return 'written';
    this.#rows = before;
    return 'conflict';
  }

  each(writes: readonly Write[]): Outcome[] {
    return writes.map((write) => (this.#apply(write) ? 'written' : 'conflict'));
  }

  get(key: Key): Row | undefined {
    return this.#rows.get(key.sk);
  }

  rows(): Row[] {
    const bytes = (row: Row) => Buffer.from(row.key.sk);
    return [...this.#rows.values()].sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
  }

  #apply(write: Write): boolean {
    const { key } = write;
    const row = this.#rows.get(key.sk);
    const version = (row?.version ?? 0) + 1;
    if ('expected' in write && write.expected !== (row?.version ?? 0)) return false;
    if (write.kind === 'remove') this.#rows.delete(key.sk);
    else if (write.kind === 'put') {
      const { data, due } = write;
      this.#rows.set(key.sk, { key, version, data, ...(due && { due }) });
    } else {
      const data = { ...(row?.data as Record<string, number>) };
      for (const [name, by] of Object.entries(write.counters)) data[name] = (data[name] ?? 0) + by;
      this.#rows.set(key.sk, { ...row, key, version, data });
    }
    return true;
  }
}

/** Random histories on a handful of rows, so that versions meet: every answer is the model's answer. */
export function describeTableModel(table: () => Table, runs: number): void {
  test(
    'over any history of writes, every answer is that of a simple model',
    { timeout: 300_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 25 }), async (history) => {
          await compare(table(), new Model(), freshPk(), history);
        }),
        { numRuns: runs },
      );
    },
  );
}

async function compare(table: Table, model: Model, pk: string, history: readonly Step[]) {
  const at = <W extends { readonly key: Key }>(write: W): W => ({
    ...write,
    key: { ...write.key, pk },
  });
  for (const step of history) {
    if (step.ask === 'all')
      expect(await table.writeAll(step.writes.map(at))).toBe(model.all(step.writes.map(at)));
    else if (step.ask === 'each')
      expect(await table.writeEach(step.writes.map(at))).toEqual(model.each(step.writes.map(at)));
    else {
      const rows = model.rows().filter((row) => row.key.sk.startsWith(step.prefix));
      const found = await collect(table.query('records', pk, step));
      expect(found).toEqual(step.newestFirst ? rows.reverse() : rows);
    }
  }
  const keys: Key[] = [...SORT_KEYS, ...COUNTERS].map((sk) => ({ in: 'records', pk, sk }));
  expect(await table.getMany(keys)).toEqual(keys.map((key) => model.get(key)));
}

const SORT_KEYS = ['a', 'a#1', 'a#é', 'b😀', '\uffee', 'b'];
const COUNTERS = ['sum#1', 'sum#2'];

const keyAmong = (sks: readonly string[]) =>
  fc.constantFrom(...sks).map((sk): Key => ({ in: 'records', pk: '', sk }));
const expected = fc.option(fc.nat(3), { nil: undefined, freq: 2 });
const due: fc.Arbitrary<Due | undefined> = fc.option(
  fc.record({ shard: fc.nat(63), at: fc.nat(1_000) }),
  { nil: undefined },
);

/** What JSON can carry: it knows one zero only. */
const rowData = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const writes: fc.Arbitrary<Write> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(keyAmong(SORT_KEYS), rowData, expected, due).map(putOf) },
  fc.tuple(keyAmong([...SORT_KEYS, ...COUNTERS]), expected).map(removeOf),
  fc
    .tuple(
      keyAmong(COUNTERS),
      fc.dictionary(fc.constantFrom('sent', 'held'), fc.integer(), { minKeys: 1 }),
    )
    .map(([key, counters]): Write => ({ kind: 'add', key, counters })),
);

const nameOf = (write: Write) => write.key.sk;
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .uniqueArray(writes, { selector: nameOf, maxLength: 5 })
    .map((some): Step => ({ ask: 'all', writes: some })),
  fc
    .uniqueArray(writes, { selector: nameOf, maxLength: 5 })
    .map((some): Step => ({ ask: 'each', writes: some })),
  fc
    .tuple(fc.boolean(), fc.constantFrom('', 'a', 'a#', 'b', 'zz'))
    .map(([newestFirst, prefix]): Step => ({ ask: 'query', newestFirst, prefix })),
);

function putOf([key, data, version, moment]: [
  Key,
  unknown,
  number | undefined,
  Due | undefined,
]): Write {
  return {
    kind: 'put',
    key,
    data,
    ...(version !== undefined && { expected: version }),
    ...(moment && { due: moment }),
  };
}

function removeOf([key, version]: [Key, number | undefined]): Write {
  return { kind: 'remove', key, ...(version !== undefined && { expected: version }) };
}
