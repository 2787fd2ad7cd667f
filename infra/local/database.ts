import { closeSync, fdatasync, fstatSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { log } from '../../functions/base/log.ts';
import { Problem } from '../../functions/base/problem.ts';

/** Another process holds this file. The hold ends with that process, however it ends. */
export class DatabaseInUse extends Error {}

type Turn = {
  readonly kept: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (why: unknown) => void;
  /** What it writes to, by the names that readers ask with. */
  readonly touched: Set<string>;
  /** Whether the turn of the event loop in which it began is over. */
  ripe: boolean;
};

const MEMORY = ':memory:';

/** Answers once the disk has all that was written to the file. */
type ToDisk = (file: number, done: (error: Error | null) => void) => void;

/**
 * One SQLite file for the whole laptop. All that is written while the disk is busy with the last
 * commit shares the next one and its sync, and nobody is answered before it. SQLite itself does not
 * wait for the disk: the log it writes ahead is brought there by another thread, so that work goes on.
 */
export class Database {
  readonly #sql: DatabaseSync;
  readonly #log: number | undefined;
  readonly #toDisk: ToDisk;
  #turn: Turn | undefined;
  #syncing: Turn | undefined;
  #syncs: 'each-commit' | 'later' = 'each-commit';
  #broken: Error | undefined;

  constructor(path: string, toDisk: ToDisk = fdatasync) {
    this.#toDisk = toDisk;
    this.#sql = new DatabaseSync(path);
    try {
      this.#sql.exec(
        `pragma page_size = 16384; pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal;
         pragma temp_store = memory; pragma cache_size = -16384; pragma wal_autocheckpoint = 2000;
         begin exclusive; commit;`,
      );
      this.#log = path === MEMORY ? undefined : openSync(`${path}-wal`, 'r+');
    } catch (cause) {
      this.#sql.close();
      if (cause instanceof Error && cause.message.includes('locked'))
        throw new DatabaseInUse('another process holds the database', { cause });
      throw cause;
    }
  }

  /**
   * `later` answers before the disk has it, for work that is begun again if it is interrupted. The
   * first commit after `each-commit` brings all of it to the disk.
   */
  sync(when: 'each-commit' | 'later'): void {
    this.#syncs = when;
  }

  /** For the tables of one port, made when it opens. */
  define(schema: string): void {
    this.#sql.exec(schema);
  }

  prepare<Line>(sql: string): Statement<Line> {
    return new Statement<Line>(this.#sql.prepare(sql));
  }

  /** Does this now and answers once it is on the disk. What throws half-way takes its whole turn with it. */
  async write<Value>(work: () => Value): Promise<Value> {
    const turn = (this.#turn ??= this.#begin());
    let value: Value;
    try {
      value = work();
    } catch (cause) {
      const error = toldOf(cause);
      // A disk without room may have taken the whole transaction back already.
      if (this.#sql.isTransaction) this.#sql.exec('rollback');
      this.#turn = undefined;
      turn.reject(error);
      throw error;
    }
    await turn.kept;
    return value;
  }

  /** Inside a write: names what is written to, for those who look at it before the disk has it. */
  touch(name: string): void {
    this.#turn?.touched.add(name);
  }

  /**
   * Looks now and answers once everything it has seen is on the disk: what was written under the
   * names that `seen` tells, or, without it, under any.
   */
  async read<Value>(work: () => Value, seen?: (value: Value) => readonly string[]): Promise<Value> {
    const value = work();
    const [open, syncing] = [this.#turn, this.#syncing];
    const names = open || syncing ? seen?.(value) : [];
    const isIn = (turn: Turn | undefined) =>
      turn !== undefined && (names?.some((name) => turn.touched.has(name)) ?? true);
    if (isIn(open)) await open?.kept;
    else if (isIn(syncing)) await syncing?.kept;
    return value;
  }

  /** Inside a write: all of this, or none of it when it says no. */
  allOrNone(work: () => boolean): boolean {
    this.#sql.exec('savepoint all_or_none');
    const done = work();
    this.#sql.exec(done ? 'release all_or_none' : 'rollback to all_or_none; release all_or_none');
    return done;
  }

  async close(): Promise<void> {
    await (this.#turn ?? this.#syncing)?.kept.catch(() => undefined);
    this.#sql.close();
    if (this.#log !== undefined) closeSync(this.#log);
  }

  #begin(): Turn {
    if (this.#broken) throw this.#broken;
    this.#sql.exec('begin');
    const { promise: kept, resolve, reject } = Promise.withResolvers<void>();
    kept.catch(() => undefined); // Those who wrote hear of it; nobody else has to.
    const turn = { kept, resolve, reject, touched: new Set<string>(), ripe: false };
    setImmediate(() => {
      turn.ripe = true;
      this.#next();
    });
    return turn;
  }

  /** Commits what is ripe once the disk has the commit before. */
  #next(): void {
    const turn = this.#turn;
    if (!turn?.ripe || this.#syncing) return;
    this.#turn = undefined;
    try {
      this.#sql.exec('commit');
    } catch (error) {
      if (this.#sql.isTransaction) this.#sql.exec('rollback');
      return turn.reject(toldOf(error));
    }
    if (this.#log === undefined || this.#syncs === 'later') return turn.resolve();
    this.#syncing = turn;
    this.#toDisk(this.#log, (error) => {
      this.#syncing = undefined;
      const why = error ?? this.#whyLost();
      if (why) this.#break(why, turn);
      else turn.resolve();
      this.#next();
    });
  }

  /** Somebody removed the folder under us: the disk takes what we write, and nobody will ever find it. */
  #whyLost(): Error | undefined {
    if (this.#log === undefined || fstatSync(this.#log).nlink > 0) return undefined;
    log('error', 'folder-gone');
    return new Problem('folder-gone');
  }

  /** What may not be on the disk is not built upon: after a failed sync nothing is written until the next start. */
  #break(error: Error, turn: Turn): void {
    this.#broken = error;
    turn.reject(error);
    if (!this.#turn) return;
    this.#sql.exec('rollback');
    this.#turn.reject(error);
    this.#turn = undefined;
  }
}

const SQLITE_FULL = 13;

/** A full disk is nothing that broke: whoever sits at this machine can mend it, if they are told. */
function toldOf(error: unknown): unknown {
  if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_FULL))
    return error;
  log('error', 'disk-full');
  return new Problem('no-room', { cause: error });
}

/** A prepared statement whose lines are known: they come from tables that only we write. */
export class Statement<Line> {
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
  }

  get(...values: readonly SQLInputValue[]): Line | undefined {
    return this.#statement.get(...values) as Line | undefined;
  }

  all(...values: readonly SQLInputValue[]): Line[] {
    return this.#statement.all(...values) as Line[];
  }

  /** How many lines it changed. */
  run(...values: readonly SQLInputValue[]): number {
    return Number(this.#statement.run(...values).changes);
  }
}
