import { factsOf, log } from '../../functions/base/log.ts';
import type { Line, Ports } from '../../functions/base/ports.ts';
import type { Received, SqliteQueue } from './sqlite-queue.ts';

/** Handles what it is handed and says which failed; to throw is to fail them all. */
export type Worker = (
  ports: Ports,
  messages: readonly Received[],
) => Promise<{ readonly failed: readonly string[] }>;
export type Workers = Readonly<Record<Line, Worker>>;

/** How many batches of a line are in hand at once, and how long a worker may take over one. */
const LINES: Readonly<
  Record<Line, { readonly hands: number; readonly visibilitySeconds: number }>
> = {
  service: { hands: 4, visibilitySeconds: 90 },
  editorial: { hands: 8, visibilitySeconds: 180 },
  work: { hands: 2, visibilitySeconds: 180 },
};
const NAMES = Object.keys(LINES) as Line[];

/**
 * The Lambda behind the queue: a few hands for each line, so that no line waits for another. It
 * works when woken, until nothing can be received any more.
 */
export class Runner {
  readonly #queue: SqliteQueue;
  readonly #workers: Workers;
  readonly #ports: Ports;
  readonly #busy: Readonly<Record<Line, Set<Promise<void>>>> = {
    service: new Set(),
    editorial: new Set(),
    work: new Set(),
  };
  #stopping = false;
  #draining = 0;

  constructor(queue: SqliteQueue, workers: Workers, ports: Ports) {
    this.#queue = queue;
    this.#workers = workers;
    this.#ports = ports;
  }

  /** Sets hands to work where there is something to do and a hand is free. */
  wake(): void {
    for (const line of NAMES) this.#lend(line);
  }

  /** Something was posted: whoever drains takes it up at once, so that mail leaves while its plan still runs. */
  posted(): void {
    if (this.#draining > 0) this.wake();
  }

  /** Works until nothing can be received and nothing is in hand. */
  async drain(): Promise<void> {
    this.#draining += 1;
    try {
      for (;;) {
        this.wake();
        const hands = NAMES.flatMap((line) => [...this.#busy[line]]);
        if (hands.length === 0) return;
        await Promise.race(hands);
      }
    } finally {
      this.#draining -= 1;
    }
  }

  /** Receives nothing more, and answers when what is in hand is done. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(NAMES.flatMap((line) => [...this.#busy[line]]));
  }

  #lend(line: Line): void {
    const busy = this.#busy[line];
    if (this.#stopping || busy.size >= LINES[line].hands || !this.#queue.isVisible(line)) return;
    const hand = this.#work(line).finally(() => busy.delete(hand));
    busy.add(hand);
    hand.catch((error: unknown) => log('error', 'queue-failed', { line, ...factsOf(error) }));
  }

  async #work(line: Line): Promise<void> {
    while (!this.#stopping) {
      const batch = await this.#queue.receive(line, LINES[line].visibilitySeconds);
      if (batch.length === 0) return;
      this.#lend(line);
      const failed = await this.#handle(line, batch);
      await this.#queue.done(batch.map(({ id }) => id).filter((id) => !failed.has(id)));
    }
  }

  async #handle(line: Line, batch: readonly Received[]): Promise<ReadonlySet<string>> {
    try {
      return new Set((await this.#workers[line](this.#ports, batch)).failed);
    } catch (error) {
      log('error', 'worker-failed', { line, messages: batch.length, ...factsOf(error) });
      return new Set(batch.map(({ id }) => id));
    }
  }
}
