import { randomId } from '../base/id.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem, type InputError } from '../base/problem.ts';
import { fingerprintOf } from '../base/seal.ts';
import { DAY } from '../base/time.ts';
import { written, type Plan } from '../base/written.ts';
import { readAddress } from '../people/address.ts';
import { newProfile, newReader, type Profile } from '../people/person.ts';
import {
  addressWrite,
  externalIdWrite,
  findByAddress,
  findByExternalId,
  profileWrite,
  readerWrite,
  readPerson,
  type Person,
} from '../people/store.ts';
import { endWrites } from './end-of-term.ts';
import { joined, record, type Recorded } from './ledger.ts';
import type { Both, House } from './newcomer.ts';
import { basisErrors } from './other-bases.ts';
import type { PersonInput, Proof } from './person-input.ts';
import type { Hand, Surface } from './record.ts';
import { signUp } from './sign-up.ts';
import { upserted, type Upserted } from './upsert.ts';

export type Added = {
  readonly personId: string;
  readonly created: boolean;
  readonly ignored: readonly string[];
};

/** Where a person came in: it stands on their profile and in their ledger. */
export type Touchpoint = {
  readonly source: string;
  readonly surface: Surface;
  /** Who says what no proof shows. */
  readonly name: string;
  /** The words are an owner's declaration, and not what the person read. */
  readonly declared?: boolean;
  /** The id of somebody who is new here; one of pure chance where none is given. */
  readonly newId?: string;
};

const SURFACE: Surface = { name: 'api', version: '1', url: '/api/v1/people' };
const API: Touchpoint = { source: 'api', surface: SURFACE, name: 'api' };
/** A till in another zone may be a day ahead. */
export const PROOF_AHEAD_AT_MOST_MS = DAY;

/**
 * Adds somebody a program of the house knows, or adds to what we know of them. Whom it says was
 * asked gets a mail to confirm; nothing here revives a "no".
 */
export async function addPerson(
  ports: Ports,
  house: House,
  input: PersonInput,
  from: Touchpoint = API,
): Promise<Added> {
  const address = readAddress(input.email);
  if ('refused' in address)
    throw new Problem('address-refused', {
      detail: `This address cannot be written to: ${address.refused}.`,
      errors: [{ path: 'email', detail: address.refused }],
    });
  mustBeTaken(input, house, ports.now());
  const { email } = address;
  const known = await findByAddress(ports, email);
  const isReader = known?.it.pending === false && known.it.personId !== null;
  const given = input.subscriptions.some(({ consent }) => consent.state === 'given');
  const asked = input.subscriptions.some(({ consent }) => consent.state === 'asked');
  if (known?.it.erasedAt != null) throw new Problem('person-erased');
  if (!isReader && !given && (asked || known?.it.pending)) {
    const personId = asked ? await ask(ports, house, email, input) : known!.it.personId!;
    return { personId, created: known === undefined, ignored: [] };
  }
  const added = await written(ports, () => adding(ports, house, email, input, from));
  const open = await stillAsked(ports, added.personId, input);
  if (open.length === 0) return added;
  await ask(ports, house, email, { ...input, subscriptions: open });
  return added;
}

/** What cannot be taken whoever it is for, all of it named at once. */
function mustBeTaken(input: PersonInput, { topics, brand }: House, now: number): void {
  const open = new Set(topics.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id));
  const unknown: InputError[] = [];
  const errors: InputError[] = [];
  for (const [index, wish] of input.subscriptions.entries()) {
    const { topic, consent } = wish;
    const path = `subscriptions.${index}`;
    errors.push(...basisErrors(wish, path, brand, now));
    if (!open.has(topic))
      unknown.push({ path: `${path}.topic`, detail: `there is no open topic "${topic}"` });
    if (consent.proof && consent.proof.at > now + PROOF_AHEAD_AT_MOST_MS)
      errors.push({ path: `${path}.consent.proof.at`, detail: 'lies in the future' });
  }
  if (unknown.length > 0) throw new Problem('topic-unknown', { errors: unknown });
  if (errors.length > 0) throw new Problem('input-invalid', { errors });
}

/** The mail to confirm, through the same sign-up as every form. */
async function ask(ports: Ports, house: House, email: string, input: PersonInput): Promise<string> {
  const { brand } = house;
  const { externalId, givenName, familyName, salutation, fields } = input;
  const language = input.language ?? brand.language;
  const asked = input.subscriptions.filter(({ consent }) => consent.state === 'asked');
  const proof = asked.find(({ consent }) => consent.proof)?.consent.proof;
  const known = { externalId, givenName, familyName, salutation, fields: present(fields) };
  const { personId } = await signUp(ports, house, {
    email,
    language,
    timeZone: input.timeZone ?? brand.timeZone,
    timeZoneFrom: input.timeZone === undefined ? 'brand' : 'guessed',
    source: 'api',
    topics: asked.map(({ topic, delivery = 'digest' }) => ({ id: topic, delivery })),
    frequency: input.frequency ?? 'immediate',
    frequencyChosen: false,
    known: Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
    asked: {
      by: { kind: 'person' },
      method: proof?.method ?? 'api',
      surface: SURFACE,
      words: proof ? { language, text: proof.words, options: [] } : null,
    },
  });
  return personId;
}

