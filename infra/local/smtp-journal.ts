import type { Destination, MailFound, MailOutcome } from '../../functions/base/ports.ts';
import { DAY, type Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';

/** Whatever was cut off is settled soon after a start; who runs for a day forgets what is older than these. */
const KEPT_MS = 60 * DAY;

type Tags = Destination['tags'];
type Came = { readonly came: 'waits' | 'offered' | 'accepted'; readonly message: string | null };

/**
 * How far each mail came, on the disk before the server hears of it. A mail server cannot be asked
 * afterwards; this says which mails of a call that was cut off were never begun, and which were
 * taken. What was taken is not offered again, whoever asks.
 */
export class SmtpJournal {
  readonly #database: Database;
  readonly #now: () => Instant;
  /** Calls of this very process: nothing of them is settled but by their own answers. */
  readonly #running = new Set<ReadonlySet<string>>();
  readonly #openedAt: Instant;
  /** Mail left this house before it kept a journal: what is not noted may have left. */
  readonly #isLate: boolean;
  readonly #sql;
  #answered: (readonly [name: string, Came])[] = [];

  constructor(database: Database, now: () => Instant) {
    this.#database = database;
    this.#now = now;
    this.#openedAt = now();
    const tables = database.prepare<{ name: string }>(
      'select name from sqlite_master where name = ?',
    );
    this.#isLate = !tables.get('smtp_mails') && tables.get('smtp_sent') !== undefined;
    database.define(
      `create table if not exists smtp_mails (name text primary key, at integer not null,
         came text not null, message text) strict, without rowid;
       create index if not exists smtp_mails_at on smtp_mails (at);`,
    );
    this.#sql = {
      begin: database.prepare(
        `insert into smtp_mails (name, at, came) values (?, ?, 'waits') on conflict do nothing`,
      ),
      move: database.prepare('update smtp_mails set came = ?, message = ? where name = ?'),
      find: database.prepare<Came>('select came, message from smtp_mails where name = ?'),
      forget: database.prepare('delete from smtp_mails where at <= ?'),
    };
  }

  /** Notes what is to be offered; answers what is known of some already, and how to say that the call is over. */
  async begin(mails: readonly { readonly tags: Tags }[]) {
    const now = this.#now();
    const all = mails.map(({ tags }) => nameOf(tags));
    const known = all.map((name) => this.#known(name));
    const names = new Set(all.filter((_, index) => known[index] === undefined));
    this.#running.add(names);
    const end = () => this.#running.delete(names);
    try {
      await this.#database.write(() => {
        if (now - this.#openedAt > DAY) this.#sql.forget.run(now - KEPT_MS);
        for (const name of names) this.#sql.begin.run(name, now);
      });
    } catch (error) {
      end();
      throw error;
    }
    return { known, end };
  }

  #known(name: string): MailOutcome | undefined {
    if (this.#isRunning(name)) return { kind: 'later', reason: 'changed' };
    const row = this.#sql.find.get(name);
    return row?.came === 'accepted' ? accepted(row) : undefined;
  }

  #isRunning = (name: string) => [...this.#running].some((names) => names.has(name));

  /** Before the server hears of it. */
  async offer(tags: Tags): Promise<void> {
    await this.#database.write(() => {
      this.keep();
      this.#sql.move.run('offered', null, nameOf(tags));
    });
  }

  /** What the server said; kept with the next mail that is offered, or at the end of the call. */
  answer(tags: Tags, outcome: MailOutcome): void {
    const name = nameOf(tags);
    if (outcome.kind === 'accepted')
      this.#answered.push([name, { came: 'accepted', message: outcome.messageId }]);
    else if (outcome.kind !== 'uncertain')
      this.#answered.push([name, { came: 'waits', message: null }]);
  }

  /** Inside a write. */
  keep(): void {
    for (const [name, { came, message }] of this.#answered) this.#sql.move.run(came, message, name);
    this.#answered = [];
  }

  async find(tags: Tags): Promise<MailFound> {
    const name = nameOf(tags);
    if (this.#isRunning(name)) return 'unknown';
    const row = await this.#database.read(() => this.#sql.find.get(name));
    if (!row) return this.#isLate ? 'unknown' : 'never-came';
    if (row.came === 'accepted') return accepted(row);
    return row.came === 'waits' ? 'never-came' : 'unknown';
  }
}

const accepted = ({ message }: Came) => ({ kind: 'accepted', messageId: message ?? '' }) as const;

const nameOf = (tags: Tags): string =>
  new URLSearchParams(Object.entries(tags).toSorted()).toString();
