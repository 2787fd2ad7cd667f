import { log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { DAY, HOUR, MINUTE, type Instant } from '../base/time.ts';
import type { Versioned } from '../people/store.ts';
import { postRowsWrite } from './agenda.ts';
import { CANARY, orderCanary } from './canary.ts';
import { postRows } from './control.ts';
import { settled, SILENCE_MS, type Delivery, type Line } from './delivery.ts';
import { figureChange, figureWrite } from './figures.ts';
import type { Mailing } from './mailing.ts';
import { messagesFor } from './rows.ts';
import { settleTold, tagsOf } from './settle.ts';
import {
  changeMailing,
  deliveryRows,
  deliveryWrite,
  readCanary,
  readDelivery,
  readMailing,
} from './store.ts';
import { TOLD, toldAtOnce } from './told.ts';

const LOOK_AGAIN_MS = 5 * MINUTE;
/** A canary of which nothing was heard for so long is lost itself. */
const CANARY_LOST_MS = HOUR;
/** By then nobody waits for it any more; it stays in doubt, and is shown so. */
const GIVEN_UP_MS = DAY;

/**
 * Sends a mailing again to those of whom nobody knows whether they have it, because a person said
 * so. Each is asked about anew, like all others. Where the provider may still tell, it is not yet time.
 * Answers how many.
 */
export async function sendDoubtfulAgain(ports: Ports, mailingId: string): Promise<number> {
  let lines = 0;
  const mailing = (await readMailing(ports, mailingId))?.it;
  for (let segment = 0; segment < (mailing?.segments ?? 0); segment += 1)
    for await (const row of deliveryRows(ports, mailingId, segment)) {
      const doubtful = row.it.lines.filter(isDoubtful).length;
      const isSilent = (row.it.doubtAt ?? 0) + SILENCE_MS <= ports.now();
      if (doubtful === 0 || !isSilent || row.it.state === 'calling') continue;
      if (await reopen(ports, row)) lines += doubtful;
    }
  if (lines > 0) {
    await changeMailing(ports, mailingId, goesOn, [postRowsWrite(mailingId, ports.now())]);
    await postRows(ports, mailingId);
  }
  return lines;
}

const goesOn = (mailing: Mailing): Mailing =>
  mailing.state === 'sent' ? { ...mailing, state: 'sending', finishedAt: null } : mailing;

/**
 * A transactional mail in doubt, after some silence. Where the provider can be asked, its answer
 * counts. Else a canary is sent after it: once that one was heard of, events do come, and the
 * silence means that the mail never left.
 */
export async function breakSilence(ports: Ports, row: Versioned<Delivery>): Promise<void> {
  const { doubtAt, lines } = row.it;
  const now = ports.now();
  const line = lines.findIndex(isDoubtful);
  const isCanary = row.it.service?.kind === CANARY;
  if (doubtAt === undefined || line < 0 || isCanary) return rest(ports, row, null);
  if (now < doubtAt + SILENCE_MS) return rest(ports, row, doubtAt + SILENCE_MS);
  const known = await ports.mailer.find(tagsOf(row.it, line));
  if (typeof known === 'object') {
    const { e: bits = TOLD.sent } = toldAtOnce(known);
    await settleTold(ports, row.it, [{ line, bits, messageId: known.messageId }]);
    return;
  }
  switch (known) {
    case 'accepted':
      await settleTold(ports, row.it, [{ line, bits: TOLD.sent, messageId: '' }]);
      return;
    case 'never-came':
      return sendAgain(ports, row);
    case 'unknown':
      return listen(ports, row, doubtAt);
  }
}

async function listen(ports: Ports, row: Versioned<Delivery>, doubtAt: Instant): Promise<void> {
  const now = ports.now();
  if (ports.mailer.canary === undefined || now > doubtAt + GIVEN_UP_MS) {
    log('warn', 'stays-in-doubt', { mailing: row.it.mailingId });
    return rest(ports, row, null);
  }
  const canary = await readCanary(ports);
  const isLater = canary !== undefined && canary.it.orderedAt > doubtAt;
  if (isLater && (await wasHeardOf(ports, canary.it.name))) return sendAgain(ports, row);
  if (!isLater || now > canary.it.orderedAt + CANARY_LOST_MS)
    await orderCanary(ports, ports.mailer.canary, canary?.version ?? 0);
  return rest(ports, row, now + LOOK_AGAIN_MS);
}

async function wasHeardOf(
  ports: Pick<Ports, 'table'>,
  name: Parameters<typeof readDelivery>[1],
): Promise<boolean> {
  const row = await readDelivery(ports, name);
  return row?.it.lines.some(({ e = 0 }) => e !== 0) ?? false;
}

async function sendAgain(ports: Ports, row: Versioned<Delivery>): Promise<void> {
  log('info', 'sent-again-after-silence', { mailing: row.it.mailingId });
  const opened = await reopen(ports, row);
  if (opened) await ports.queue.post('service', messagesFor([opened]));
}

/** Its doubtful lines are to be sent again. Undefined when somebody else was at it. */
async function reopen(
  ports: Pick<Ports, 'table' | 'now'>,
  row: Versioned<Delivery>,
): Promise<Delivery | undefined> {
  const { doubtAt: _doubt, ...before } = row.it;
  const after = settled({ ...before, lines: before.lines.map(opened) });
  const outcome = await ports.table.writeAll([
    deliveryWrite(after, row.version, ports.now()),
    figureWrite(after.mailingId, figureChange(before.lines, after.lines), after.sequence),
  ]);
  return outcome === 'written' ? after : undefined;
}

const isDoubtful = (line: Line) => line.d === 'send' && line.o === 'uncertain';

function opened(line: Line): Line {
  if (!isDoubtful(line)) return line;
  const { w: _why, t: _tries, ...rest } = line;
  return { ...rest, o: 'open' };
}

async function rest(
  ports: Pick<Ports, 'table' | 'now'>,
  row: Versioned<Delivery>,
  until: Instant | null,
): Promise<void> {
  await ports.table.writeAll([deliveryWrite(row.it, row.version, ports.now(), until)]);
}
