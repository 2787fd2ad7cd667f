import * as z from 'zod';
import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import { DUE_SHARDS, type Key, type Ports, type Write } from '../base/ports.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../base/time.ts';
import { written, type Plan } from '../base/written.ts';
import type { Brand } from '../people/brand.ts';

/** How many forms came since a moment. */
const Counted = z.object({ since: z.number(), forms: z.int() });
type Counted = z.infer<typeof Counted>;

export type Room = { readonly isFull: false } | { readonly isFull: true; readonly seconds: number };

/**
 * Whether one more form may be taken, from this network and by the house, and counts it. Asked
 * before anybody looks whether the address is known, so it tells nothing of that.
 */
export function roomForForm(
  ports: Pick<Ports, 'table' | 'now'>,
  { forms }: Pick<Brand, 'forms'>,
  network: string | undefined,
): Promise<Room> {
  const counters = [
    { key: keys.lately('forms', 'house'), most: forms.anHour },
    ...(network === undefined
      ? []
      : [{ key: keys.lately('forms', network), most: forms.anHourFromOneNetwork }]),
  ];
  return written(ports, async (): Promise<Plan<Room>> => {
    const now = ports.now();
    const rows = await ports.table.getMany(counters.map(({ key }) => key));
    const seen = counters.map((counter, index) => {
      const row = rows[index];
      const before = row && Counted.parse(row.data);
      const isOver = before === undefined || now - before.since >= HOUR;
      const counted: Counted = isOver
        ? { since: now, forms: 1 }
        : { ...before, forms: before.forms + 1 };
      return { ...counter, counted, version: row?.version ?? 0 };
    });
    const full = seen.filter(({ counted, most }) => counted.forms > most);
    if (full.length > 0) {
      const until = Math.max(...full.map(({ counted }) => counted.since + HOUR));
      return { writes: [], answer: { isFull: true, seconds: Math.ceil((until - now) / SECOND) } };
    }
    return {
      writes: seen.map(({ key, counted, version }) => countedWrite(key, counted, version)),
      answer: { isFull: false },
    };
  });
}

function countedWrite(key: Key, counted: Counted, expected: number): Write {
  const at = endOf(counted.since);
  return {
    kind: 'put',
    key,
    data: counted,
    expected,
    due: { shard: shardOf(key.pk, DUE_SHARDS), at },
  };
}

/** Cleared away a little later, so that a moved clock stops once for all of them. */
const endOf = (since: Instant) => Math.ceil((since + HOUR) / (10 * MINUTE)) * 10 * MINUTE;
