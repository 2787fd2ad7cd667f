import type { MailCall } from '../../functions/base/ports.ts';
import {
  DAY,
  HOUR,
  instantOf,
  MINUTE,
  SECOND,
  wallTimeIn,
  type Instant,
  type WallTime,
} from '../../functions/base/time.ts';
import type { Frequency } from '../../functions/people/person.ts';
import type { Account } from './account.ts';
import type { Again } from './again.ts';
import type { Answered } from './answered.ts';
import { isLetter, type Claim, type Claims } from './claims.ts';
import type { PeopleKnown } from './people-known.ts';
import type { Accepted } from './provider.ts';
import type { Cap } from './scenario.ts';

/** A mail reaches its reader so long after its claim at most: the promise is thirty seconds. */
const CALLED_WITHIN_MS = 20 * SECOND;
/** How long a worker may still be at a row that it took up before somebody paused the campaign. */
const WORKER_MS = 2 * MINUTE;
/** What a call and its answer may take: two mails may be closer by this than their claims were. */
const CALL_MS = MINUTE;

const LEAST_DAYS_APART: Record<Exclude<Frequency, 'immediate'>, number> = {
  weekly: 6,
  monthly: 20,
  quarterly: 60,
};

type Came = {
  readonly at: Instant;
  readonly mailing: string;
  readonly numbers: readonly number[];
  readonly claim: Claim;
};

export type PublicationFacts = {
  readonly topic: string;
  readonly atMost: number | null;
  readonly expiresAt: Instant | null;
  /** Whether what ends it has been true of somebody since then. */
  readonly isEndedFor: (personId: string, since: Instant) => boolean;
};

/** Watches the provider: who is called, what is accepted, and whether it may be. */
export class Mails {
  readonly #account: Account;
  readonly #known: PeopleKnown;
  readonly #answered: Answered;
  readonly #claims: Claims;
  readonly #factsOf: (number: number) => PublicationFacts | undefined;
  readonly #hasYes: (personId: string, topic: string) => boolean;
  readonly #askedAt: (personId: string, mailing: string) => Instant;
  readonly #wallTimeOf: (mailing: string) => WallTime | undefined;
  /** What a call takes, and how far clocks may be apart. */
  readonly #slackMs: number;
  readonly #again: Again;
  readonly #came = new Map<string, Came[]>();
  readonly accepted: Accepted[] = [];

  constructor(world: {
    readonly account: Account;
    readonly known: PeopleKnown;
    readonly answered: Answered;
    readonly claims: Claims;
    readonly factsOf: (number: number) => PublicationFacts | undefined;
    readonly hasYes: (personId: string, topic: string) => boolean;
    /** When they asked for such a mail themselves. */
    readonly askedAt: (personId: string, mailing: string) => Instant;
    readonly wallTimeOf: (mailing: string) => WallTime | undefined;
    readonly skewMs: number;
    readonly again: Again;
  }) {
    this.#account = world.account;
    this.#known = world.known;
    this.#answered = world.answered;
    this.#claims = world.claims;
    this.#factsOf = world.factsOf;
    this.#hasYes = world.hasYes;
    this.#askedAt = world.askedAt;
    this.#wallTimeOf = world.wallTimeOf;
    this.#slackMs = CALL_MS + world.skewMs;
    this.#again = world.again;
  }

  /** The mails this person got of this publication: alone, or in their letter. */
  carrying(personId: string, number: number): number {
    const came = this.#came.get(personId) ?? [];
    return came.filter(({ numbers }) => numbers.includes(number)).length;
  }

