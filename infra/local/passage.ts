import * as z from 'zod';
import { MINUTE, type Instant } from '../../functions/base/time.ts';
import type { Clock } from './clock.ts';
import type { Notes } from './notes.ts';
import type { Runner } from './runner.ts';
import type { SqliteQueue } from './sqlite-queue.ts';
import type { SqliteTable } from './sqlite-table.ts';

const TICKS_IN_VAIN = 10;
const LONGEST_STEP = 60 * MINUTE;
const NOTE = 'passing';
const Note = z.object({ until: z.number() });

type Works = {
  readonly clock: Clock;
  readonly notes: Notes;
  readonly table: SqliteTable;
  readonly queue: SqliteQueue;
  readonly runner: Runner;
  readonly tick: () => Promise<void>;
};
export type Passed = { readonly now: Instant; readonly ran: number };

/**
 * Lets time pass: from one due moment to the next, in order, and at each of them everything there
 * is to do is done before the clock moves on. What was begun is finished after a crash.
 */
export class Passage {
  readonly #works: Works;
  #last: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(works: Works) {
    this.#works = works;
  }

  /** Where the clock is on its way to. */
  get until(): Instant | undefined {
    const note = this.#works.notes.read(NOTE);
    return note === undefined ? undefined : Note.parse(note).until;
  }

  /** Moves the clock that far, or to that moment, after those who asked before. `ran` counts the moments. */
  pass(how: { readonly by: number } | { readonly to: Instant }): Promise<Passed> {
    const passed = this.#last.then(() => {
      const until = 'to' in how ? how.to : this.#works.clock.now() + how.by;
      return this.#passUntil(until);
    });
    this.#last = passed.catch(() => undefined);
    return passed;
  }

  /** Goes on with what a crash has interrupted. */
  async resume(): Promise<void> {
    const { until } = this;
    if (until !== undefined) await this.pass({ to: until });
  }

  /** Does all there is to do now. Answers whether something stays due however often it is looked at. */
  async settle(patience = TICKS_IN_VAIN): Promise<'at-rest' | 'stuck'> {
    const { clock, table, runner, tick } = this.#works;
    await runner.drain();
    let left = table.dueUntil(clock.now());
    for (let vain = 0; left > 0 && !this.#stopping;) {
      if (vain >= patience) return 'stuck';
      await tick();
      await runner.drain();
      const now = table.dueUntil(clock.now());
      vain = now < left ? 0 : vain + 1;
      left = Math.min(left, now);
    }
    return 'at-rest';
  }

  /** Stops where it is; the next start goes on from there. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#last;
  }

  async #passUntil(until: Instant): Promise<Passed> {
    const { clock, notes } = this.#works;
    await clock.hold();
    await notes.write(NOTE, { until });
    const ran = await this.#go(until);
    if (this.#stopping) return { now: clock.now(), ran };
    await clock.moveTo(until);
    await this.settle();
    await notes.remove(NOTE);
    await clock.release();
    return { now: clock.now(), ran };
  }

  /** What stays due is looked at again after a minute, then ever later, so that this has an end. */
  async #go(until: Instant): Promise<number> {
    const { clock } = this.#works;
    let step = 0;
    for (let ran = 0; ; ran += 1) {
      const state = await this.settle(step === 0 ? TICKS_IN_VAIN : 1);
      step = state === 'stuck' ? Math.min(step * 2 || MINUTE, LONGEST_STEP) : 0;
      const lookAgainAt = step === 0 ? Infinity : clock.now() + step;
      const next = Math.min(this.nextMoment() ?? Infinity, lookAgainAt);
      if (next > until || this.#stopping) return ran;
      await clock.moveTo(next);
    }
  }

  /** When something happens next: a due row, or a message that comes back. */
  nextMoment(): Instant | undefined {
    const { clock, table, queue } = this.#works;
    const moments = [table.nextDueAfter(clock.now()), queue.nextVisibleAt()];
    const known = moments.filter((at) => at !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }
}
