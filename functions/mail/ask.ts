import { SECOND, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Profile, Reader } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { letterAfter } from '../policy/calendar.ts';
import { redated, withWaiting } from '../policy/change.ts';
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
export type Answered = {
  readonly line: Line;
  readonly person?: { readonly reader: Reader; readonly profile: Profile };
  readonly items?: readonly Publication[];
  /** A pause ended for them, and this letter is the first since. */
  readonly returned?: boolean;
};

/** Who comes back is not buried: the newest few, and the rest stays unread. */
const ITEMS_AFTER_A_PAUSE = 5;

/** What the heart answered for one line, and the reader as they must stand on their row before it counts. */
export type Asked = {
  readonly answered: Answered;
  readonly after?: Reader;
  /**
   * It gives back a turn that another worker of this attempt may be using at this moment: to be
   * written with the mark, by which only one of the two gets past.
   */
  readonly withMark?: boolean;
};

/** Asks the heart about one line of a mailing, for the person as they were read. */
export function ask(
  work: Work,
  line: Line,
  person: { readonly reader: Reader; readonly profile: Profile } | undefined,
  now: Instant,
): Asked {
  const { mailingId } = work.delivery;
  if (!person) return { answered: { line: redecided(line, drop('erased')) } };
  const { reader, profile } = person;
  const turn = turnOf(reader, mailingId);
  const own = turn !== undefined && turn.b === batchName(work.delivery);
  const base = own ? givenBack(reader, mailingId) : reader;

  const { decision, items, after } =
    work.mail.kind === 'letter'
      ? askForLetter(work, line, base, profile, now)
      : askForCampaign(work, base, profile, now);
  const carries = work.mail.kind === 'letter' && decision.kind === 'send';
  const answered: Answered = {
    line: redecided(carries ? { ...line, n: items.map(({ number }) => number) } : line, decision),
    ...(decision.kind === 'send'
      ? {
          person: { reader: base, profile },
          items,
          returned: work.mail.kind === 'letter' && hasReturned(base, now),
        }
      : {}),
  };
  const isSent = decision.kind === 'send';
  // A later attempt has taken over: whatever this one would write is not its own any more.
  if (own && turn.a > work.attempt && isSent) return { answered: { line } };
  const mine = own && turn.a === work.attempt && isSent && now - turn.at <= CLAIM_FRESH_MS;
  if (mine || after === reader) return { answered };
  return { answered, after, withMark: own && turn.a >= work.attempt && !isSent };
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
    return { decision, items, after: redated({ ...base, waiting: kept }, brand, now) };
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
      after: redated({ ...base, waiting: kept }, brand, now),
    };
  }
  const turn = {
    ...turnFor(work, now, 'e', numbers),
    ...(base.nextDigestAt === null ? {} : { d: base.nextDigestAt }),
    ...(base.lastDigestAt === null ? {} : { l: base.lastDigestAt }),
  };
  const pause = hasReturned(base, now) ? null : base.pause;
  const sent = withTurn({ ...base, pause, waiting: kept, lastDigestAt: now }, turn);
  return { decision, items, after: redated(sent, brand, now) };
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
