import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** Another process holds this file. The hold ends with that process, however it ends. */
export class DatabaseInUse extends Error {}

type Turn = {
  readonly committed: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (why: unknown) => void;
};

/**
 * One SQLite file for the whole laptop, and one commit per turn of the event loop: everything
 * written in a turn shares one sync of the disk, and nobody is answered before it.
 */
export class Database {
  readonly #sql: DatabaseSync;
  #turn: Turn | undefined;

  constructor(path: string) {
    this.#sql = new DatabaseSync(path);
    try {
      this.#sql.exec(
        `pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;
         pragma temp_store = memory; pragma cache_size = -131072; pragma wal_autocheckpoint = 8000;
         begin exclusive; commit;`,
      );
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
    if (this.#turn) this.#commit(this.#turn);
    this.#sql.exec(`pragma synchronous = ${when === 'later' ? 'off' : 'full'}`);
  }

  /** For the tables of one port, made when it opens. */
  define(schema: string): void {
    this.#sql.exec(schema);
  }

  prepare<Line>(sql: string): Statement<Line> {
    return new Statement<Line>(this.#sql.prepare(sql));
  }

  /** Does this now and answers once it is on the disk. What throws half-way takes its whole turn with it. */
  write<Value>(work: () => Value): Promise<Value> {
    const turn = (this.#turn ??= this.#begin());
    let value: Value;
    try {
      value = work();
    } catch (error) {
      this.#sql.exec('rollback');
      this.#end(turn).reject(error);
      return turn.committed as Promise<never>;
    }
    return turn.committed.then(() => value);
  }

  /** Looks now and answers once everything it may have seen is on the disk. */
  async read<Value>(work: () => Value): Promise<Value> {
    const value = work();
    if (this.#turn) await this.#turn.committed;
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
    await this.#turn?.committed.catch(() => undefined);
    this.#sql.close();
  }

  #begin(): Turn {
    this.#sql.exec('begin');
    const { promise: committed, resolve, reject } = Promise.withResolvers<void>();
    committed.catch(() => undefined); // Those who wrote hear of it; nobody else has to.
    const turn = { committed, resolve, reject };
    setImmediate(() => {
      if (this.#turn === turn) this.#commit(turn);
    });
    return turn;
  }

  #commit(turn: Turn): void {
    try {
      this.#sql.exec('commit');
      this.#end(turn).resolve();
    } catch (error) {
      if (this.#sql.isTransaction) this.#sql.exec('rollback');
      this.#end(turn).reject(error);
    }
  }

  #end(turn: Turn): Turn {
    this.#turn = undefined;
    return turn;
  }
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
