import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { judgeWrite, postRowsWrite, probeWrite } from './agenda.ts';
import { isReady } from './delivery.ts';
import { finishIfDone } from './close.ts';
import { BOUNCES, isHeldBack } from './first-part.ts';
import { withoutFirst, type Mailing } from './mailing.ts';
import { messagesFor } from './rows.ts';
import { changeMailing, deliveryRows, deliveryWrite, readFigures, readMailing } from './store.ts';

/**
 * Nothing more leaves until it is resumed; what is in a call already, goes. One that is `sent` may
 * still have readers for whom it is night: while it does, it can be paused.
 */
export async function pauseMailing(
  ports: Ports,
  mailingId: string,
  because: string | null = null,
): Promise<Mailing | undefined> {
  const { held } = await readFigures(ports, mailingId);
  return changeMailing(ports, mailingId, (mailing) => {
    const goesOn = mailing.state === 'planning' || mailing.state === 'sending';
    return goesOn || (mailing.state === 'sent' && held > 0)
      ? { ...mailing, state: 'paused', blockedBecause: because, finishedAt: null }
      : undefined;
  });
}

/** Goes on where it stood: each row with something to send is posted again. */
export async function resumeMailing(ports: Ports, mailingId: string): Promise<Mailing | undefined> {
  const mailing = await changeMailing(
    ports,
    mailingId,
    (now) =>
      now.state === 'paused' || now.state === 'blocked'
        ? { ...judgedByHand(now), state: goesOnAs(now), blockedBecause: null }
        : undefined,
    [postRowsWrite(mailingId, ports.now()), judgeWrite(mailingId, ports.now())],
  );
  if (mailing) await postRows(ports, mailingId);
  return mailing;
}

/** Whoever lets a mailing go on whose first part came back has judged it. */
const judgedByHand = (mailing: Mailing): Mailing =>
  mailing.blockedBecause === BOUNCES ? withoutFirst(mailing) : mailing;

/** The letters of a day are planned a reader at a time; only a campaign has a plan of its own to end. */
const goesOnAs = ({ kind, planned }: Mailing): Mailing['state'] =>
  planned || kind !== 'campaign' ? 'sending' : 'planning';

/** Ends it: what has not left, held until the morning too, is dropped as `stopped` with its reason on the books. */
export async function stopMailing(ports: Ports, mailingId: string): Promise<Mailing | undefined> {
  const { held } = await readFigures(ports, mailingId);
  const mailing = await changeMailing(
    ports,
    mailingId,
    (now) =>
      now.state === 'stopped' || (now.state === 'sent' && held === 0)
        ? undefined
        : { ...now, state: 'stopped', finishedAt: ports.now() },
    [postRowsWrite(mailingId, ports.now())],
  );
  if (mailing) await postRows(ports, mailingId);
  return mailing;
}

/** Hands each row with something to do to a worker. It stays on the agenda until that is done. */
export async function postRows(ports: Ports, mailingId: string): Promise<void> {
  const key = keys.agenda('post-rows', mailingId);
  const agenda = await ports.table.get(key);
  const mailing = (await readMailing(ports, mailingId))?.it;
  if (mailing && mailing.state !== 'paused' && mailing.state !== 'blocked')
    await postOpenRows(ports, mailing);
  if (agenda) await ports.table.writeAll([{ kind: 'remove', key, expected: agenda.version }]);
}

/** Asks whether the provider takes mail again, and resumes what it had blocked. */
export async function probeMailing(ports: Ports, mailingId: string): Promise<void> {
  const key = keys.agenda('probe', mailingId);
  const probe = await ports.table.get(key);
  if (!probe) return;
  const account = await ports.mailer.account();
  const open = account.sending && account.sentLastDay < account.quotaPerDay;
  if (!open) {
    await ports.table.writeAll([probeWrite(mailingId, ports.now())]);
    return;
  }
  const mailing = (await readMailing(ports, mailingId))?.it;
  if (mailing?.state === 'blocked') {
    log('info', 'mailing-unblocked', { mailing: mailingId });
    await resumeMailing(ports, mailingId);
  }
  // Last, and only this one: a mailing blocked again meanwhile has put a new one there.
  await ports.table.writeAll([{ kind: 'remove', key, expected: probe.version }]);
}

async function postOpenRows(ports: Ports, mailing: Mailing): Promise<void> {
  const { mailingId, segments, state } = mailing;
  for (let segment = 0; segment < segments; segment += 1)
    for await (const { it: row, version } of deliveryRows(ports, mailingId, segment)) {
      const now = ports.now();
      const waits = row.lines.some((line) => isReady(line, now) || line.d === 'hold');
      if (row.state !== 'planned' || !waits || isHeldBack(mailing, row)) continue;
      // A stopped mailing's holds end at once: the worker finds them and writes the reason.
      await ports.table.writeEach([
        deliveryWrite(row, version, now, state === 'stopped' ? now : undefined),
      ]);
      await ports.queue.post('editorial', messagesFor([row]));
    }
  if (mailing.planned) await finishIfDone(ports, mailingId);
}
