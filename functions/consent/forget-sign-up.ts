import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { written } from '../base/written.ts';
import { addressWrite, findByAddress, type Versioned } from '../people/store.ts';
import { NOT_ME_MS, PENDING_MS, type Pending } from './pending.ts';
import {
  askedWrites,
  confirmationsWrite,
  forgetWrite,
  readConfirmations,
  readForget,
  readPending,
} from './store.ts';

type Doors = Pick<Ports, 'table' | 'secrets' | 'now'>;

/**
 * What was never confirmed disappears after thirty days, and with it the count of what the forms
 * sent. Called when its row on the agenda is due; early or twice, it does no harm.
 */
export async function forgetSignUp(ports: Doors, pendingId: string): Promise<void> {
  const now = ports.now();
  await written(ports, async () => {
    const [forget, pending] = await Promise.all([
      readForget(ports, pendingId),
      readPending(ports, pendingId),
    ]);
    if (!forget || (pending && pending.it.asked.at + PENDING_MS > now))
      return { writes: [], answer: undefined };
    const { fingerprint } = forget;
    const confirmations = await readConfirmations(ports, fingerprint);
    const { pendingId: waiting, stoppedUntil } = confirmations.it;
    const gone = await removal(ports, pending);
    if (stoppedUntil !== null && stoppedUntil > now)
      return {
        writes: [...gone, forgetWrite(pendingId, fingerprint, stoppedUntil)],
        answer: undefined,
      };
    const counts: Write = {
      kind: 'remove',
      key: keys.confirmations(fingerprint),
      expected: confirmations.version,
    };
    return {
      writes: [
        ...gone,
        { kind: 'remove', key: keys.agenda('forget-sign-up', pendingId), expected: forget.version },
        ...(confirmations.version > 0 && (waiting === null || waiting === pendingId)
          ? [counts]
          : []),
      ],
      answer: undefined,
    };
  });
}

/** "This was not me": the sign-up is gone at once, and the forms leave the address alone. */
export async function notMe(ports: Doors, pendingId: string): Promise<void> {
  await written(ports, async () => {
    const pending = await readPending(ports, pendingId);
    if (!pending || pending.it.confirmedAt !== null) return { writes: [], answer: undefined };
    const { fingerprint } = pending.it;
    const confirmations = await readConfirmations(ports, fingerprint);
    const stoppedUntil = ports.now() + NOT_ME_MS;
    const stopped = { ...confirmations.it, pendingId: null, stoppedUntil };
    return {
      writes: [
        ...(await removal(ports, pending)),
        confirmationsWrite(fingerprint, stopped, confirmations.version),
        forgetWrite(pendingId, fingerprint, stoppedUntil),
      ],
      answer: undefined,
    };
  });
}

/** The sign-up itself, and the address that led to it and to nobody else. */
async function removal(ports: Doors, pending: Versioned<Pending> | undefined): Promise<Write[]> {
  if (!pending) return [];
  const { pendingId, email, fingerprint, confirmedAt } = pending.it;
  const row: Write = {
    kind: 'remove',
    key: keys.pending(pendingId),
    expected: pending.version,
  };
  if (confirmedAt !== null) return [row];
  const asked = askedWrites(pendingId, pending.it, undefined);
  const address = await findByAddress(ports, email);
  if (!address?.it.pending || address.it.personId !== pendingId) return [row, ...asked];
  const { erasedAt } = address.it;
  const lead: Write =
    erasedAt === null
      ? { kind: 'remove', key: keys.address(fingerprint), expected: address.version }
      : addressWrite(fingerprint, { personId: null, pending: false, erasedAt }, address.version);
  return [row, ...asked, lead];
}
