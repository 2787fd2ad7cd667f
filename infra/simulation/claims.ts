import type { Row } from '../../functions/base/ports.ts';
import { MINUTE, type Instant } from '../../functions/base/time.ts';
import { isWelcome } from '../../functions/mail/mailing.ts';
import type { Profile, Reader } from '../../functions/people/person.ts';
import type { Account } from './account.ts';
import type { Answered } from './answered.ts';
import type { PeopleKnown } from './people-known.ts';
import type { Cap } from './scenario.ts';

/** A turn as it was taken, with what the reader row said in that moment. */
export type Claim = {
  readonly at: Instant;
  readonly batch: string;
  readonly numbers: readonly number[];
  readonly reader: Reader;
  /** The caps of the last minutes: whoever took the turn may have read any of them. */
  readonly caps: readonly Cap[];
};

const CAP_READ_WITHIN_MS = 10 * MINUTE;
const ITEMS_AFTER_A_PAUSE = 5;

/** Watches the reader rows: which turns are taken, and whether the row allowed it in that very write. */
export class Claims {
  readonly #account: Account;
  readonly #known: PeopleKnown;
  readonly #answered: Answered;
  readonly #topicOf: (number: number) => string | undefined;
  readonly #taken: (personId: string) => void;
  readonly #skewMs: number;
  readonly #claims = new Map<string, Claim>();
  readonly #steadySince = new Map<string, Instant>();
  /** Who got the five newest after a pause: what else had waited stays unread. */
  readonly returned = new Set<string>();
  readonly #caps: { readonly from: Instant; readonly cap: Cap }[] = [];

  constructor(stage: {
    readonly account: Account;
    readonly known: PeopleKnown;
    readonly answered: Answered;
    readonly topicOf: (number: number) => string | undefined;
    /** Told of each turn. */
    readonly taken: (personId: string) => void;
    readonly skewMs: number;
  }) {
    this.#account = stage.account;
    this.#known = stage.known;
    this.#answered = stage.answered;
    this.#topicOf = stage.topicOf;
    this.#taken = stage.taken;
    this.#skewMs = stage.skewMs;
  }

  capIs(cap: Cap, now: Instant): void {
    this.#caps.unshift({ from: now, cap });
  }

  claimOf(personId: string, mailing: string): Claim | undefined {
    return this.#claims.get(`${personId} ${mailing}`);
  }

  /** Since when nothing that decides about candidates has changed. */
  steadySince(personId: string): Instant {
    return this.#steadySince.get(personId) ?? Infinity;
  }

  /** What the house knows besides decides about candidates too. */
  profileChanged(before: Row | undefined, after: Row | undefined, now: Instant): void {
    const was = before?.data as Profile | undefined;
    const is = after?.data as Profile | undefined;
    if (is && JSON.stringify(was?.fields) !== JSON.stringify(is.fields))
      this.#steadySince.set(is.personId, now);
  }

  changed(before: Row | undefined, after: Row | undefined, now: Instant): void {
    const was = before?.data as Reader | undefined;
    const is = after?.data as Reader | undefined;
    if (!is) return;
    const { personId } = is;
    if (!was || choicesOf(was) !== choicesOf(is)) this.#steadySince.set(personId, now);
    const who = this.#known.nameOf(personId);
    if (this.#answered.isStopped(who) && is.stoppedAt === null)
      this.#account.breaks('I7', 'their "stop" was undone by somebody else’s write', who);
    for (const turn of is.recent) {
      const known = was?.recent.find(({ m }) => m === turn.m);
      if (!was || (known?.at === turn.at && known.a === turn.a && known.b === turn.b)) continue;
      this.#claims.set(`${personId} ${turn.m}`, {
        at: now,
        batch: turn.b,
        numbers: turn.n,
        reader: was,
        caps: this.#capsNow(now),
      });
      if (isLetter(turn.m) && was.pause !== null && turn.n.length >= ITEMS_AFTER_A_PAUSE)
        this.returned.add(personId);
      this.#account.note(who, () => `turn taken for ${turn.m}, carrying ${turn.n.join(', ')}`);
      this.#mustBeAllowed(was, turn.m, turn.n, now, who);
      this.#taken(personId);
    }
  }

  #mustBeAllowed(
    reader: Reader,
    mailing: string,
    numbers: readonly number[],
    now: Instant,
    who: string,
  ): void {
    this.#account.asks('I1');
    const because = this.#forbidden(reader, mailing, numbers, now);
    if (because === undefined) return;
    const invariant = because === 'their pace is a letter' ? 'I3' : 'I1';
    this.#account.breaks(invariant, `a turn was taken for ${mailing} although ${because}`, who);
  }

  #forbidden(
    reader: Reader,
    mailing: string,
    numbers: readonly number[],
    now: Instant,
  ): string | undefined {
    if (reader.standing.is !== 'well') return `they had ${reader.standing.is}`;
    if (reader.stoppedAt !== null) return 'they had stopped everything';
    if (reader.pause && reader.pause.from < now && reader.pause.until > now + this.#skewMs)
      return 'they had paused';
    const topics = numbers.map((number) => this.#topicOf(number));
    const subscriptions = topics.map((topic) => reader.subscriptions[topic ?? '']);
    if (subscriptions.some((one) => one?.state !== 'given')) return 'they did not subscribe';
    const atOnce = reader.frequency === 'immediate' || subscriptions[0]?.delivery === 'immediate';
    return isLetter(mailing) || isWelcome(mailing) || atOnce ? undefined : 'their pace is a letter';
  }

  #capsNow(now: Instant): Cap[] {
    const caps: Cap[] = [];
    for (const { from, cap } of this.#caps) {
      caps.push(cap);
      if (from <= now - CAP_READ_WITHIN_MS) break;
    }
    return caps;
  }
}

export const isLetter = (mailing: string) => mailing.startsWith('letter-');

const choicesOf = ({ subscriptions, language, languageOnly, frequency }: Reader) =>
  JSON.stringify([subscriptions, language, languageOnly, frequency]);
