import type { Instant } from '../base/time.ts';
import type { Asked as Person } from '../people/condition.ts';
import type { Reader } from '../people/person.ts';
import { crowdedOut, withWaiting } from '../policy/change.ts';
import { decide } from '../policy/decide.ts';
import { drop } from '../policy/decision.ts';
import { givenBack, turnOf, withTurn } from '../policy/turns.ts';
import { askForLetter } from './ask-letter.ts';
import { askForWelcome } from './ask-welcome.ts';
import {
  batchName,
  redecided,
  withLeftOut,
  withVersions,
  type LeftOut,
  type Line,
} from './delivery.ts';
import { isWelcome } from './mailing.ts';
import { isStopped, type Publication } from './publication.ts';
import { turnFor, type Answer, type Work } from './work.ts';

/** A line after the heart was asked and the turn taken. `person` and `items` only when it is to be sent. */
export type Answered = {
  readonly line: Line;
  readonly person?: Person;
  readonly items?: readonly Publication[];
  /** A pause ended for them, and this letter is the first since. */
  readonly returned?: boolean;
};

/** What the heart answered for one line, and the reader as they must stand on their row before it counts. */
export type Asked = {
  readonly answered: Answered;
  readonly after?: Reader;
  /** What waited for their letter and does so no more, once `after` stands. */
  readonly out?: readonly LeftOut[];
  /**
   * It gives back a turn that another worker of this attempt may be using at this moment: to be
   * written with the mark, by which only one of the two gets past.
   */
  readonly withMark?: boolean;
};

/** Asks the heart about one line of a mailing, for the person as they were read. */
export function ask(work: Work, line: Line, person: Person | undefined, now: Instant): Asked {
  const { mailingId } = work.delivery;
  if (!person) return { answered: { line: redecided(line, drop('erased')) } };
  const { reader, profile } = person;
  const turn = turnOf(reader, mailingId);
  const own = turn !== undefined && turn.b === batchName(work.delivery);
  const base = own ? givenBack(reader, mailingId) : reader;

  const asked = { reader: base, profile };
  const isLetter = work.mail.kind === 'letter';
  const gathers = isLetter || isWelcome(mailingId);
  const answer = answerFor(work, line, asked, now);
  const { decision, items, after, out = [], returned = false } = answer;
  const isSent = decision.kind === 'send';
  // A later attempt has taken over: whatever this one would write is not its own any more.
  if (own && turn.a > work.attempt && isSent) return { answered: { line } };
  const carries = gathers && isSent ? { n: items.map(({ number }) => number) } : {};
  const decided = withLeftOut(redecided({ ...line, ...carries }, decision), out);
  const answered: Answered = {
    line: isSent ? withVersions(decided, items) : decided,
    ...(isSent ? { person: asked, items, returned } : {}),
  };
  // A letter that stays is said to stay only if nobody has taken its turn meanwhile.
  const withMark = !isSent && (isLetter || (own && turn.a >= work.attempt));
  if (after === reader && !withMark) return { answered };
  return { answered, after, out, withMark };
}

function answerFor(work: Work, line: Line, person: Person, now: Instant): Answer {
  if (work.mail.kind === 'letter') return askForLetter(work, line, person, now);
  return isWelcome(work.delivery.mailingId)
    ? askForWelcome(work, line, person, now)
    : askForCampaign(work, person, now);
}

function askForCampaign(work: Work, person: Person, now: Instant): Answer {
  const { brand, publications, rules } = work;
  const { reader } = person;
  const number = work.mail.numbers[0];
  const publication = number === undefined ? undefined : publications.get(number);
  const stopped = work.mail.stopped === true || isStopped(publication, person, now);
  const mail = { ...work.mail, stopped };
  const decision = decide({ mail, reader, brand, now }, rules);
  const items = publication ? [publication] : [];
  if (decision.kind === 'digest' && number !== undefined) {
    const after = withWaiting(reader, number, decision.on);
    const out = crowdedOut(reader, after).map((n) => ({ n, r: 'newer-came' as const }));
    return { decision, items, after, out };
  }
  if (decision.kind !== 'send') return { decision, items, after: reader };
  const category = mail.kind === 'note' ? 'l' : 'e';
  return { decision, items, after: withTurn(reader, turnFor(work, now, category, mail.numbers)) };
}
