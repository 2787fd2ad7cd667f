import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Mailer, Ports, Secrets } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import { Clock, type ClockMode } from './clock.ts';
import { Database } from './database.ts';
import { FolderFiles, MemoryFiles } from './files.ts';
import { Heart } from './heart.ts';
import { Mailbox } from './mailbox.ts';
import { Notes } from './notes.ts';
import { Passage } from './passage.ts';
import { Runner, type Workers } from './runner.ts';
import { SqliteQueue } from './sqlite-queue.ts';
import { SqliteTable } from './sqlite-table.ts';

export type TownPlan = {
  /** A folder that is there, or `:memory:` for a town that ends with its process. */
  readonly data: string;
  readonly secrets: Secrets;
  readonly publicUrl: string;
  readonly clock: ClockMode;
  readonly workers: Workers;
  readonly tick: (ports: Ports) => Promise<void>;
  /** Who takes the mail, if it is to leave the machine. Else it goes to the mailbox. */
  readonly mailer?: (database: Database, now: () => Instant) => Mailer & { close(): void };
};

export type Town = Awaited<ReturnType<typeof buildTown>>;

/** The whole product in one process: the same rooms, a durable table and queue, a clock one can move. */
export async function buildTown(plan: TownPlan) {
  const inMemory = plan.data === ':memory:';
  const database = new Database(inMemory ? ':memory:' : join(plan.data, 'moderato.sqlite'));
  const notes = new Notes(database);
  const clock = new Clock(notes, plan.clock);
  if (clock.mode === 'held') await clock.hold();
  const table = new SqliteTable(database);
  const queue = new SqliteQueue(database, clock.now);
  const mailbox = new Mailbox(database, clock.now);
  const leaving = plan.mailer?.(database, clock.now);
  const ports: Ports = {
    now: clock.now,
    // A clock that stands still cannot be waited for.
    wait: (ms) => (clock.mode === 'held' ? Promise.resolve() : setTimeout(Math.ceil(ms))),
    random: (bytes) => randomBytes(bytes),
    table,
    queue,
    mailer: leaving ?? mailbox,
    files: inMemory ? new MemoryFiles() : new FolderFiles(join(plan.data, 'files')),
    secrets: plan.secrets,
    publicUrl: plan.publicUrl,
    ...(clock.mode === 'held' && { timeStands: true, order: growing() }),
  };
  const tick = () => plan.tick(ports);
  const runner = new Runner(queue, plan.workers, ports);
  queue.onPost(() => runner.posted());
  const passage = new Passage({ clock, notes, table, queue, runner, tick });
  const heart = new Heart({
    now: clock.now,
    table,
    runner,
    tick,
    isMoved: () => passage.until !== undefined,
  });

  return {
    ports,
    clock,
    notes,
    queue,
    /** What the mailbox holds; nothing reaches it while mail leaves the machine. */
    mailbox,
    mailLeaves: leaving !== undefined,

    /** Everything that is to be done now, and what comes of it. */
    drain: () => passage.settle(),
    /** Lets so many milliseconds pass, or time until a moment, through all that is due in between. */
    passTime: (how: number | { readonly to: Instant }) =>
      passage.pass(typeof how === 'number' ? { by: how } : how),
    movesUntil: () => passage.until,
    nextMoment: () => passage.nextMoment(),

    /** Whether an answer may come before the disk has what it tells of: never, once anybody asks. */
    sync: (when: 'each-commit' | 'later') => database.sync(when),

    /** Lives by itself from now on: takes up what was interrupted, and does what comes due. */
    live: () => {
      queue.onPost(() => runner.wake());
      runner.wake();
      heart.start();
      return passage.resume();
    },
    /** Takes nothing more in hand, ends what is in hand, and lets go of the folder. */
    close: async () => {
      await Promise.all([heart.stop(), runner.stop(), passage.stop()]);
      leaving?.close();
      await database.close();
    },
  };
}

/** Also from one start of the machine to the next. */
function growing(): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, Date.now()));
}
