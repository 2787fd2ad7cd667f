import { keys } from '../base/keys.ts';
import type { Key, Ports, Write } from '../base/ports.ts';
import { written } from '../base/written.ts';
import { record } from '../consent/ledger.ts';
import { moveId } from '../consent/move.ts';
import type { Pending } from '../consent/pending.ts';
import type { Hand, Method, Surface } from '../consent/record.ts';
import { askedWrites, readConfirmations, readPending } from '../consent/store.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { waitsNoMoreWrites } from '../mail/waits-no-more.ts';
import type { Brand } from '../people/brand.ts';
import { addressWrite, findByAddress, readPerson, type Versioned } from '../people/store.ts';

const ROWS_AT_ONCE = 25;

/**
 * Erases a person: who they are, what they chose and did, and what waits for them. The ledger stays
 * as proof that each mail was asked for, with a last line that says why it ends; it holds no name
 * and no address. Of the address an unreadable print stays, so that no import revives it. False
 * when there is nobody to erase.
 */
export async function erasePerson(
  ports: Ports,
  brand: Brand,
  {
    personId,
    surface,
    by = { kind: 'person' },
    method = 'preference-page',
  }: {
    readonly personId: string;
    readonly surface: Surface;
    /** Whose hand it was, if not their own. */
    readonly by?: Hand;
    readonly method?: Method;
  },
): Promise<boolean> {
  const erased = await written(ports, async () => {
    const person = await readPerson(ports, personId);
    if (!person) return { writes: [], answer: false };
    const now = ports.now();
    const { reader, profile } = person;
    const { fingerprint, externalId } = profile.it;
    const [address, confirmations] = await Promise.all([
      findByAddress(ports, profile.it.email),
      readConfirmations(ports, fingerprint),
    ]);
    const { writes } = record(ports, {
      brand,
      reader: reader.it,
      profile: profile.it,
      changes: [{ purpose: 'everything', state: 'withdrawn' }],
      act: {
        by,
        method,
        surface,
        words: null,
        language: reader.it.language,
      },
      now,
    });
    const { pendingId } = confirmations.it;
    const waiting =
      pendingId === null || pendingId === personId
        ? undefined
        : await readPending(ports, pendingId);
    return {
      writes: [
        { kind: 'remove', key: keys.reader(personId), expected: reader.version },
        { kind: 'remove', key: keys.profile(personId), expected: profile.version },
        addressWrite(
          fingerprint,
          { personId: null, pending: false, erasedAt: now },
          address?.version ?? 0,
        ),
        ...removals([
          keys.pending(personId),
          keys.pending(moveId(personId, false)),
          keys.pending(moveId(personId, true)),
          ...(externalId === null ? [] : [keys.externalId(externalId)]),
        ]),
        ...(waiting ? forgotten(waiting) : []),
        agendaWrite('finish-erasure', personId, now),
        ...writes,
        ...(await waitsNoMoreWrites(ports, reader.it, { waiting: [] }, 'erased')),
      ],
      answer: true,
    };
  });
  if (erased) await finishErasure(ports, personId);
  return erased;
}

/** A sign-up of theirs that waited for its yes. */
function forgotten({ it, version }: Versioned<Pending>): Write[] {
  return [
    { kind: 'remove', key: keys.pending(it.pendingId), expected: version },
    ...askedWrites(it.pendingId, it, undefined),
  ];
}

/** Clears away what may be many rows. A crash in between leaves it on the agenda, and doing it again does no harm. */
export async function finishErasure(ports: Pick<Ports, 'table'>, personId: string): Promise<void> {
  const timeline = keys.timeline(personId, '');
  const undo = keys.agenda('forget-undo', `${personId}-`);
  await removeAll(ports, timeline);
  await removeAll(ports, undo, undo.sk);
  await ports.table.writeAll(removals([keys.agenda('finish-erasure', personId)]));
}

async function removeAll(
  { table }: Pick<Ports, 'table'>,
  { in: name, pk }: Key,
  prefix = '',
): Promise<void> {
  let some: Key[] = [];
  for await (const row of table.query(name, pk, prefix === '' ? {} : { prefix })) {
    some.push(row.key);
    if (some.length < ROWS_AT_ONCE) continue;
    await table.writeEach(removals(some));
    some = [];
  }
  await table.writeEach(removals(some));
}

const removals = (gone: readonly Key[]): Write[] => gone.map((key) => ({ kind: 'remove', key }));
