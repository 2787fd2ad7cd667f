import * as z from 'zod';
import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import { DUE_SHARDS, type Key, type Ports, type Row, type Write } from '../base/ports.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../base/time.ts';
import { written, type Plan } from '../base/written.ts';
import type { Brand } from '../people/brand.ts';

/** Since when forms are counted, and how many came: added to, so that a thousand at once never wait for each other. */
const Counted = z.object({ since: z.number().optional(), forms: z.int().default(0) });

type Counter = { readonly key: Key; readonly most: number };
type FormPorts = Pick<Ports, 'table' | 'now'>;
export type Room = { readonly isFull: false } | { readonly isFull: true; readonly seconds: number };

/**
 * Whether one more form may be taken, from this network and by the house, and counts it. Asked
 * before anybody looks whether the address is known, so it tells nothing of that. It is counted
 * first and looked at after: of a thousand who come in one instant none is taken above the limit.
 */
export async function roomForForm(
  ports: FormPorts,
  { forms }: Pick<Brand, 'forms'>,
  network: string | undefined,
): Promise<Room> {
  const counters = [
    { key: keys.lately('forms', 'house'), most: forms.anHour },
    ...(network === undefined
      ? []
      : [{ key: keys.lately('forms', network), most: forms.anHourFromOneNetwork }]),
  ];
  const before = await written(ports, () => hoursBegun(ports, counters));
  if (before.isFull) return before;
  await ports.table.writeEach(
    counters.map(({ key }): Write => ({ kind: 'add', key, counters: { forms: 1 } })),
  );
  return roomIn(await seen(ports, counters), 0, ports.now());
}

/** Begins an hour where none runs; counts nothing yet. */
async function hoursBegun(ports: FormPorts, counters: readonly Counter[]): Promise<Plan<Room>> {
  const now = ports.now();
  const hours = await seen(ports, counters);
  const answer = roomIn(hours, 1, now);
  const begun = answer.isFull ? [] : hours.filter(({ isNew }) => isNew);
  return { answer, writes: begun.map(({ key, since, version }) => hourWrite(key, since, version)) };
}

async function seen({ table, now }: FormPorts, counters: readonly Counter[]) {
  const rows = await table.getMany(counters.map(({ key }) => key));
  return counters.map((counter, index) => ({ ...counter, ...hourOf(rows[index], now()) }));
}

/** Whether so many more have room beside those that came. */
function roomIn(hours: Awaited<ReturnType<typeof seen>>, more: number, now: Instant): Room {
  const full = hours.filter(({ forms, most }) => forms + more > most);
  if (full.length === 0) return { isFull: false };
  const until = Math.max(...full.map(({ since }) => since + HOUR));
  return { isFull: true, seconds: Math.ceil((until - now) / SECOND) };
}

function hourOf(row: Row | undefined, now: Instant) {
  const { since, forms } = Counted.parse(row?.data ?? {});
  const version = row?.version ?? 0;
  const isNew = since === undefined || now - since >= HOUR;
  return isNew ? { since: now, forms: 0, isNew, version } : { since, forms, isNew, version };
}

/** Without a count, so that what was added before stands in no sum after it. */
function hourWrite(key: Key, since: Instant, expected: number): Write {
  const due = { shard: shardOf(key.pk, DUE_SHARDS), at: endOf(since) };
  return { kind: 'put', key, data: { since }, expected, due };
}

/** Cleared away a little later, so that a moved clock stops once for all of them. */
const endOf = (since: Instant) => Math.ceil((since + HOUR) / (10 * MINUTE)) * 10 * MINUTE;
