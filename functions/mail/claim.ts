import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { SECOND, type Instant } from '../base/time.ts';
import { readAddress } from '../people/address.ts';
import type { Brand } from '../people/brand.ts';
import { newReader, Profile, type Reader } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { readerWrite, readPeople, type Person } from '../people/store.ts';
import { letterAfter } from '../policy/calendar.ts';
import { withWaiting } from '../policy/change.ts';
import { decide, type MailAsked } from '../policy/decide.ts';
import { digest, drop, type Decision } from '../policy/decision.ts';
import { givenBack, turnOf, withTurn } from '../policy/turns.ts';
import { batchName, redecided, type Delivery, type Line } from './delivery.ts';
import { leftOut } from './digest.ts';
import { arranged, type Issue } from './issue.ts';
import { isStopped, type Publication } from './publication.ts';

/** What a claim needs to know of the mailing beside the rows it reads. */
export type Work = {
  readonly brand: Brand;
  readonly topics: readonly Topic[];
  readonly delivery: Delivery;
  readonly attempt: number;
  /** The mail as the heart is asked about it; for a letter, the items are filled in per reader. */
  readonly mail: MailAsked;
  readonly publications: ReadonlyMap<number, Publication>;
  /** What the house decided about the letters of this day. */
  readonly issue?: Issue | undefined;
};

/** A claim older than this is looked at once more before the call, and its turn dated anew. */
export const CLAIM_FRESH_MS = 5 * SECOND;

/** A line after the heart was asked and the turn taken. `person` and `items` only when it is to be sent. */
export type Claimed = {
  readonly line: Line;
  /**
   * Gives back a turn that another worker of this attempt may be using at this moment: to be written
   * with the mark, by which only one of the two gets past.
   */
  readonly withMark?: Write;
  readonly person?: { readonly reader: Reader; readonly profile: Profile };
  readonly items?: readonly Publication[];
  /** A pause ended for them, and this letter is the first since. */
  readonly returned?: boolean;
};

const ROUNDS = 6;
/** Who comes back is not buried: the newest few, and the rest stays unread. */
const ITEMS_AFTER_A_PAUSE = 5;

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
    const asked = left.map((line, index) => ask(work, line, people[index], ports.now()));
    const writing = asked.filter((one) => one.write !== undefined);
    const outcomes = await ports.table.writeEach(writing.map((one) => one.write!));
    const lost = new Set(
      writing.filter((_, index) => outcomes[index] === 'conflict').map((one) => one.claimed.line.p),
    );
    for (const { claimed: one } of asked) if (!lost.has(one.line.p)) claimed.set(one.line.p, one);
    left = left.filter(({ p }) => lost.has(p));
  }
  return claimed;
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

type Asked = { readonly claimed: Claimed; readonly write?: Write };

function ask(work: Work, line: Line, person: Person | undefined, now: Instant): Asked {
  const { mailingId } = work.delivery;
  if (!person) return { claimed: { line: redecided(line, drop('erased')) } };
  const reader = person.reader.it;
  const turn = turnOf(reader, mailingId);
  const own = turn !== undefined && turn.b === batchName(work.delivery);
  const base = own ? givenBack(reader, mailingId) : reader;

  const { decision, items, after } =
    work.mail.kind === 'letter'
      ? askForLetter(work, line, base, person.profile.it, now)
      : askForCampaign(work, base, person.profile.it, now);
  const carries = work.mail.kind === 'letter' && decision.kind === 'send';
  const claimed: Claimed = {
    line: redecided(carries ? { ...line, n: items.map(({ number }) => number) } : line, decision),
    ...(decision.kind === 'send'
      ? {
          person: { reader: base, profile: person.profile.it },
          items,
          returned: work.mail.kind === 'letter' && hasReturned(base, now),
        }
      : {}),
  };
  const isSent = decision.kind === 'send';
  // A later attempt has taken over: whatever this one would write is not its own any more.
  if (own && turn.a > work.attempt && isSent) return { claimed: { line } };
  const mine = own && turn.a === work.attempt && isSent && now - turn.at <= CLAIM_FRESH_MS;
  if (mine || after === reader) return { claimed };
  const write = readerWrite(after, person.reader.version);
  if (own && turn.a >= work.attempt && !isSent) return { claimed: { ...claimed, withMark: write } };
  return { claimed, write };
}

