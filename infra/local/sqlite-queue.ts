import { log } from '../../functions/base/log.ts';
import type { Line, Message, Queue } from '../../functions/base/ports.ts';
import { SECOND, type Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';

/** What a worker is handed: a message, and by which name to say what became of it. */
export type Received = { readonly id: string; readonly body: unknown };
export type DeadLetter = Received & { readonly line: Line; readonly diedAt: Instant };

export const RECEIVES_AT_MOST = 5;
export const RECEIVED_AT_ONCE = 10;
const DELAY_SECONDS_AT_MOST = 900;
const BODY_BYTES_AT_MOST = 1024 * 1024;

type Stored = { readonly id: number; readonly body: string };

/**
 * SQS's manners in one SQLite file: what is received is out of sight until it is done or its time
 * has passed, and what was received five times without being done is a dead letter.
 */
export class SqliteQueue implements Queue {
  readonly #database: Database;
  readonly #now: () => Instant;
  readonly #sql;
  readonly #lastServed = new Map<Line, string>();
  #posted: () => void = () => undefined;

  constructor(database: Database, now: () => Instant) {
    this.#database = database;
    this.#now = now;
    database.define(SCHEMA);
    this.#sql = statementsOf(database);
    // A file is held by one process: whoever had these in hand is gone.
    this.#sql.giveBack.run();
  }

  /** Calls this after each post, once it is on the disk. */
  onPost(listener: () => void): void {
    this.#posted = listener;
  }

  async post(line: Line, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    const rows = messages.map(({ body, group = '', delaySeconds = 0 }) => {
      if (!(delaySeconds >= 0 && delaySeconds <= DELAY_SECONDS_AT_MOST))
        throw new Error(`a delay of ${delaySeconds} s; at most ${DELAY_SECONDS_AT_MOST}`);
      const seenAt = delaySeconds === 0 ? null : this.#now() + delaySeconds * SECOND;
      return [line, group, textOf(body), seenAt] as const;
    });
    await this.#database.write(() => {
      for (const row of rows) this.#sql.post.run(...row);
    });
    this.#posted();
  }

  /** Takes up to ten messages of a line, going round the groups so that none waits behind another. */
  receive(line: Line, visibilitySeconds: number): Promise<Received[]> {
    return this.#database.write(() => {
      this.#surface();
      const taken = this.#pick(line);
      const until = this.#now() + visibilitySeconds * SECOND;
      for (const { id } of taken) this.#sql.take.run(until, id);
      return taken.map(({ id, body }) => ({ id: String(id), body: JSON.parse(body) as unknown }));
    });
  }

  /** These are done. What was received and is not done comes back by itself. */
  async done(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#database.write(() => {
      for (const id of ids) this.#sql.remove.run(Number(id));
    });
  }

  /** Whether there is anything to receive from this line now. */
  isVisible(line: Line): boolean {
    return this.#sql.visible.get(line, this.#now()) !== undefined;
  }

  /** When the first message that is out of sight comes back. */
  nextVisibleAt(): Instant | undefined {
    return this.#sql.firstUnseen.get()?.seen_at ?? undefined;
  }

  /** Oldest first. */
  deadLetters(): DeadLetter[] {
    return this.#sql.dead.all().map(({ id, line, body, died_at }) => ({
      id: String(id),
      line,
      body: JSON.parse(body) as unknown,
      diedAt: died_at,
    }));
  }

  /** Messages whose time out of sight has passed are seen again, or have been seen often enough. */
  #surface(): void {
    const now = this.#now();
    const died = this.#sql.bury.run(now, now, RECEIVES_AT_MOST);
    if (died > 0) log('error', 'dead-letters', { messages: died });
    this.#sql.dropBuried.run(now, RECEIVES_AT_MOST);
    this.#sql.surface.run(now);
  }

  #pick(line: Line): Stored[] {
    const picked: Stored[] = [];
    const start = this.#lastServed.get(line);
    let group = this.#groupAfter(line, start);
    for (const first = group; group !== undefined;) {
      picked.push(...this.#sql.ofGroup.all(line, group, RECEIVED_AT_ONCE - picked.length));
      this.#lastServed.set(line, group);
      if (picked.length >= RECEIVED_AT_ONCE) break;
      group = this.#groupAfter(line, group);
      if (group === first) break;
    }
    return picked;
  }

  #groupAfter(line: Line, group: string | undefined): string | undefined {
    const next = group === undefined ? undefined : this.#sql.groupAfter.get(line, group);
    return (next ?? this.#sql.firstGroup.get(line))?.group_id;
  }
}

/** `seen_at` is null while a message can be received; `taken` while a worker has it. */
const SCHEMA = `
  create table if not exists messages (
    id integer primary key autoincrement, line text not null, group_id text not null,
    body text not null, seen_at integer, taken integer not null default 0,
    received integer not null default 0) strict;
  create index if not exists messages_seen on messages (line, group_id, id) where seen_at is null;
  create index if not exists messages_unseen on messages (seen_at) where seen_at is not null;
  create table if not exists dead_letters (
    id integer primary key, line text not null, body text not null, died_at integer not null) strict;`;

function statementsOf(database: Database) {
  return {
    post: database.prepare(
      'insert into messages (line, group_id, body, seen_at) values (?, ?, ?, ?)',
    ),
    giveBack: database.prepare('update messages set seen_at = 0, taken = 0 where taken = 1'),
    bury: database.prepare(
      `insert into dead_letters (id, line, body, died_at)
       select id, line, body, ? from messages where seen_at <= ? and received >= ?`,
    ),
    dropBuried: database.prepare('delete from messages where seen_at <= ? and received >= ?'),
    surface: database.prepare('update messages set seen_at = null, taken = 0 where seen_at <= ?'),
    firstGroup: database.prepare<{ group_id: string }>(
      `select group_id from messages where line = ? and seen_at is null order by group_id limit 1`,
    ),
    groupAfter: database.prepare<{ group_id: string }>(
      `select group_id from messages where line = ? and seen_at is null and group_id > ?
       order by group_id limit 1`,
    ),
    ofGroup: database.prepare<Stored>(
      `select id, body from messages where line = ? and seen_at is null and group_id = ?
       order by id limit ?`,
    ),
    take: database.prepare(
      'update messages set seen_at = ?, taken = 1, received = received + 1 where id = ?',
    ),
    remove: database.prepare('delete from messages where id = ?'),
    visible: database.prepare<{ id: number }>(
      `select id from messages where line = ?1 and seen_at is null
       union all select id from messages where seen_at <= ?2 and line = ?1 limit 1`,
    ),
    firstUnseen: database.prepare<{ seen_at: Instant | null }>(
      'select min(seen_at) as seen_at from messages where seen_at is not null',
    ),
    dead: database.prepare<{ id: number; line: Line; body: string; died_at: Instant }>(
      'select id, line, body, died_at from dead_letters order by died_at, id',
    ),
  };
}

function textOf(body: unknown): string {
  const text = JSON.stringify(body) as string | undefined;
  if (text === undefined) throw new Error('a message without a body');
  const bytes = Buffer.byteLength(text);
  if (bytes > BODY_BYTES_AT_MOST)
    throw new Error(`a message of ${bytes} bytes; at most ${BODY_BYTES_AT_MOST}`);
  return text;
}
