import type { MailCall, MailOutcome } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import type { Delivery } from '../../functions/mail/delivery.ts';
import { isWelcome, type Mailing } from '../../functions/mail/mailing.ts';
import { STANDS_STILL } from '../../functions/mail/stands-still.ts';
import type { Publication } from '../../functions/mail/publication.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import type { Pending } from '../../functions/consent/pending.ts';
import type { Profile } from '../../functions/people/person.ts';
import type { Account } from './account.ts';
import type { Cue } from './acts.ts';
import { Again } from './again.ts';
import { Answered } from './answered.ts';
import { Books } from './books.ts';
import { Candidates } from './candidates.ts';
import type { Member } from './cast.ts';
import { Claims } from './claims.ts';
import type { Engine, Process } from './engine.ts';
import { Corrections } from './corrections.ts';
import { FirstPart } from './first-part.ts';
import { HouseBooks } from './house-books.ts';
import { LedgerWatch } from './ledger-watch.ts';
import { Mails } from './mails.ts';
import type { Applied, MemoryTable } from './memory-table.ts';
import type { PeopleKnown } from './people-known.ts';
import { InjectedFault } from './engine.ts';
import { Privacy } from './privacy.ts';
import type { Accepted } from './provider.ts';
import type { Scenario } from './scenario.ts';
import { mustBeSoon } from './soon.ts';
import { isEndedFor } from './stops.ts';
import { Welcomes } from './welcomes.ts';

/** Errors that tell the house of something outside, and are no fault of the product. */
const SAID_ALOUD = new Set<string>(Object.values(STANDS_STILL));

type Stage = {
  readonly engine: Engine;
  readonly account: Account;
  readonly known: PeopleKnown;
  readonly memory: MemoryTable;
  readonly scenario: Scenario;
};

/** Sees every write, every call and every mail, and asks at each whether the promises hold. */
export class Witness {
  readonly #stage: Stage;
  readonly answered = new Answered();
  readonly again: Again;
  readonly claims: Claims;
  readonly mails: Mails;
  readonly candidates: Candidates;
  readonly welcomes: Welcomes;
  readonly #firstPart: FirstPart;
  readonly #corrections: Corrections;
  readonly privacy: Privacy;
  readonly publications = new Map<number, Publication>();
  readonly mailings = new Map<string, Mailing>();
  /** When each row of the delivery log was first written, by mailing and batch. */
  readonly orderedAt = new Map<string, Instant>();
  /** Told when somebody's line is planned and when their turn is taken. */
  cued: (cue: Cue, personId: string) => void = () => undefined;
  /** Told when a mailing stands still and waits for somebody. */
  stands: () => void = () => undefined;
  /** Told of each mail the provider took, so that it may tell what becomes of it. */
  tells: (mail: Accepted) => void = () => undefined;
  /** Told of each mail that comes into somebody's mailbox. */
  arrived: (mail: Accepted) => void = () => undefined;
  readonly #books: Books;
  readonly #houseBooks: HouseBooks;
  readonly #ledger = new LedgerWatch();