type Answer = {
  readonly decision: Decision;
  readonly items: readonly Publication[];
  /** The reader as the answer leaves them. */
  readonly after: Reader;
};

function askForCampaign(work: Work, base: Reader, profile: Profile, now: Instant): Answer {
  const { brand, publications } = work;
  const number = work.mail.numbers[0];
  const publication = number === undefined ? undefined : publications.get(number);
  const stopped =
    work.mail.stopped === true || isStopped(publication, { reader: base, profile }, now);
  const mail = { ...work.mail, stopped };
  const decision = decide({ mail, reader: base, brand, now });
  const items = publication ? [publication] : [];
  if (decision.kind === 'digest' && number !== undefined)
    return { decision, items, after: withWaiting(base, number, decision.on) };
  if (decision.kind !== 'send') return { decision, items, after: base };
  const category = mail.kind === 'note' ? ('l' as const) : ('e' as const);
  return { decision, items, after: withTurn(base, turnFor(work, now, category, mail.numbers)) };
}

function askForLetter(
  work: Work,
  line: Line,
  base: Reader,
  profile: Profile,
  now: Instant,
): Answer {
  const { brand, publications } = work;
  const planned = (line.n ?? []).filter((number) => base.waiting.includes(number));
  const reasons = new Map(
    planned.map((number) => [
      number,
      leftOut(publications.get(number), { reader: base, profile }, now),
    ]),
  );
  const left = planned.filter((number) => reasons.get(number) === undefined);
  const good = arranged(
    left.map((number) => publications.get(number)!),
    work.issue,
  );
  const items = hasReturned(base, now) ? good.slice(0, ITEMS_AFTER_A_PAUSE) : good;
  const numbers = items.map(({ number }) => number);
  const mail: MailAsked = {
    ...work.mail,
    numbers,
    ...(line.f === undefined ? {} : { plannedFor: line.f }),
  };
  const decision = decide({ mail, reader: base, brand, now });
  if (decision.kind === 'digest')
    return { decision, items, after: { ...base, nextDigestAt: decision.on } };
  // What the house took out of this day's letters waits for the next one.
  const removed = left.filter((number) => work.issue?.removed.includes(number));
  const kept = base.waiting.filter(
    (number) => !planned.includes(number) || removed.includes(number),
  );
  if (decision.kind === 'drop' && decision.because !== 'already-sent')
    return { decision, items, after: dated({ ...base, waiting: kept }, brand, now) };
  if (decision.kind !== 'send') return { decision, items, after: base };
  if (items.length === 0 && removed.length > 0) {
    const on = letterAfter(base, brand, now);
    return { decision: digest('frequency', on), items, after: { ...base, nextDigestAt: on } };
  }
  if (items.length === 0) {
    const because = [...reasons.values()].find((reason) => reason !== undefined);
    return {
      decision: drop(because ?? 'already-sent'),
      items,
      after: dated({ ...base, waiting: kept }, brand, now),
    };
  }
  const turn = {
    ...turnFor(work, now, 'e', numbers),
    ...(base.nextDigestAt === null ? {} : { d: base.nextDigestAt }),
    ...(base.lastDigestAt === null ? {} : { l: base.lastDigestAt }),
  };
  const pause = hasReturned(base, now) ? null : base.pause;
  const sent = withTurn({ ...base, pause, waiting: kept, lastDigestAt: now }, turn);
  return { decision, items, after: dated(sent, brand, now) };
}

const hasReturned = (reader: Reader, now: Instant) =>
  reader.pause !== null && reader.pause.until <= now;

function turnFor(work: Work, now: Instant, category: 'e' | 'l', numbers: readonly number[]) {
  const { delivery, attempt } = work;
  return {
    m: delivery.mailingId,
    b: batchName(delivery),
    a: attempt,
    at: now,
    c: category,
    n: [...numbers],
  };
}

/** The reader with the date of their next letter, once this one has been dealt with. */
export function dated(reader: Reader, brand: Brand, now: Instant): Reader {
  const none = reader.frequency === 'immediate' && reader.waiting.length === 0;
  return { ...reader, nextDigestAt: none ? null : letterAfter(reader, brand, now) };
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
