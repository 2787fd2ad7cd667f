import { DAY, type Instant } from '../base/time.ts';
import type { Asked } from '../people/condition.ts';
import { decide, type MailAsked } from '../policy/decide.ts';
import { drop } from '../policy/decision.ts';
import { carried, withTurn } from '../policy/turns.ts';
import type { Line } from './delivery.ts';
import { leftOut } from './digest.ts';
import type { Publication } from './publication.ts';
import { turnFor, type Answer, type Work } from './work.ts';

/** A welcome that has not left by then greets nobody any more. */
const GOOD_FOR_MS = 2 * DAY;

/** The welcome as the heart is asked about it: a personal note that they asked for a moment ago. */
export function welcomeAsked(
  mailing: string,
  numbers: readonly number[],
  confirmedAt: Instant,
): MailAsked {
  const expiresAt = confirmedAt + GOOD_FOR_MS;
  return { mailing, kind: 'note', numbers, requestedAt: confirmedAt, expiresAt };
}

/** Public, still good for this person, and not on its way to them already. */
export function isFresh(publication: Publication, person: Asked, now: Instant): boolean {
  const { number } = publication;
  const { reader } = person;
  if (!publication.public || leftOut(publication, person, now) !== undefined) return false;
  return !carried(reader, number) && !reader.waiting.includes(number);
}

/** Asks the heart about one reader's welcome; what is no longer good is left out of it. */
export function askForWelcome(work: Work, line: Line, person: Asked, now: Instant): Answer {
  const { brand, delivery, publications, rules } = work;
  const { reader } = person;
  const items = (line.n ?? [])
    .map((number) => publications.get(number))
    .filter((publication) => publication !== undefined)
    .filter((publication) => isFresh(publication, person, now));
  const numbers = items.map(({ number }) => number);
  const mail: MailAsked = {
    ...work.mail,
    ...welcomeAsked(delivery.mailingId, numbers, line.f ?? now),
  };
  const decision = decide({ mail, reader, brand, now }, rules);
  if (decision.kind !== 'send') return { decision, items, after: reader };
  if (items.length === 0) return { decision: drop('expired'), items, after: reader };
  return { decision, items, after: withTurn(reader, turnFor(work, now, 'l', numbers)) };
}