  constructor(stage: Stage) {
    const { account, known, memory } = stage;
    this.#stage = stage;
    this.again = new Again(account, known);
    this.#books = new Books(account);
    this.#houseBooks = new HouseBooks(account);
    this.claims = new Claims({
      account,
      known,
      answered: this.answered,
      topicOf: (number) => this.publications.get(number)?.topic,
      taken: (personId) => this.cued('turn', personId),
      skewMs: stage.scenario.faults.skewMs,
    });
    this.claims.capIs(stage.scenario.cap, -Infinity);
    this.#corrections = new Corrections(memory, this.publications);
    this.candidates = new Candidates(memory, this.claims, stage.scenario, this.#corrections);
    this.#firstPart = new FirstPart(account, this.mailings);
    this.welcomes = new Welcomes({
      ...{ account, known, memory, claims: this.claims, isCalm: stage.scenario.isCalm },
      ...{ publications: this.publications, mailings: this.mailings },
    });
    this.mails = new Mails({
      account,
      known,
      answered: this.answered,
      claims: this.claims,
      factsOf: (number) => {
        const publication = this.publications.get(number);
        return (
          publication && {
            topic: publication.topic,
            atMost: publication.topicAtMost,
            expiresAt: publication.expiresAt,
            isEndedFor: (personId: string, since: Instant) =>
              isEndedFor({ memory, claims: this.claims }, publication, personId, since),
          }
        );
      },
      askedAt: (personId, mailing) =>
        isWelcome(mailing) ? this.welcomes.confirmedAt(personId) : -Infinity,
      wallTimeOf: (mailing) => this.mailings.get(mailing)?.wallTime ?? undefined,
      skewMs: stage.scenario.faults.skewMs,
      again: this.again,
      hasYes: (personId, topic) => this.#ledger.hasYes(personId, topic, stage.engine.now),
    });
    this.privacy = new Privacy(
      account,
      ({ level, error, event, mailing = '' }) =>
        level === 'error' &&
        !SAID_ALOUD.has(event) &&
        // Who was slow to write down what became of a row that was sent again meanwhile says so.
        !(event === 'close-lost' && this.again.wasAsked(mailing)) &&
        error !== InjectedFault.name &&
        !(error === 'ZodError' && stage.scenario.faults.poison),
    );
  }

  /** What somebody had chosen before the scenes began counts as answered. */
  settled(member: Member): void {
    if (member.standing !== 'well') this.answered.gone(member.name, this.#stage.engine.now);
  }

  called(_process: Process, call: MailCall): void {
    this.privacy.called(call);
    this.again.called(call);
    this.mails.called(call, this.#stage.engine.now);
    this.#corrections.called(call, (to, mailing) => this.#carried(to, mailing));
    if (call.category === 'transactional')
      mustBeSoon(this.#stage, this.orderedAt, call, this.#stage.engine.now);
  }

  replied(call: MailCall, outcomes: readonly MailOutcome[]): void {
    this.again.replied(call, outcomes);
  }

  accepted(mail: Accepted): void {
    this.mails.accept(mail);
    this.#firstPart.accepted(mail);
    const { to, tags } = mail.destination;
    const personId = this.#stage.known.idOf(this.#stage.known.nameAt(to));
    const mailing = tags['mailing'] ?? '';
    if (personId) {
      this.welcomes.accepted(personId, mailing, mail.at);
      this.#corrections.accepted({ personId, numbers: this.#carried(to, mailing) }, tags);
    }
    this.tells(mail);
    this.arrived(mail);
  }

  /** The publications in a mail to somebody. */
  #carried(to: string, mailing: string): readonly number[] {
    const { known } = this.#stage;
    const personId = known.idOf(known.nameAt(to)) ?? '';
    return this.claims.claimOf(personId, mailing)?.numbers ?? [];
  }

  /** I11: never above the rate in any second. */
  came(mails: number, ratePerSecond: number): void {
    const { account } = this.#stage;
    account.asks('I11');
    if (mails > ratePerSecond)
      account.breaks('I11', `${mails} mails in a second, ${ratePerSecond} allowed`);
  }

  written(applied: readonly Applied[]): void {
    this.#books.written(applied);
    this.#houseBooks.written(applied);
    for (const one of applied) this.#see(one);
  }

  #see(applied: Applied): void {
    const { write, before, after } = applied;
    const { pk, sk } = write.key;
    const { now } = this.#stage.engine;
    if (sk === 'reader') this.claims.changed(before, after, now);
    else if (pk === 'campaigns' && after) this.#corrections.campaignWritten(after.data as Campaign);
    else if (sk === 'profile') {
      if (!before && after) this.#stage.known.met(after.data as Profile);
      this.claims.profileChanged(before, after, now);
    } else if (pk.startsWith('pending#')) {
      if (!before && after) this.#stage.known.asked(after.data as Pending);
      this.welcomes.signUpChanged(before?.data as Pending, after?.data as Pending, now);
    } else if (pk.startsWith('log#')) this.#seeRow(applied, now);
    else if (pk.startsWith('ledger#')) this.#ledger.written(applied, now);
    else if (sk === 'head') this.#seeMailing(after?.data as Mailing, now);
    else if (pk === 'publications' && sk !== 'last') {
      const publication = after?.data as Publication;
      this.publications.set(publication.number, publication);
    } else if (sk === 'brand')
      this.claims.capIs((after?.data as { cap: Scenario['cap'] }).cap, now);
  }

  #seeMailing(mailing: Mailing, now: Instant): void {
    const before = this.mailings.get(mailing.mailingId);
    this.mailings.set(mailing.mailingId, mailing);
    if (before?.state !== mailing.state)
      this.#stage.account.note(undefined, () => `${mailing.mailingId} is ${mailing.state}`);
    if (before?.state !== mailing.state && mailing.state === 'paused') this.stands();
    this.candidates.seen(before, mailing, now);
  }

  #seeRow({ before, after }: Applied, now: Instant): void {
    const row = after?.data as Delivery | undefined;
    if (!row) return;
    const name = `${row.mailingId} ${row.segment}-${row.sequence}`;
    if (!before) {
      this.orderedAt.set(name, now);
      for (const { p, o } of row.lines) if (o === 'open') this.cued('planned', p);
    }
    const { account, known } = this.#stage;
    const was = (before?.data as Delivery | undefined)?.lines;
    if (before) this.again.seen(before.data as Delivery, row, now);
    for (const [index, line] of row.lines.entries())
      account.note(known.nameOf(line.p), () => {
        const { p: _, ...said } = line;
        const same = JSON.stringify(was?.[index]) === JSON.stringify(line);
        return `${name} is ${row.state}, attempt ${row.attempt}: ${same ? 'same' : JSON.stringify(said)}`;
      });
  }
}
