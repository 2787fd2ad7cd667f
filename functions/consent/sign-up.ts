import { randomId } from '../base/id.ts';
import type { Ports, Write } from '../base/ports.ts';
import { fingerprintOf } from '../base/seal.ts';
import type { Instant } from '../base/time.ts';
import { written, type Plan } from '../base/written.ts';
import { serviceMail } from '../mail/order.ts';
import { isClosedTo, stateOf, type Reader } from '../people/person.ts';
import {
  addressWrite,
  findByAddress,
  readPerson,
  type AddressRow,
  type Versioned,
} from '../people/store.ts';
import { alreadyReaderMail, confirmMail } from './mails.ts';
import type { House } from './newcomer.ts';
import { counted, mayConfirm, PENDING_MS, type Confirmations, type Pending } from './pending.ts';
import {
  confirmationsWrite,
  forgetWrite,
  askedWrites,
  pendingWrite,
  readConfirmations,
  readPending,
} from './store.ts';

export type SignUp = Pick<
  Pending,
  'email' | 'language' | 'timeZone' | 'timeZoneFrom' | 'source' | 'frequency' | 'frequencyChosen'
> & {
  readonly topics: Pending['topics'];
  readonly known?: Pending['known'];
  readonly asked: Omit<Pending['asked'], 'at'>;
};

/**
 * First half of the double opt-in, for every way in. Whoever asks, the same rows are read and the
 * answer is the same: somebody new gets a mail to confirm, a reader gets a way to their page and
 * nothing of theirs is reset, and an address that was written to enough gets nothing.
 */
export async function signUp(
  ports: Ports,
  house: House,
  request: SignUp,
): Promise<{ readonly personId: string; readonly sent: boolean }> {
  const fingerprint = fingerprintOf(ports, request.email);
  const { personId, post } = await written(ports, async () => {
    const known = await look(ports, request.email, fingerprint);
    return planned(ports, house, { ...request, fingerprint }, known);
  });
  await post?.();
  return { personId, sent: post !== undefined };
}

type Known = {
  readonly confirmations: Versioned<Confirmations>;
  readonly address: Versioned<AddressRow> | undefined;
  readonly reader: Reader | undefined;
  readonly pending: Versioned<Pending> | undefined;
};

/** As many reads for an address nobody knows as for a reader's: time tells nothing. */
async function look(ports: Ports, email: string, fingerprint: string): Promise<Known> {
  const [confirmations, address] = await Promise.all([
    readConfirmations(ports, fingerprint),
    findByAddress(ports, email),
  ]);
  const [person, pending] = await Promise.all([
    readPerson(ports, address?.it.personId ?? 'nobody'),
    readPending(ports, confirmations.it.pendingId ?? 'nobody'),
  ]);
  return { confirmations, address, reader: person?.reader.it, pending };
}

/** `post` hands the mail on; there is none where enough were sent. */
type Done = { readonly personId: string; readonly post: (() => Promise<void>) | undefined };

function planned(
  ports: Ports,
  house: House,
  request: SignUp & { readonly fingerprint: string },
  known: Known,
): Plan<Done> {
  const now = ports.now();
  const { fingerprint } = request;
  const { confirmations, reader } = known;
  const count = (after: Confirmations) =>
    confirmationsWrite(fingerprint, after, confirmations.version);
  const pending = pendingOf(ports, request, known, now);
  const { pendingId } = pending;
  const personId = reader?.personId ?? pendingId;

  const isClosed = reader !== undefined && isClosedTo(reader);
  if (isClosed || !mayConfirm(confirmations.it, now))
    return { writes: [count(confirmations.it)], answer: { personId, post: undefined } };
  const after = counted(confirmations.it, 'sentAt', now);
  if (reader && stateOf(reader) === 'active') {
    const { writes, post } = serviceMail(ports, alreadyReaderMail(house.brand, reader));
    return { writes: [count(after), ...writes], answer: { personId, post } };
  }
  const { writes, post } = serviceMail(ports, confirmMail(house, pending));
  const before = pendingId === known.pending?.it.pendingId ? known.pending.version : 0;
  return {
    writes: [
      count({ ...after, pendingId }),
      pendingWrite(pending, before),
      ...askedWrites(pendingId, before === 0 ? undefined : known.pending?.it, pending),
      forgetWrite(pendingId, fingerprint, now + PENDING_MS),
      ...addressAsPending(known, reader, pending),
      ...writes,
    ],
    answer: { personId, post },
  };
}

/** One sign-up waits for an address at a time; asking again says anew what is asked. */
function pendingOf(
  ports: Ports,
  request: SignUp & { readonly fingerprint: string },
  { pending, address, reader }: Known,
  now: Instant,
): Pending {
  const waiting = pending && pending.it.confirmedAt === null ? pending.it.pendingId : undefined;
  const asked = !reader && address?.it.pending ? (address.it.personId ?? undefined) : undefined;
  const { asked: act, known = {}, ...rest } = request;
  return {
    format: 1,
    ...rest,
    known,
    pendingId: waiting ?? asked ?? randomId(ports),
    asked: { ...act, at: now },
    moves: null,
    goesBack: false,
    confirmedAt: null,
    readerId: null,
  };
}

/** A reader's address goes on leading to them; any other leads to the sign-up until it is confirmed. */
function addressAsPending(
  { address }: Known,
  reader: Reader | undefined,
  { pendingId, fingerprint }: Pending,
): Write[] {
  if (reader) return [];
  const row = { personId: pendingId, pending: true, erasedAt: address?.it.erasedAt ?? null };
  return [addressWrite(fingerprint, row, address?.version ?? 0)];
}
