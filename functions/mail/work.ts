import { SECOND, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Reader, Turn } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import type { MailAsked, Rules } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import { batchName, type Delivery, type LeftOut } from './delivery.ts';
import type { Issue } from './issue.ts';
import type { Publication } from './publication.ts';

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
  /** The rules of the heart, when they are not to be the house's own. */
  readonly rules?: Rules;
};

/** A claim older than this is looked at once more before the call, and its turn dated anew. */
export const CLAIM_FRESH_MS = 5 * SECOND;

/** What the heart said of one line, and what that leaves behind. */
export type Answer = {
  readonly decision: Decision;
  readonly items: readonly Publication[];
  /** The reader as the answer leaves them. */
  readonly after: Reader;
  /** What waited for their letter and does so no more. */
  readonly out?: readonly LeftOut[];
  /** A pause ended for them, and this letter is the first since. */
  readonly returned?: boolean;
};

/** The turn that this attempt of this row takes. */
export function turnFor(
  { brand, delivery, attempt, mail }: Work,
  now: Instant,
  category: Turn['c'],
  numbers: readonly number[],
): Turn {
  return {
    m: delivery.mailingId,
    b: batchName(delivery),
    a: attempt,
    at: now,
    c: category,
    n: [...numbers],
    ...raisedBy(mail, brand),
  };
}

/** A topic that promises more than the house does raises what may come in that window. */
function raisedBy({ topicAtMost }: MailAsked, { cap }: Brand): Pick<Turn, 'k'> {
  return topicAtMost != null && topicAtMost > cap.mails ? { k: topicAtMost } : {};
}
