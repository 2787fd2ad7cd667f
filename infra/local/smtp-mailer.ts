import { randomUUID } from 'node:crypto';
import type {
  Destination,
  MailAccount,
  MailCall,
  Mailer,
  MailFound,
  MailOutcome,
} from '../../functions/base/ports.ts';
import { DAY, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';
import { flawsOf, letterOf, mimeOf } from './letter.ts';
import { SmtpJournal } from './smtp-journal.ts';
import { SmtpLine, type SmtpServer } from './smtp-line.ts';

export type SmtpSettings = {
  readonly server: SmtpServer;
  readonly ratePerSecond: number;
  readonly quotaPerDay: number;
};

const LINES_AT_MOST = 5;
const IDLE_MS = 10 * SECOND;
const NEVER_TRIED = { kind: 'later', reason: 'no-connection' } as const;
/** What cannot be noted is not offered: after a crash nobody could tell whether it left. */
const NOT_NOTED = { kind: 'later', reason: 'no-room' } as const;

/** Real mail over SMTP: each letter is made whole here, offered once, and never offered again by itself. */
export class SmtpMailer implements Mailer {
  readonly #settings: SmtpSettings;
  readonly #now: () => Instant;
  readonly #idle = new Map<SmtpLine, NodeJS.Timeout>();
  readonly #journal: SmtpJournal;
  readonly #sent;
  readonly #count;

  constructor(database: Database, now: () => Instant, settings: SmtpSettings) {
    this.#settings = settings;
    this.#now = now;
    this.#journal = new SmtpJournal(database, now);
    database.define(
      'create table if not exists smtp_sent (at integer primary key, mails integer not null) strict;',
    );
    const sent = database.prepare<{ mails: number }>(
      'select coalesce(sum(mails), 0) as mails from smtp_sent where at > ?',
    );
    const forget = database.prepare('delete from smtp_sent where at <= ?');
    const add = database.prepare(
      `insert into smtp_sent (at, mails) values (?1, ?2)
       on conflict do update set mails = mails + ?2`,
    );
    this.#sent = () => sent.get(now() - DAY)?.mails ?? 0;
    this.#count = (mails: number) =>
      database.write(() => {
        this.#journal.keep();
        forget.run(now() - DAY);
        if (mails > 0) add.run(now(), mails);
      });
  }

  async send(call: MailCall): Promise<MailOutcome[]> {
    const begun = await this.#journal.begin(call.destinations).catch(() => undefined);
    if (!begun) return call.destinations.map(() => NOT_NOTED);
    return this.#sendAll(call, begun.known).finally(begun.end);
  }

  async #sendAll(
    call: MailCall,
    known: readonly (MailOutcome | undefined)[],
  ): Promise<MailOutcome[]> {
    const outcomes = flawsOf(call).map((reason, index): MailOutcome | undefined =>
      reason === undefined ? known[index] : { kind: 'refused', reason },
    );
    const left = outcomes.flatMap((outcome, index) => (outcome ? [] : [index])).values();
    const hands = Array.from({ length: Math.min(LINES_AT_MOST, outcomes.length) }, () =>
      this.#work(call, left, outcomes),
    );
    const noLine = (await Promise.all(hands)).find((failure) => failure !== undefined);
    const accepted = outcomes.filter(
      (outcome, index) => outcome?.kind === 'accepted' && known[index] === undefined,
    ).length;
    await this.#count(accepted);
    return outcomes.map((outcome) => outcome ?? noLine ?? NEVER_TRIED);
  }

  async account(): Promise<MailAccount> {
    const { ratePerSecond, quotaPerDay } = this.#settings;
    return { ratePerSecond, quotaPerDay, sentLastDay: this.#sent(), sending: true };
  }

  /** A mail server cannot be asked what became of a mail; what was noted before and after it tells most. */
  find(tags: Destination['tags']): Promise<MailFound> {
    return this.#journal.find(tags);
  }

  close(): void {
    for (const [line, timer] of this.#idle) {
      clearTimeout(timer);
      line.close();
    }
    this.#idle.clear();
  }

  /** Takes letter after letter while there is a line to send them on; says why when there is none. */
  async #work(call: MailCall, left: Iterator<number>, outcomes: (MailOutcome | undefined)[]) {
    for (let line: SmtpLine | undefined; ;) {
      if (!line || line.closed) {
        const opened = await this.#openLine();
        if (!(opened instanceof SmtpLine)) return opened;
        line = opened;
      }
      const next = left.next();
      if (next.done) return this.#keep(line);
      outcomes[next.value] = await this.#offer(line, call, call.destinations[next.value]!);
    }
  }

  async #offer(line: SmtpLine, call: MailCall, destination: Destination): Promise<MailOutcome> {
    const from = call.from.address;
    const messageId = `<${randomUUID()}@${from.slice(from.lastIndexOf('@') + 1)}>`;
    const letter = letterOf(call, destination, { at: this.#now(), messageId });
    const raw = await mimeOf(letter);
    const { tags, to } = destination;
    if (
      !(await this.#journal.offer(tags).then(
        () => true,
        () => false,
      ))
    )
      return NOT_NOTED;
    const outcome = await line.send({ from, to, raw, messageId });
    this.#journal.answer(tags, outcome);
    return outcome;
  }

  async #openLine() {
    for (const [line, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(line);
      if (!line.closed) return line;
    }
    return SmtpLine.open(this.#settings.server);
  }

  #keep(line: SmtpLine): undefined {
    const close = () => {
      this.#idle.delete(line);
      line.close();
    };
    this.#idle.set(line, setTimeout(close, IDLE_MS).unref());
  }
}
