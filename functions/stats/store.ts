import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import type { LocalDate } from '../base/time.ts';
import type { Counters } from '../mail/figures.ts';
import { HOUSE_SHARDS } from '../mail/house-figures.ts';
import { Pace } from '../mail/slots.ts';
import type { Versioned } from '../people/store.ts';
import { FileCount } from './file-count.ts';

type Store = Pick<Ports, 'table'>;
const SumRow = z.record(z.string(), z.number());
const NEVER: FileCount = { format: 1, done: null, running: null };

/** What happened in the house on each of these days, in their order. */
export async function readHouseDays(
  { table }: Store,
  days: readonly LocalDate[],
): Promise<Counters[]> {
  const rows = await table.getMany(days.flatMap((day) => shards.map((n) => keys.houseDay(day, n))));
  return days.map((_, index) =>
    summed(rows.slice(index * HOUSE_SHARDS, (index + 1) * HOUSE_SHARDS)),
  );
}

/** What is so in the house now. */
export async function readHouseNow({ table }: Store): Promise<Counters> {
  return summed(await table.getMany(shards.map((shard) => keys.houseNow(shard))));
}

const shards = Array.from({ length: HOUSE_SHARDS }, (_, shard) => shard);

function summed(rows: readonly ({ readonly data: unknown } | undefined)[]): Counters {
  const sums: Counters = {};
  for (const row of rows)
    for (const [name, count] of Object.entries(SumRow.parse(row?.data ?? {})))
      sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

export async function readFileCount({ table }: Store): Promise<Versioned<FileCount>> {
  const row = await table.get(keys.fileCount());
  return row ? { it: FileCount.parse(row.data), version: row.version } : { it: NEVER, version: 0 };
}

export function fileCountWrite(count: FileCount, expected: number): Write {
  return { kind: 'put', key: keys.fileCount(), data: count, expected };
}

/** What the provider last said of this account, while something was being sent. */
export async function readProvider({
  table,
}: Store): Promise<Pick<Pace, 'account' | 'accountReadAt'> | undefined> {
  const row = await table.get(keys.pace());
  return row && Pace.parse(row.data);
}
