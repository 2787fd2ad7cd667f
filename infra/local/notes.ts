import type { Database } from './database.ts';

/** The few things the laptop itself remembers between two starts: its clock, what it was doing. */
export class Notes {
  readonly #database: Database;
  readonly #read;
  readonly #write;
  readonly #remove;

  constructor(database: Database) {
    this.#database = database;
    database.define(
      'create table if not exists notes (name text primary key, data text not null) strict;',
    );
    this.#read = database.prepare<{ data: string }>('select data from notes where name = ?');
    this.#write = database.prepare('insert or replace into notes (name, data) values (?, ?)');
    this.#remove = database.prepare('delete from notes where name = ?');
  }

  read(name: string): unknown {
    const found = this.#read.get(name);
    return found && (JSON.parse(found.data) as unknown);
  }

  /** Answers once it is on the disk. */
  async write(name: string, data: unknown): Promise<void> {
    await this.#database.write(() => this.#write.run(name, JSON.stringify(data)));
  }

  async remove(name: string): Promise<void> {
    await this.#database.write(() => this.#remove.run(name));
  }
}
