import type { Ports, Write } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { written, type Plan } from '../base/written.ts';
import { postWelcome, welcomeWrite } from '../mail/welcome.ts';
import { isClosedTo, type Reader } from '../people/person.ts';
import {
  addressWrite,
  externalIdWrite,
  findByAddress,
  findByExternalId,
  profileWrite,
  readerWrite,
  readPerson,
  type Versioned,
} from '../people/store.ts';
import { surfaceOf } from './consent-words.ts';
import { joined, record, type ConsentChange, type Recorded } from './ledger.ts';
import { topicsAsked, wordsToConfirm } from './mails.ts';
import { begun, woken, type Both, type House } from './newcomer.ts';
import { NO_CONFIRMATIONS, type Pending } from './pending.ts';
import { hashOf, topicSubject, type Words } from './record.ts';
import {
  askedWrites,
  confirmationsWrite,
  pendingWrite,
  readConfirmations,
  readPending,
} from './store.ts';

export type Confirmed =
  | { readonly kind: 'confirmed' | 'already'; readonly reader: Reader }
  /** What is asked is no longer what the page said: it must be read again before it is a yes. */
  | { readonly kind: 'changed'; readonly pending: Pending }
  | { readonly kind: 'gone' };

type Asked = { readonly pendingId: string; readonly language: string; readonly wordsSeen: string };

/**
 * Second half of the double opt-in: the button behind the link proves the mailbox is theirs. The
 * person, their consents and the ledger are one write, so no reader exists without a record. A
 * link used again answers what is already so.
 */
export async function confirm(ports: Ports, house: House, asked: Asked): Promise<Confirmed> {
  const confirmed = await written(ports, async (): Promise<Plan<Confirmed>> => {
    const pending = await readPending(ports, asked.pendingId);
    if (!pending) return { writes: [], answer: { kind: 'gone' } };
    if (pending.it.confirmedAt !== null)
      return { writes: [], answer: await confirmedBefore(ports, pending.it) };
    const words = wordsToConfirm(house, pending.it, asked.language);
    if (hashOf(words) !== asked.wordsSeen)
      return { writes: [], answer: { kind: 'changed', pending: pending.it } };
    return confirming(ports, house, pending, words);
  });
  if (confirmed.kind === 'confirmed') await postWelcome(ports, confirmed.reader.personId);
  return confirmed;
}

async function confirmedBefore(ports: Ports, { readerId }: Pending): Promise<Confirmed> {
  const person = readerId === null ? undefined : await readPerson(ports, readerId);
  return person ? { kind: 'already', reader: person.reader.it } : { kind: 'gone' };
}

async function confirming(
  ports: Ports,
  house: House,
  pending: Versioned<Pending>,
  words: Words,
): Promise<Plan<Confirmed>> {
  const now = ports.now();
  const { email, fingerprint, known: brought } = pending.it;
  const [address, confirmations] = await Promise.all([
    findByAddress(ports, email),
    readConfirmations(ports, fingerprint),
  ]);
  const readerId = address?.it.pending === false ? address.it.personId : null;
  const known = readerId === null ? undefined : await readPerson(ports, readerId);
  if (known && isClosedTo(known.reader.it)) return { writes: [], answer: { kind: 'gone' } };
  const name = known ? undefined : await freeExternalId(ports, brought.externalId);
  const it = { ...pending.it, known: { ...brought, externalId: name ?? null } };
  const both = known
    ? woken({ reader: known.reader.it, profile: known.profile.it }, it, house, now)
    : begun(it, house, now);
  const recorded = recordedYes(ports, house, { pending: it, words, both, now });
  const { personId } = recorded.reader;
  const done = { ...pending.it, email: '', known: {}, confirmedAt: now, readerId: personId };
  const writes: Write[] = [
    readerWrite(recorded.reader, known?.reader.version ?? 0),
    profileWrite(both.profile, known?.profile.version ?? 0),
    addressWrite(fingerprint, { personId, pending: false, erasedAt: null }, address?.version ?? 0),
    pendingWrite(done, pending.version),
    ...askedWrites(done.pendingId, pending.it, done),
    // The mailbox has answered: what was sent to it counts as flooding no more.
    confirmationsWrite(fingerprint, NO_CONFIRMATIONS, confirmations.version),
    ...(name === undefined ? [] : [externalIdWrite(name, personId)]),
    welcomeWrite(personId, now),
    ...recorded.writes,
  ];
  return { writes, answer: { kind: 'confirmed', reader: recorded.reader } };
}

/** Both halves enter the ledger together: what was asked on the form, then what was said yes to here. */
function recordedYes(
  ports: Ports,
  { brand, topics }: House,
  {
    pending,
    words,
    both,
    now,
  }: {
    readonly pending: Pending;
    readonly words: Words;
    readonly both: Both;
    readonly now: Instant;
  },
): Recorded {
  const lines = (line: Pick<ConsentChange, 'state' | 'at'>) =>
    topicsAsked(pending, topics).map(({ id }) => ({ purpose: topicSubject(id), ...line }));
  const asked = record(ports, {
    brand,
    ...both,
    changes: lines({ state: 'asked', at: pending.asked.at }),
    act: { ...pending.asked, language: pending.language },
    now,
  });
  const given = record(ports, {
    brand,
    ...both,
    reader: asked.reader,
    changes: lines({ state: 'given' }),
    act: {
      by: { kind: 'person' },
      method: 'form',
      surface: surfaceOf('confirm', '/confirm/:token', words),
      words,
      language: words.language,
    },
    now,
  });
  return joined(asked, given);
}

/** An external id belongs to whoever had it first. */
async function freeExternalId(
  ports: Ports,
  wanted: string | null | undefined,
): Promise<string | undefined> {
  if (wanted == null || (await findByExternalId(ports, wanted)) !== undefined) return undefined;
  return wanted;
}
