import * as z from 'zod';
import { keys } from '../base/keys.ts';
import { DUE_SHARDS, type Ports, type Row, type Write } from '../base/ports.ts';
import { MINUTE, type Instant } from '../base/time.ts';
import { ledgerDayIsOver } from '../consent/ledger-day.ts';
import { DeliveryName } from '../mail/delivery.ts';
import { isLately } from '../mail/lately.ts';
import { queueLineOf } from '../mail/order.ts';
import { fileCountIsDue, postCount } from '../stats/count-file.ts';
import { isKeptAnswer } from '../team/store.ts';

/** What was found due and handed on is looked at again after this, should it be lost on the way. */
const LOOK_AGAIN_MS = 10 * MINUTE;
const ROWS_A_SHARD = 500;
/** What is published in the minute of a letter is promised in it: its plan gets so much of a start. */
const LET_IN_SECONDS = 60;
const STARTS = keys.agenda('start-campaign', '').pk;

const AgendaRow = z.object({ kind: z.string(), id: z.string() });

/**
 * Each minute: finds what is due, shard by shard, and claims it by moving its date with the version
 * it read; then hands it to a worker. A tick that comes twice, late or not at all does no harm.
 */
export async function tick(ports: Ports): Promise<void> {
  const now = ports.now();
  let isPublishing = false;
  for (let shard = 0; shard < DUE_SHARDS; shard += 1)
    isPublishing = (await tickRecords(ports, shard, now)) || isPublishing;
  for (let shard = 0; shard < DUE_SHARDS; shard += 1)
    await tickReaders(ports, shard, { now, delaySeconds: isPublishing ? LET_IN_SECONDS : 0 });
  if (await ledgerDayIsOver(ports))
    await ports.queue.post('work', [{ body: { do: 'close-ledger' } }]);
  if (await fileCountIsDue(ports)) await postCount(ports);
}

/** Hands on what is due; answers whether a campaign begins with it. */
async function tickRecords(ports: Ports, shard: number, now: Instant): Promise<boolean> {
  const due: Row[] = [];
  for await (const row of ports.table.due('records', shard, now)) {
    due.push(row);
    if (due.length >= ROWS_A_SHARD) break;
  }
  if (due.length === 0) return false;
  const outcomes = await ports.table.writeEach(due.map((row) => later(row, shard, now)));
  for (const [index, row] of due.entries())
    if (outcomes[index] === 'written') await handOn(ports, row);
  return due.some(({ key }) => key.pk === STARTS);
}

/** The same row, due again later unless its worker says otherwise; what was only kept until now goes. */
function later(row: Row, shard: number, now: Instant): Write {
  if (isOnlyKept(row)) return { kind: 'remove', key: row.key, expected: row.version };
  return {
    kind: 'put',
    key: row.key,
    data: row.data,
    expected: row.version,
    due: { shard, at: now + LOOK_AGAIN_MS },
  };
}

const isOnlyKept = ({ key }: Row) => isKeptAnswer(key) || isLately(key);

async function handOn(ports: Ports, row: Row): Promise<void> {
  if (isOnlyKept(row)) return;
  if (row.key.pk.startsWith('agenda#')) {
    const { kind, id } = AgendaRow.parse(row.data);
    return ports.queue.post('work', [{ body: { do: 'agenda', kind, id } }]);
  }
  const name = DeliveryName.parse(row.data);
  return ports.queue.post(queueLineOf(name.mailingId), [{ body: name, group: name.mailingId }]);
}

/** Readers whose letter is due: one message a shard plans them all. */
async function tickReaders(
  ports: Ports,
  shard: number,
  { now, delaySeconds }: { readonly now: Instant; readonly delaySeconds: number },
): Promise<void> {
  for await (const _reader of ports.table.due('people', shard, now)) {
    await ports.queue.post('work', [{ body: { do: 'plan-letters', shard }, delaySeconds }]);
    return;
  }
}
