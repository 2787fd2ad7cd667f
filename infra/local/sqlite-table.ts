import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Due,
  type Key,
  type Outcome,
  type Range,
  type Row,
  type ScannedRows,
  type ScanPage,
  type Table,
  type TableName,
  type Write,
} from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';
import { scanOf } from './people-scan.ts';
import { checkRow, checkSize, checkTogether, textOf } from './row-limits.ts';
import { defineTables, partitionOf, placeOf } from './table-schema.ts';
import { statementsOf, type FoundRow, type StoredRow } from './table-statements.ts';

const TABLES = ['people', 'records'] as const;
type Put = Extract<Write, { kind: 'put' }>;

const ROWS_A_PAGE = 200;
/** Partitions are touched by their keys; that a row is gone is seen by a scan that does not find it. */
const GONE = ' gone';
/** SQLite sorts every blob after every text: an end that no key reaches. */
const END = new Uint8Array();

/** DynamoDB's verbs on one SQLite file. Conflicts are decided at once, answers wait for the commit. */
export class SqliteTable implements Table {
  readonly #database: Database;
  readonly #tables;
  readonly #scan;

  constructor(database: Database) {
    this.#database = database;
    defineTables(database);
    this.#tables = {
      people: statementsOf(database, 'people'),
      records: statementsOf(database, 'records'),
    };
    this.#scan = scanOf(database);
  }

  get(key: Key): Promise<Row | undefined> {
    return this.#database.read(
      () => this.#look(key),
      () => [key.pk],
    );
  }

  getMany(keys: readonly Key[]): Promise<(Row | undefined)[]> {
    return this.#database.read(
      () => this.#lookAll(keys),
      () => keys.map(({ pk }) => pk),
    );
  }

  async *query(table: TableName, pk: string, range: Range = {}): AsyncIterable<Row> {
    const { prefix = '', newestFirst = false, limit = Infinity } = range;
    const partition = partitionOf(table, pk);
    const ask = this.#tables[table][newestFirst ? 'newestFirst' : 'oldestFirst'];
    let after: string | Uint8Array = range.after ?? (newestFirst ? END : '');
    for (let left = limit; left > 0;) {
      const size = Math.min(left, ROWS_A_PAGE);
      const page = await this.#database.read(
        () => ask.all(...partition, after, prefix, endOf(prefix), size).map(rowIn(table)),
        () => [pk],
      );
      yield* page;
      if (page.length < size) return;
      left -= page.length;
      after = page.at(-1)!.key.sk;
    }
  }

  async scanPeople(
    segment: { readonly index: number; readonly of: number },
    from: string | undefined,
    limit: number,
    kind: ScannedRows = 'all',
  ): Promise<ScanPage> {
    const page = await this.#database.read(
      () => {
        const { rows, next } = this.#scan[kind](segment, from, limit);
        return { rows: rows.map((stored) => new ScannedRow(stored)), next };
      },
      ({ rows }) => [GONE, ...rows.map(({ key }) => key.pk)],
    );
    // Who reads everybody, page after page, lets others have their turn in between.
    await nextTurn();
    return page;
  }

  async *due(
    table: TableName,
    shard: number,
    until: Instant,
    after: { readonly at: Instant; readonly pk: string; readonly sk: string } = {
      at: -Infinity,
      pk: '',
      sk: '',
    },
  ): AsyncIterable<Row> {
    for (let { at, pk, sk } = after; ;) {
      const page = await this.#database.read(() =>
        this.#tables[table].due.all(shard, until, at, pk, sk, ROWS_A_PAGE).map(rowIn(table)),
      );
      yield* page;
      const last = page.at(-1);
      if (!last?.due || page.length < ROWS_A_PAGE) return;
      ({ at, pk, sk } = { at: last.due.at, ...last.key });
    }
  }

  /** The first due moment after this one, of all shards of both tables: the clock jumps to it. */
  nextDueAfter(at: Instant): Instant | undefined {
    const found = TABLES.map((table) => this.#tables[table].firstDueAfter.get(at)?.due_at).filter(
      (due) => typeof due === 'number',
    );
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  /** How many rows of both tables are due at or before this moment. */
  dueUntil(at: Instant): number {
    return TABLES.reduce((sum, table) => sum + this.#tables[table].dueUntil.get(at)!.due_rows, 0);
  }

  async writeAll(writes: readonly Write[]): Promise<Outcome> {
    checkTogether(writes);
    const ready = writes.map((write) => this.#ready(write));
    checkSize(ready.map(({ text }) => text));
    return this.#database.write(() => {
      this.#touch(writes);
      const done = this.#database.allOrNone(() => ready.every(({ apply }) => apply()));
      return done ? 'written' : 'conflict';
    });
  }

  async writeEach(writes: readonly Write[]): Promise<Outcome[]> {
    const ready = writes.map((write) => this.#ready(write));
    return this.#database.write(() => {
      this.#touch(writes);
      return ready.map(({ apply }) => (apply() ? 'written' : 'conflict'));
    });
  }

  #touch(writes: readonly Write[]): void {
    for (const { kind, key } of writes) {
      this.#database.touch(key.pk);
      if (kind === 'remove') this.#database.touch(GONE);
    }
  }

  #look(key: Key): Row | undefined {
    const found = this.#tables[key.in].get.get(...placeOf(key));
    return found && rowOf(key, found);
  }

  /** In the order asked. A few calls cost less than one for each. */
  #lookAll(keys: readonly Key[]): (Row | undefined)[] {
    if (keys.length < 3) return keys.map((key) => this.#look(key));
    const rows: (Row | undefined)[] = keys.map(() => undefined);
    for (const table of TABLES) {
      const asked = keys.flatMap((key, at) => (key.in === table ? [at] : []));
      if (asked.length === 0) continue;
      const places = JSON.stringify(asked.map((at) => placeOf(keys[at]!)));
      for (const found of this.#tables[table].getMany.all(places)) {
        const at = asked[found.asked]!;
        rows[at] = rowOf(keys[at]!, found);
      }
    }
    return rows;
  }

  /** Everything that can be wrong with a write is found here, before anything is touched. */
  #ready(write: Write): { readonly text: string; readonly apply: () => boolean } {
    checkRow(write);
    switch (write.kind) {
      case 'put': {
        const text = textOf(write.key, write.data);
        return { text, apply: this.#putting(write, text) };
      }
      case 'remove':
        return { text: '', apply: this.#removing(write) };
      case 'add':
        return { text: '', apply: () => this.#add(write.key, write.counters) };
    }
  }

  #putting({ key, due, expected }: Put, text: string): () => boolean {
    const { create, replace, put } = this.#tables[key.in];
    const values = [text, ...columnsOf(due), ...placeOf(key)];
    if (expected === undefined) return () => put.run(...values) > 0;
    if (expected === 0) return () => create.run(...values) > 0;
    return () => replace.run(...values, expected) > 0;
  }

  #removing({ key, expected }: Extract<Write, { kind: 'remove' }>): () => boolean {
    const { remove, removeVersion } = this.#tables[key.in];
    if (expected === undefined) return () => remove.run(...placeOf(key)) >= 0;
    if (expected === 0) return () => this.#look(key) === undefined;
    return () => removeVersion.run(...placeOf(key), expected) > 0;
  }

  #add(key: Key, counters: Readonly<Record<string, number>>): boolean {
    const row = this.#look(key);
    const data = { ...(row?.data as Record<string, number> | undefined) };
    for (const [name, by] of Object.entries(counters)) data[name] = (data[name] ?? 0) + by;
    const values = [textOf(key, data), ...columnsOf(row?.due), ...placeOf(key)];
    return this.#tables[key.in].put.run(...values) > 0;
  }
}

