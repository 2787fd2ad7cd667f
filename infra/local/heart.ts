import { factsOf, log } from '../../functions/base/log.ts';
import { MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Runner } from './runner.ts';
import type { SqliteTable } from './sqlite-table.ts';

type Body = {
  readonly now: () => Instant;
  readonly table: SqliteTable;
  readonly runner: Runner;
  readonly tick: () => Promise<void>;
  /** While the clock is being moved, the moving does all there is to do. */
  readonly isMoved: () => boolean;
};

/** What beats by itself while the server runs: it sees what has come due and wakes the hands. */
export class Heart {
  readonly #body: Body;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #leftDue = 0;
  #tickedAt = -Infinity;

  constructor(body: Body) {
    this.#body = body;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#beating ??= this.#beat()
        .catch((error: unknown) => log('error', 'tick-failed', factsOf(error)))
        .finally(() => (this.#beating = undefined));
    }, SECOND);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
  }

  /** What a tick could not finish is looked at again a minute later, as on AWS. */
  async #beat(): Promise<void> {
    const { now, table, runner, tick, isMoved } = this.#body;
    if (isMoved()) return;
    const due = table.dueUntil(now());
    const minutePassed = performance.now() - this.#tickedAt >= MINUTE;
    if (due > 0 && (due !== this.#leftDue || minutePassed)) {
      this.#tickedAt = performance.now();
      await tick();
      await runner.drain();
      this.#leftDue = table.dueUntil(now());
    }
    runner.wake();
  }
}
