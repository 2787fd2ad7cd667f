import { wallTimeIn, type Instant, type LocalDate } from '../base/time.ts';
import { letterMailingId } from '../mail/mailing.ts';
import type { Brand } from '../people/brand.ts';
import type { Reader } from '../people/person.ts';
import type { Someone } from '../people/store.ts';
import { redated, withWaiting } from '../policy/change.ts';
import { decide, type MailAsked } from '../policy/decide.ts';
import { momentOf, type Decision } from '../policy/decision.ts';
import { withTurn } from '../policy/turns.ts';
import type { Audience } from './candidate.ts';

/** A campaign that has not left yet, as the heart will be asked about it. */
export type Planned = {
  readonly campaignId: string;
  readonly startsAt: Instant;
  readonly mail: MailAsked;
  readonly number: number;
  readonly audience: Audience;
  /** Its audience is known of whole people only. */
  readonly asksProfile: boolean;
};

/** What one person will live through: each planned campaign, and the letters of their own in between. */
export type Ahead = {
  readonly campaign: (campaignId: string, decision: Decision) => void;
  readonly letter: (date: LocalDate, items: number) => void;
};

/** Letters that move on and on end here: nobody gets more of them in so short a time. */
const LETTERS_MOST = 60;

/**
 * Goes through the days to come with one person, asking the heart as the real runs will: what leaves
 * takes its turn, what must wait rides in their letter, so one campaign weighs on the next. Answers
 * how they stand then.
 */
export function liveThrough(
  person: Someone,
  planned: readonly Planned[],
  until: Instant,
  brand: Brand,
  ahead: Ahead,
): Reader {
  let reader = person.reader.it;
  for (const { campaignId, startsAt, mail, number, audience, asksProfile } of planned) {
    reader = withLettersUntil(reader, startsAt, brand, ahead);
    const now = startsAt;
    const asThen = { ...person.reader, it: reader };
    // Whose profile nobody asks of is not opened.
    if (!audience(asksProfile ? { ...person, reader: asThen } : { reader: asThen }, now)) continue;
    const decision = decide({ mail, reader, brand, now });
    ahead.campaign(campaignId, decision);
    if (decision.kind === 'digest') reader = withWaiting(reader, number, decision.on);
    if (decision.kind === 'send' || decision.kind === 'hold') {
      const at = momentOf(decision) ?? now;
      reader = withTurn(reader, { m: mail.mailing, b: '', a: 1, at, c: 'e', n: [number] });
    }
  }
  return withLettersUntil(reader, until, brand, ahead);
}

/** Their own letters that leave before a moment. */
export function withLettersUntil(
  reader: Reader,
  until: Instant,
  brand: Brand,
  ahead: Pick<Ahead, 'letter'>,
): Reader {
  let now = reader;
  for (let round = 0; round < LETTERS_MOST; round += 1) {
    const at = now.nextDigestAt;
    if (at === null || at >= until || now.waiting.length === 0) return now;
    const date = wallTimeIn(now.timeZone, at).date;
    const mailing = letterMailingId(date);
    const mail: MailAsked = { mailing, kind: 'letter', numbers: now.waiting, plannedFor: at };
    const decision = decide({ mail, reader: now, brand, now: at });
    const later = momentOf(decision);
    if (decision.kind === 'drop') return now;
    if (later !== null) {
      if (later <= at) return now;
      now = { ...now, nextDigestAt: later };
      continue;
    }
    ahead.letter(wallTimeIn(brand.timeZone, at).date, now.waiting.length);
    const turn = { m: mailing, b: '', a: 1, at, c: 'e' as const, n: now.waiting };
    const pause = now.pause && now.pause.until <= at ? null : now.pause;
    now = redated(withTurn({ ...now, pause, waiting: [], lastDigestAt: at }, turn), brand, at);
  }
  return now;
}