/** What was asked for and is not followed yet. */
async function stillAsked(
  ports: Ports,
  personId: string,
  { subscriptions }: PersonInput,
): Promise<PersonInput['subscriptions']> {
  const asked = subscriptions.filter(({ consent }) => consent.state === 'asked');
  const person = asked.length === 0 ? undefined : await readPerson(ports, personId);
  return asked.filter(({ topic }) => person?.reader.it.subscriptions[topic]?.state !== 'given');
}

async function adding(
  ports: Ports,
  { brand }: House,
  email: string,
  input: PersonInput,
  from: Touchpoint,
): Promise<Plan<Added>> {
  const now = ports.now();
  const fingerprint = fingerprintOf(ports, email);
  const address = await findByAddress(ports, email);
  if (address?.it.erasedAt != null) throw new Problem('person-erased');
  const personId = address?.it.personId ?? from.newId ?? randomId(ports);
  const person = address && !address.it.pending ? await readPerson(ports, personId) : undefined;
  const before: Both = person
    ? { reader: person.reader.it, profile: person.profile.it }
    : {
        reader: newReader(personId, brand, now),
        profile: newProfile(personId, { email, fingerprint, source: from.source, now }),
      };
  await mustBeFree(ports, input.externalId, personId);
  const after = upserted(before, input, brand, now);
  const recorded = recordedChanges(ports, brand, after, from, now);
  const name = after.profile.externalId;
  const answer = { personId, created: address === undefined, ignored: after.ignored };
  return {
    answer,
    writes: [
      ...personWrites(before, { ...after, reader: recorded.reader }, person),
      ...(person
        ? []
        : [
            addressWrite(
              fingerprint,
              { personId, pending: false, erasedAt: null },
              address?.version ?? 0,
            ),
          ]),
      ...(name !== null && name !== before.profile.externalId
        ? [externalIdWrite(name, personId)]
        : []),
      ...recorded.writes,
      ...(after.changes.length > 0 ? endWrites(recorded.reader) : []),
    ],
  };
}

/** Only what changed: an upsert that brings nothing new writes nothing. */
function personWrites(before: Both, after: Both, person: Person | undefined): Write[] {
  const changed = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  return [
    ...(!person || changed(before.reader, after.reader)
      ? [readerWrite(after.reader, person?.reader.version ?? 0)]
      : []),
    ...(!person || changed(before.profile, after.profile)
      ? [profileWrite(after.profile, person?.profile.version ?? 0)]
      : []),
  ];
}

function recordedChanges(
  ports: Ports,
  brand: House['brand'],
  { reader, profile, changes }: Upserted,
  from: Touchpoint,
  now: number,
): Recorded {
  return changes.reduce<Recorded>(
    (done, { change, proof, refusal }) =>
      joined(
        done,
        record(ports, {
          brand,
          reader: done.reader,
          profile,
          changes: [change],
          act: actOf({ proof, refusal, from }, reader.language),
          now,
        }),
      ),
    { reader, writes: [], records: [] },
  );
}

type Shown = {
  readonly proof: Proof | undefined;
  readonly refusal: string | undefined;
  readonly from: Touchpoint;
};

function handOf({ proof, refusal, from }: Shown): Hand {
  if (proof && from.declared !== true) return { kind: 'person' };
  return { kind: refusal === undefined ? 'import' : 'house', name: from.name };
}

/** A proof speaks for the person; without one, it is only what a program says. */
function actOf(shown: Shown, language: string) {
  const { proof, refusal, from } = shown;
  const text = proof?.words ?? refusal;
  return {
    by: handOf(shown),
    method: proof?.method ?? ('api' as const),
    surface: from.surface,
    words: text === undefined ? null : { language, text, options: [] },
    language,
  };
}

async function mustBeFree(
  ports: Ports,
  externalId: string | undefined,
  personId: string,
): Promise<void> {
  if (externalId === undefined) return;
  const owner = await findByExternalId(ports, externalId);
  if (owner !== undefined && owner !== personId)
    throw new Problem('already-there', {
      detail: 'This externalId belongs to a person with another address.',
      errors: [{ path: 'externalId', detail: 'belongs to another person' }],
    });
}

function present(fields: PersonInput['fields']): Profile['fields'] | undefined {
  if (!fields) return undefined;
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, NonNullable<(typeof entry)[1]>] => entry[1] !== null,
    ),
  );
}
