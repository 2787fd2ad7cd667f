import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { fingerprintOf } from '../base/seal.ts';
import { written, type Plan } from '../base/written.ts';
import { serviceMail } from '../mail/order.ts';
import type { Brand } from '../people/brand.ts';
import type { Profile, Reader } from '../people/person.ts';
import {
  addressWrite,
  findByAddress,
  profileWrite,
  readerWrite,
  readPerson,
  type Person,
  type Versioned,
} from '../people/store.ts';
import { surfaceOf } from './consent-words.ts';
import { record } from './ledger.ts';
import { moveMail } from './mails.ts';
import type { Both } from './newcomer.ts';
import { counted, mayConfirm, PENDING_MS, type Pending } from './pending.ts';
import {
  confirmationsWrite,
  forgetWrite,
  pendingWrite,
  readConfirmations,
  readPending,
} from './store.ts';

/** One wish to move, and one way back, stand for a person at a time; a new one takes the place of the old. */
export const moveId = (personId: string, goesBack: boolean) =>
  `${personId}-${goesBack ? 'back' : 'to'}`;

/**
 * Asks at a new address whether a reader's letters may come there. Whether somebody else reads us
 * there is not told here: only who opens that mailbox learns it.
 */
export async function askToMove(ports: Ports, { reader }: Both, email: string): Promise<void> {
  const fingerprint = fingerprintOf(ports, email);
  const post = await written(ports, async () => {
    const now = ports.now();
    const pending = moving(ports, reader, { email, goesBack: false });
    const [confirmations, before] = await Promise.all([
      readConfirmations(ports, fingerprint),
      readPending(ports, pending.pendingId),
    ]);
    if (!mayConfirm(confirmations.it, now)) return { writes: [], answer: undefined };
    const mail = serviceMail(ports, moveMail(pending));
    return {
      writes: [
        ...pendingWrites(pending, before?.version ?? 0, now),
        confirmationsWrite(
          fingerprint,
          counted(confirmations.it, 'sentAt', now),
          confirmations.version,
        ),
        ...mail.writes,
      ],
      answer: mail.post,
    };
  });
  await post?.();
}

export type Moved =
  { readonly kind: 'moved' | 'already'; readonly both: Both } | { readonly kind: 'taken' | 'gone' };

/**
 * The new mailbox has answered: letters go there, consents and choices follow, and the old address
 * is told how to undo it. Nobody is merged: an address that reads us by itself keeps its own choices.
 */
export async function move(ports: Ports, brand: Brand, pendingId: string): Promise<Moved> {
  const done = await written(ports, async (): Promise<Plan<MovedAndTold>> => {
    const pending = await readPending(ports, pendingId);
    const person = pending?.it.moves ? await readPerson(ports, pending.it.moves) : undefined;
    if (!pending || !person) return { writes: [], answer: { moved: { kind: 'gone' } } };
    const both = { reader: person.reader.it, profile: person.profile.it };
    if (pending.it.confirmedAt !== null)
      return { writes: [], answer: { moved: { kind: 'already', both } } };
    const address = await findByAddress(ports, pending.it.email);
    const taken = address?.it.pending === false && address.it.personId !== null;
    if (taken && address.it.personId !== person.reader.it.personId)
      return { writes: [], answer: { moved: { kind: 'taken' } } };
    return moveTo(ports, brand, pending, person, address?.version ?? 0);
  });
  await done.post?.();
  return done.moved;
}

type MovedAndTold = { readonly moved: Moved; readonly post?: () => Promise<void> };

async function moveTo(
  ports: Ports,
  brand: Brand,
  pending: Versioned<Pending>,
  person: Person,
  addressVersion: number,
): Promise<Plan<MovedAndTold>> {
  const now = ports.now();
  const { email, fingerprint, goesBack } = pending.it;
  const before = person.profile.it;
  const profile: Profile = { ...before, email, fingerprint, lastActAt: now };
  const well: Reader = { ...person.reader.it, standing: { is: 'well', at: now } };
  const recorded = record(ports, {
    brand,
    reader: person.reader.it.standing.is === 'bounced' ? well : person.reader.it,
    profile,
    changes: [{ purpose: 'address', state: 'changed', legalBasis: null }],
    act: {
      by: { kind: 'person' },
      method: 'form',
      surface: surfaceOf('confirm-address', '/confirm/:token', null),
      words: null,
      language: pending.it.language,
    },
    now,
  });
  const { personId } = recorded.reader;
  const old = moving(ports, recorded.reader, { email: before.email, goesBack: true });
  const oldVersion = goesBack ? 0 : ((await readPending(ports, old.pendingId))?.version ?? 0);
  const mail = goesBack ? undefined : serviceMail(ports, moveMail(old));
  const oldAddress: Write[] =
    before.fingerprint === fingerprint
      ? []
      : [{ kind: 'remove', key: keys.address(before.fingerprint) }];
  return {
    writes: [
      readerWrite(recorded.reader, person.reader.version),
      profileWrite(profile, person.profile.version),
      ...oldAddress,
      addressWrite(fingerprint, { personId, pending: false, erasedAt: null }, addressVersion),
      pendingWrite(
        { ...pending.it, email: '', confirmedAt: now, readerId: personId },
        pending.version,
      ),
      ...(mail ? [...pendingWrites(old, oldVersion, now), ...mail.writes] : []),
      ...recorded.writes,
    ],
    answer: {
      moved: { kind: 'moved', both: { reader: recorded.reader, profile } },
      ...(mail ? { post: mail.post } : {}),
    },
  };
}

function pendingWrites(pending: Pending, before: number, now: number): Write[] {
  return [
    pendingWrite(pending, before),
    forgetWrite(pending.pendingId, pending.fingerprint, now + PENDING_MS),
  ];
}

function moving(
  ports: Ports,
  reader: Reader,
  { email, goesBack }: Pick<Pending, 'email' | 'goesBack'>,
): Pending {
  return {
    format: 1,
    pendingId: moveId(reader.personId, goesBack),
    email,
    fingerprint: fingerprintOf(ports, email),
    language: reader.language,
    timeZone: reader.timeZone,
    timeZoneFrom: 'guessed',
    source: 'address-change',
    topics: [],
    frequency: reader.frequency,
    frequencyChosen: false,
    known: {},
    asked: {
      at: ports.now(),
      by: { kind: 'person' },
      method: 'preference-page',
      surface: surfaceOf('my-data', '/my-data/:token', null),
      words: null,
    },
    moves: reader.personId,
    goesBack,
    confirmedAt: null,
    readerId: null,
  };
}