function rowIn(table: TableName): (stored: StoredRow) => Row {
  return (stored) => rowOf({ in: table, pk: stored.pk, sk: stored.sk }, stored);
}

function rowOf(key: Key, { version, data, due_shard, due_at }: FoundRow): Row {
  return { key, version, data: JSON.parse(data) as unknown, ...dueIn(due_shard, due_at) };
}

/** Of a scan: read as JSON when somebody looks at it, because a plan asks nothing of most profiles. */
class ScannedRow implements Row {
  readonly key: Key;
  readonly version: number;
  readonly due?: Due;
  readonly #text: string;
  #data: unknown;

  constructor({ pk, sk, version, data, due_shard, due_at }: StoredRow) {
    this.key = { in: 'people', pk, sk };
    this.version = version;
    this.#text = data;
    Object.assign(this, dueIn(due_shard, due_at));
  }

  get data(): unknown {
    return (this.#data ??= JSON.parse(this.#text) as unknown);
  }
}

const dueIn = (shard: number | null, at: Instant | null): { readonly due?: Due } =>
  shard === null || at === null ? {} : { due: { shard, at } };

function columnsOf(due: Due | undefined): (number | null)[] {
  return due ? [due.shard, due.at] : [null, null];
}

/** The first text after all those that start so. */
function endOf(prefix: string): string | Uint8Array {
  const letters = [...prefix];
  for (let last = letters.pop(); last !== undefined; last = letters.pop()) {
    const code = last.codePointAt(0)!;
    if (code < 0x10ffff)
      return letters.join('') + String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1);
  }
  return END;
}