  called(call: MailCall, now: Instant): void {
    if (call.category === 'transactional') return;
    for (const { to, tags } of call.destinations) {
      this.#account.asks('I1');
      const who = this.#known.nameAt(to);
      const personId = this.#known.idOf(who) ?? '';
      const { mailing = '', batch = '' } = tags;
      this.#account.note(who, () => `offered to the provider: ${mailing}, row ${batch}`);
      const claim = this.#claims.claimOf(personId, mailing);
      if (!claim) {
        this.#account.breaks('I1', `called for ${mailing} without ever taking a turn`, who);
        continue;
      }
      const ageMs = now - claim.at;
      if (ageMs > CALLED_WITHIN_MS)
        this.#account.breaks('I1', `called for ${mailing} ${ageMs / SECOND} s after its turn`, who);
      this.#mustBeTime(claim, mailing, now, who);
      const topics = claim.numbers.map((number) => this.#factsOf(number)?.topic ?? '');
      const refusal = this.#answered.refusal(who, topics, now, {
        graceMs: CALLED_WITHIN_MS,
        skewMs: this.#slackMs - CALL_MS,
      });
      if (refusal !== undefined)
        this.#account.breaks('I1', `called for ${mailing} although ${refusal}`, who);
    }
  }

  #mustBeTime({ reader, numbers }: Claim, mailing: string, now: Instant, who: string): void {
    const breaks = (because: string) =>
      this.#account.breaks('I1', `called for ${mailing} although ${because}`, who);
    if (this.#answered.isHeld(mailing, now - WORKER_MS)) breaks('it was paused or stopped');
    const around = [now - this.#slackMs, now, now + this.#slackMs];
    const isAskedFor = this.#askedAt(reader.personId, mailing) > now - HOUR - this.#slackMs;
    if (!isAskedFor && around.every((at) => isQuiet(reader.timeZone, at)))
      breaks('it is night where they live');
    const wallTime = this.#wallTimeOf(mailing);
    if (wallTime && instantOf(reader.timeZone, wallTime) > now + this.#slackMs)
      breaks('their own clock is not there yet');
    for (const number of numbers) {
      const { expiresAt = null, isEndedFor } = this.#factsOf(number) ?? {};
      if (isEndedFor?.(reader.personId, now - CALLED_WITHIN_MS)) breaks('it had ended for them');
      if (expiresAt !== null && expiresAt < now - this.#slackMs) breaks('it has expired');
    }
  }

  accept(mail: Accepted): void {
    this.accepted.push(mail);
    const { destination, category, at } = mail;
    const { mailing = '' } = destination.tags;
    const who = this.#known.nameAt(destination.to);
    this.#account.note(who, () => `accepted by the provider: ${mailing} (${mail.messageId})`);
    if (category === 'transactional') return;
    const personId = this.#known.idOf(who) ?? '';
    const claim = this.#claims.claimOf(personId, mailing);
    if (!claim) return;
    const before = this.#came.get(personId) ?? [];
    // Sent again by hand, what is in a mail may come twice: that is what whoever did it was told.
    const came = before.filter((one) => one.at > this.#again.openedAt(personId, one.mailing));
    this.#came.set(personId, came);
    this.#mustBeFirst(came, claim, mailing, who);
    came.push({ at, mailing, numbers: claim.numbers, claim });
    // Turns are taken in one order and mails may be accepted in another: the turns count.
    for (const one of came) if (one.claim.at >= claim.at) this.#mustBeUnderCap(came, one, who);
    this.#mustBeApart(came, claim, mailing, who);
    for (const promise of ['I2', 'I3', 'I6'] as const) this.#account.asks(promise);
    for (const number of claim.numbers) {
      const topic = this.#factsOf(number)?.topic ?? '';
      if (!this.#hasYes(personId, topic))
        this.#account.breaks('I6', `${mailing} came without a yes to ${topic} in the ledger`, who);
    }
  }

  /** Thrown away after it had been taken: it came to nobody. */
  neverLeft({ destination }: Accepted): void {
    const personId = this.#known.idOf(this.#known.nameAt(destination.to)) ?? '';
    const came = this.#came.get(personId) ?? [];
    const { mailing } = destination.tags;
    this.#came.set(
      personId,
      came.filter((one) => one.mailing !== mailing),
    );
  }

  #mustBeFirst(came: readonly Came[], claim: Claim, mailing: string, who: string): void {
    if (came.some((other) => other.mailing === mailing))
      this.#account.breaks('I2', `${mailing} came twice`, who);
    for (const number of claim.numbers) {
      const other = came.find(({ numbers }) => numbers.includes(number));
      if (other)
        this.#account.breaks(
          'I2',
          `publication ${number} came in ${other.mailing} and again in ${mailing}`,
          who,
        );
    }
  }

  #mustBeUnderCap(came: readonly Came[], one: Came, who: string): void {
    const { claim, mailing } = one;
    const over = (cap: Cap) => {
      const from = one.at - cap.days * DAY + this.#slackMs;
      const before = came.filter(({ at, claim: { at: turn } }) => at > from && turn <= claim.at);
      return before.length > this.#mostUnder(cap, claim, mailing);
    };
    if (claim.caps.every(over))
      this.#account.breaks('I3', `${mailing} is one more than the cap of ${told(claim.caps)}`, who);
  }

  #mostUnder(cap: Cap, { reader, numbers, at }: Claim, mailing: string): number {
    const promised = (number: number | undefined) => this.#factsOf(number ?? 0)?.atMost ?? 0;
    if (isLetter(mailing)) {
      // Who follows a topic that promises more gets their own letter besides.
      // What raised the cap may have left the window by this clock, and not yet by the worker's.
      const from = at - cap.days * DAY - this.#slackMs;
      const counted = reader.recent.filter((turn) => turn.at > from);
      const alone = counted.filter(({ m }) => !isLetter(m));
      return Math.max(cap.mails, ...alone.map(({ n }) => promised(n[0])));
    }
    const most = Math.max(cap.mails, promised(numbers[0]));
    return reader.frequency === 'immediate' ? most : most - 1;
  }

  #mustBeApart(came: readonly Came[], { reader }: Claim, mailing: string, who: string): void {
    if (!isLetter(mailing)) return;
    const letters = came.filter((one) => isLetter(one.mailing));
    const [last, now] = letters.slice(-2);
    if (!last || !now) return;
    const days = (now.at - last.at) / DAY;
    const near =
      reader.frequency === 'immediate'
        ? days < 2 &&
          dayOf(reader.timeZone, last.at) === dayOf(reader.timeZone, now.at - this.#slackMs)
        : now.at - last.at < LEAST_DAYS_APART[reader.frequency] * DAY - this.#slackMs;
    if (near)
      this.#account.breaks(
        'I3',
        `two letters ${days.toFixed(2)} days apart at a ${reader.frequency} pace`,
        who,
      );
  }
}

const QUIET = { fromMinutes: 21 * 60, toMinutes: 8 * 60 };

function isQuiet(timeZone: string, at: Instant): boolean {
  const { minutes } = wallTimeIn(timeZone, at);
  return minutes >= QUIET.fromMinutes || minutes < QUIET.toMinutes;
}

const dayOf = (timeZone: string, at: Instant) => wallTimeIn(timeZone, at).date;
const told = (caps: readonly Cap[]) =>
  caps.map(({ mails, days }) => `${mails} in ${days} days`).join(' or ');
