import { createHash } from 'node:crypto';
import * as z from 'zod';
import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import type { Ports, Write } from '../base/ports.ts';
import { addDays, MINUTE, wallTimeIn, type Instant, type LocalDate } from '../base/time.ts';
import { hashOf } from './record.ts';
import { readLedger } from './store.ts';

export const LEDGER_SHARDS = 8;

/** What was begun before midnight is written by then. */
const CLOSES_AFTER_MS = 30 * MINUTE;
/** A house that slept for long closes so many days at a time. */
const DAYS_AT_ONCE = 31;

/** Where a person's ledger ended on a day. */
const Head = z.object({ personId: z.string(), count: z.int(), hash: z.string() });
export type Head = z.infer<typeof Head>;

/** One hash over all that was recorded that day and over the day before it: enough to show any later change. */
export const DayRoot = z.object({
  day: z.string(),
  root: z.string(),
  previous: z.string(),
  ledgers: z.int(),
});
export type DayRoot = z.infer<typeof DayRoot>;

/** Up to which day roots are made, and the last of them. */
const Closed = z.object({ until: z.string(), root: z.string() });

export const dayOfLedger = (at: Instant): LocalDate => wallTimeIn('UTC', at).date;

/** The end of a person's ledger on its day, written with the records themselves. */
export function headWrite(head: Head, at: Instant): Write {
  const shard = shardOf(head.personId, LEDGER_SHARDS);
  return { kind: 'put', key: keys.ledgerHead(dayOfLedger(at), shard, head.personId), data: head };
}

/** Makes the root of each day that is over and has none. Called at any time, it does only what is missing. */
export async function closeLedgerDays(ports: Ports): Promise<void> {
  const over = addDays(dayOfLedger(ports.now() - CLOSES_AFTER_MS), -1);
  for (let round = 0; round < DAYS_AT_ONCE; round += 1) {
    const row = await ports.table.get(keys.ledgerClosed());
    const closed = Closed.parse(row?.data ?? { until: addDays(over, -DAYS_AT_ONCE), root: '' });
    if (closed.until >= over) return;
    const day = addDays(closed.until, 1);
    const made = await rootOf(ports, day, closed.root);
    const until = { until: day, root: made?.root ?? closed.root };
    const outcome = await ports.table.writeAll([
      { kind: 'put', key: keys.ledgerClosed(), data: until, expected: row?.version ?? 0 },
      ...(made
        ? [{ kind: 'put' as const, key: keys.ledgerRoot(day), data: made, expected: 0 }]
        : []),
    ]);
    // Another hand is at it; should that one fail, the next minute asks again.
    if (outcome === 'conflict') return;
    // The log leaves the house with all its lines: a copy of the root that nobody here can change.
    if (made) log('info', 'ledger-root', { day: made.day, root: made.root, ledgers: made.ledgers });
  }
}

/** Whether some day is over and has no root: one read, asked each minute. */
export async function ledgerDayIsOver({ table, now }: Pick<Ports, 'table' | 'now'>) {
  const over = addDays(dayOfLedger(now() - CLOSES_AFTER_MS), -1);
  const row = await table.get(keys.ledgerClosed());
  return row === undefined || Closed.parse(row.data).until < over;
}

/** The roots of days with records, newest first. */
export async function readRoots({ table }: Pick<Ports, 'table'>, most: number): Promise<DayRoot[]> {
  const roots: DayRoot[] = [];
  const range = { newestFirst: true, limit: most };
  for await (const row of table.query('records', keys.ledgerRoot('').pk, range))
    roots.push(DayRoot.parse(row.data));
  return roots.slice(0, most);
}

export type DaySoundness =
  | { readonly sound: true; readonly root: DayRoot }
  | { readonly sound: false; readonly because: string; readonly personId?: string };

/**
 * Whether all that was recorded on a day is still what it was: the roots follow each other, that
 * day's is made of the ends of its ledgers, and each ledger still comes to its end. `known` is a
 * root that was kept outside, where nobody who can change our tables could change it.
 */
export async function verifyDay(
  ports: Pick<Ports, 'table'>,
  day: LocalDate,
  known?: string,
): Promise<DaySoundness | undefined> {
  const row = await ports.table.get(keys.ledgerRoot(day));
  if (!row) return undefined;
  const root = DayRoot.parse(row.data);
  if (known !== undefined && known !== root.root)
    return { sound: false, because: 'the root is another than the one kept outside' };
  const again = await rootOf(ports, day, root.previous);
  if (again?.root !== root.root)
    return { sound: false, because: 'the ends of its ledgers were changed' };
  for await (const head of headsOf(ports, day))
    if (!(await comesTo(ports, head)))
      return { sound: false, because: 'a record was changed', personId: head.personId };
  return { sound: true, root };
}

/** Undefined for a day on which nothing was recorded. */
async function rootOf(
  ports: Pick<Ports, 'table'>,
  day: LocalDate,
  previous: string,
): Promise<DayRoot | undefined> {
  const hash = createHash('sha256').update(`${day}\n${previous}\n`);
  let ledgers = 0;
  for await (const { personId, count, hash: end } of headsOf(ports, day)) {
    hash.update(`${personId} ${count} ${end}\n`);
    ledgers += 1;
  }
  if (ledgers === 0) return undefined;
  return { day, root: hash.digest('base64url'), previous, ledgers };
}

async function* headsOf({ table }: Pick<Ports, 'table'>, day: LocalDate): AsyncIterable<Head> {
  for (let shard = 0; shard < LEDGER_SHARDS; shard += 1)
    for await (const row of table.query('records', keys.ledgerHead(day, shard, '').pk))
      yield Head.parse(row.data);
}

/** Whether a person's records, up to that one, still lead to that hash. */
async function comesTo(
  ports: Pick<Ports, 'table'>,
  { personId, count, hash }: Head,
): Promise<boolean> {
  let previous = '';
  let sequence = 0;
  for await (const line of readLedger(ports, personId)) {
    sequence += 1;
    if (line.sequence !== sequence || line.previous !== previous) return false;
    previous = hashOf(line);
    if (sequence === count) return previous === hash;
  }
  return false;
}
