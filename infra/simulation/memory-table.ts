import { shardOf } from '../../functions/base/id.ts';
import {
  type Key,
  type Outcome,
  type Range,
  type Row,
  type ScannedRows,
  type ScanPage,
  type TableName,
  type Write,
} from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import { DueIndex, type DuePlace } from './due-index.ts';
import { frozen, ready, readyTogether, type Ready } from './memory-limits.ts';
import { compareText, Partition } from './partition.ts';

/** One row of a write that was done, as it was before and as it is after. */
export type Applied = {
  readonly write: Write;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
};
/** Told of each all-or-none write that was done, before anybody can read it. */
export type Watcher = (applied: readonly Applied[]) => void;

const SCAN_SHARDS = 4_096;
type Scanned = { readonly shard: number; readonly pk: string };

/** The table as the port describes it, in memory and at once; who calls it brings delays and faults. */
type Scanning = { readonly kind?: ScannedRows; readonly peopleMost?: number };

export class MemoryTable {
  readonly #partitions: Record<TableName, Map<string, Partition>> = {
    people: new Map(),
    records: new Map(),
  };
  readonly #indexes: Record<TableName, DueIndex> = {
    people: new DueIndex(),
    records: new DueIndex(),
  };
  #scanned: Scanned[] | undefined;
  watcher: Watcher | undefined;

  get(key: Key): Row | undefined {
    return this.#partitions[key.in].get(key.pk)?.get(key.sk);
  }

  /** The rows of one partition in their order. */
  query(table: TableName, pk: string, range: Range = {}): readonly Row[] {
    const { prefix = '', after, newestFirst = false, limit = Infinity } = range;
    const rows: Row[] = [];
    for (const row of this.#partitions[table].get(pk)?.rows(newestFirst) ?? []) {
      if (rows.length >= limit) break;
      const { sk } = row.key;
      if (!sk.startsWith(prefix)) continue;
      const order = after === undefined ? 1 : compareText(sk, after);
      if (newestFirst && after !== undefined ? order < 0 : order > 0) rows.push(row);
    }
    return rows;
  }

  /** At most so many rows, and at most so many people; a page ends between two people. */
  scanPeople(
    { index, of }: { readonly index: number; readonly of: number },
    from: string | undefined,
    limit: number,
    { kind = 'all', peopleMost = Infinity }: Scanning = {},
  ): ScanPage {
    const first = Math.floor((index * SCAN_SHARDS) / of);
    const end = Math.floor(((index + 1) * SCAN_SHARDS) / of);
    const start = from === undefined ? undefined : placeOf(from);
    const rows: Row[] = [];
    let people = 0;
    let last: string | undefined;
    for (const place of this.#scan()) {
      if (place.shard < first || place.shard >= end) continue;
      if (start && compareScanned(place, start) <= 0) continue;
      const all = this.#partitions.people.get(place.pk)!.rows(false);
      const found = kind === 'all' ? all : all.filter(({ key }) => key.sk === 'reader');
      if (people > 0 && (rows.length + found.length > limit || people >= peopleMost))
        return { rows, next: last };
      rows.push(...found);
      people += 1;
      last = place.pk;
    }
    return { rows, next: undefined };
  }

  /** Rows due until a moment as an index tells that is `behind` so many milliseconds, earliest first. */
  due(
    table: TableName,
    shard: number,
    until: Instant,
    after: DuePlace | undefined,
    asOf: Instant,
  ): readonly Row[] {
    const rows: Row[] = [];
    for (const { pk, sk } of this.#indexes[table].due(shard, until, after, asOf)) {
      const row = this.get({ in: table, pk, sk });
      if (row?.due && row.due.shard === shard && row.due.at <= until) rows.push(row);
    }
    return rows;
  }

  /** The earliest moment at which anything is due. */
  firstDueAt(): Instant | undefined {
    const people = this.#indexes.people.firstAt();
    const records = this.#indexes.records.firstAt();
    if (people === undefined || records === undefined) return people ?? records;
    return Math.min(people, records);
  }

  writeAll(writes: readonly Write[], visibleAt = -Infinity): Outcome {
    const all = readyTogether(writes);
    if (!writes.every((write) => this.#fits(write))) return 'conflict';
    this.#apply(all, visibleAt);
    return 'written';
  }

  writeOne(write: Write, visibleAt = -Infinity): Outcome {
    const one = ready(write);
    if (!this.#fits(write)) return 'conflict';
    this.#apply([one], visibleAt);
    return 'written';
  }

  /** Every row there is, for who judges. */
  *all(table: TableName): Iterable<Row> {
    for (const partition of this.#partitions[table].values()) yield* partition.rows(false);
  }

  #fits(write: Write): boolean {
    if (write.kind === 'add' || write.expected === undefined) return true;
    return (this.get(write.key)?.version ?? 0) === write.expected;
  }

  #apply(writes: readonly Ready[], visibleAt: Instant): void {
    const applied = writes.map(({ write, text }): Applied => {
      const before = this.get(write.key);
      const after = rowAfter(write, text, before);
      this.#keep(write.key, before, after, visibleAt);
      return { write, before, after };
    });
    this.watcher?.(applied);
  }

  #keep(key: Key, before: Row | undefined, after: Row | undefined, visibleAt: Instant): void {
    const partitions = this.#partitions[key.in];
    let partition = partitions.get(key.pk);
    if (!partition) {
      if (!after) return;
      partition = new Partition();
      partitions.set(key.pk, partition);
      if (key.in === 'people') this.#scanned = undefined;
    }
    if (after) partition.set(key.sk, after);
    else partition.remove(key.sk);
    if (partition.isEmpty) {
      partitions.delete(key.pk);
      if (key.in === 'people') this.#scanned = undefined;
    }
    if (before?.due || after?.due)
      this.#indexes[key.in].move(key, before?.due, after?.due, visibleAt);
  }

  #scan(): readonly Scanned[] {
    this.#scanned ??= [...this.#partitions.people.keys()].map(placeOf).sort(compareScanned);
    return this.#scanned;
  }
}

function rowAfter(write: Write, text: string, before: Row | undefined): Row | undefined {
  const version = (before?.version ?? 0) + 1;
  const { key } = write;
  switch (write.kind) {
    case 'put':
      return {
        key,
        version,
        data: frozen(text),
        ...(write.due && { due: { shard: write.due.shard, at: write.due.at } }),
      };
    case 'remove':
      return undefined;
    case 'add': {
      const data = { ...(before?.data as Record<string, number> | undefined) };
      for (const [name, by] of Object.entries(write.counters)) data[name] = (data[name] ?? 0) + by;
      return { key, version, data: Object.freeze(data), ...(before?.due && { due: before.due }) };
    }
  }
}

const placeOf = (pk: string): Scanned => ({ shard: shardOf(pk, SCAN_SHARDS), pk });
const compareScanned = (one: Scanned, other: Scanned) =>
  one.shard - other.shard || compareText(one.pk, other.pk);
