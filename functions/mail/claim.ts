import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { readAddress } from '../people/address.ts';
import { newReader, Profile } from '../people/person.ts';
import { readerWrite, readPeople, type Person } from '../people/store.ts';
import { decide } from '../policy/decide.ts';
import { ask, type Answered } from './ask.ts';
import { redecided, type LeftOut, type Line } from './delivery.ts';
import { leftOutWrites } from './figures.ts';
import { readPublications } from './store.ts';
import type { Work } from './work.ts';

/** The answer, and a turn to be given back with the mark. */
export type Claimed = Answered & { readonly withMark?: Write };

const ROUNDS = 6;

/**
 * Asks the heart about each line and takes the turn on the reader row, by one conditional write a
 * person. The same row carries unsubscribe, pause and pace, so after "stop" has been answered no
 * claim succeeds. Who is changed meanwhile is read and asked again; who keeps changing waits.
 */
export async function claim(
  ports: Pick<Ports, 'table' | 'now'>,
  work: Work,
  lines: readonly Line[],
): Promise<Map<string, Claimed>> {
  const claimed = new Map<string, Claimed>();
  let left = lines;
  for (let round = 1; round <= ROUNDS && left.length > 0; round += 1) {
    const people = await readPeople(
      ports,
      left.map(({ p }) => p),
    );
    const asked = left.map((line, index) => asking(work, line, people[index], ports.now()));
    const writing = asked.filter((one) => one.write !== undefined);
    const outcomes = await ports.table.writeEach(writing.map((one) => one.write!));
    const lost = new Set(
      writing.filter((_, index) => outcomes[index] === 'conflict').map((one) => one.claimed.line.p),
    );
    for (const { claimed: one } of asked) if (!lost.has(one.line.p)) claimed.set(one.line.p, one);
    await countLeftOut(
      ports,
      writing.flatMap((one, index) => (outcomes[index] === 'written' ? (one.out ?? []) : [])),
    );
    left = left.filter(({ p }) => lost.has(p));
  }
  return claimed;
}

/** What waits no more stands on the books of the campaigns it came from. */
export async function countLeftOut(
  ports: Pick<Ports, 'table'>,
  out: readonly LeftOut[],
): Promise<void> {
  if (out.length === 0) return;
  const numbers = [...new Set(out.map(({ n }) => n))];
  await ports.table.writeEach(leftOutWrites(out, await readPublications(ports, numbers)));
}

type Asking = {
  readonly claimed: Claimed;
  readonly write?: Write;
  readonly out?: readonly LeftOut[];
};

function asking(work: Work, line: Line, person: Person | undefined, now: Instant): Asking {
  const known = person && { reader: person.reader.it, profile: person.profile.it };
  const { answered, after, out, withMark } = ask(work, line, known, now);
  if (!person || !after) return { claimed: answered };
  const write = readerWrite(after, person.reader.version);
  return withMark
    ? { claimed: { ...answered, withMark: write } }
    : { claimed: answered, write, ...(out ? { out } : {}) };
}

/** A transactional mail takes no turn: it is bound by hard bounces alone, and its row guards it. */
export async function claimService(
  ports: Pick<Ports, 'table' | 'now'>,
  work: Work,
  lines: readonly Line[],
): Promise<Map<string, Claimed>> {
  const claimed = new Map<string, Claimed>();
  for (const line of lines) {
    const person = await recipientOf(ports, work, line.p);
    const decision = decide({
      mail: work.mail,
      reader: person?.reader,
      brand: work.brand,
      now: ports.now(),
    });
    claimed.set(line.p, {
      line: redecided(line, decision),
      ...(decision.kind === 'send' && person ? { person } : {}),
    });
  }
  return claimed;
}

const PendingRow = z.object({ email: z.string(), language: z.string(), timeZone: z.string() });

/** A reader; or who signed up and has not confirmed; or whoever a trial of a letter goes to. */
async function recipientOf(
  ports: Pick<Ports, 'table' | 'now'>,
  { brand, delivery }: Work,
  personId: string,
): Promise<Claimed['person']> {
  const trial = delivery.service?.trial;
  if (trial) return stranger(personId, trial.address, brand, ports.now());
  const [person] = await readPeople(ports, [personId]);
  if (person) return { reader: person.reader.it, profile: person.profile.it };
  const row = await ports.table.get(keys.pending(personId));
  if (!row) return undefined;
  const { email, language, timeZone } = PendingRow.parse(row.data);
  return stranger(personId, email, { ...brand, language, timeZone }, ports.now());
}

/** Somebody of whom we hold an address and no more. */
function stranger(
  personId: string,
  address: string,
  house: { readonly language: string; readonly timeZone: string },
  now: Instant,
): Claimed['person'] {
  const read = readAddress(address);
  if ('refused' in read) return undefined;
  const profile = Profile.parse({
    format: 1,
    personId,
    email: read.email,
    fingerprint: '',
    externalId: null,
    givenName: null,
    familyName: null,
    salutation: { form: 'none' },
    fields: {},
    facts: {},
    purchases: [],
    createdAt: now,
    source: '',
    lastActAt: now,
  });
  return { reader: newReader(personId, house, now), profile };
}
