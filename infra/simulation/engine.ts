import type { Instant } from '../../functions/base/time.ts';
import { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';

/** A worker, a tick or a request: it holds nothing that outlives it. A crash is never hearing from it again. */
export type Process = {
  readonly id: number;
  readonly name: string;
  /** How far its clock is from the true one. */
  readonly skewMs: number;
  readonly isAlive: boolean;
};
type Living = Process & { isAlive: boolean; onDeath: (() => void) | undefined };

export type Step = {
  readonly what: string;
  /** How long until it is done at the other side. */
  readonly takesMs: number;
  /** How long its answer is on the way back. */
  readonly answerMs?: number;
  /** Refused before it was done, or done and its answer lost. */
  readonly fails?: 'before' | 'after' | undefined;
  /** Its process dies when it would have been answered; `done` says whether it was done. */
  readonly crashes?: { readonly done: boolean } | undefined;
};

/** What a simulated port throws: never taken for a fault of the product. */
export class InjectedFault extends Error {
  constructor(what: string) {
    super(`injected: ${what}`);
    this.name = 'InjectedFault';
  }
}

/**
 * Runs everything one step after another in virtual time. A call to a port is a step that waits in
 * the agenda; between two steps only the code that the last one woke is running, so the order of
 * the agenda is the order of the world, and the same seed gives the same one.
 */
export class Engine {
  readonly #agenda = new Agenda();
  readonly #chance: Chance;
  readonly #skewMs: number;
  readonly #traced: ((line: string) => void) | undefined;
  #now: Instant;
  #processes = 0;
  #stopped = false;
  steps = 0;

  constructor(setup: {
    readonly startsAt: Instant;
    readonly chance: Chance;
    readonly skewMs: number;
    readonly traced?: ((line: string) => void) | undefined;
  }) {
    this.#now = setup.startsAt;
    this.#chance = setup.chance;
    this.#skewMs = setup.skewMs;
    this.#traced = setup.traced;
  }

  get now(): Instant {
    return this.#now;
  }

  spawn(name: string): Process {
    this.#processes += 1;
    const skewMs = this.#skewMs === 0 ? 0 : this.#chance.between(0, this.#skewMs);
    const process: Living = {
      id: this.#processes,
      name,
      skewMs: skewMs - Math.floor(this.#skewMs / 2),
      isAlive: true,
      onDeath: undefined,
    };
    return process;
  }

  /** Who must know when it dies. One at a time: whoever has it in hand. */
  watch(process: Process, onDeath: (() => void) | undefined): void {
    (process as Living).onDeath = onDeath;
  }

  kill(process: Process): void {
    if (!process.isAlive) return;
    const living = process as Living;
    living.isAlive = false;
    this.#traced?.(`${this.#now} ${process.name}${process.id} dies`);
    living.onDeath?.();
  }

  at(moment: Instant, run: () => void): void {
    this.#agenda.add(Math.max(moment, this.#now), run);
  }

  /** A call to the outside: done later, answered later still, or never. */
  step<Answer>(process: Process, step: Step, done: () => Answer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.at(this.#now + step.takesMs, () => {
        this.#traced?.(`${this.#now} ${process.name}${process.id} ${step.what}`);
        // What a process had asked for before it died may still arrive.
        if (!process.isAlive) {
          if (step.crashes?.done ?? true) attempt(done);
          return;
        }
        if (step.crashes) {
          if (step.crashes.done) attempt(done);
          this.kill(process);
        } else if (step.fails === 'before') reject(new InjectedFault(step.what));
        else this.#answer(process, step, attempt(done), resolve, reject);
      });
    });
  }

  #answer<Answer>(
    process: Process,
    step: Step,
    attempted: Attempted<Answer>,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ): void {
    const settle = () => {
      if (step.fails === 'after') reject(new InjectedFault(`${step.what}, done`));
      else if ('error' in attempted) reject(attempted.error);
      else resolve(attempted.answer);
    };
    if (step.answerMs)
      this.at(this.#now + step.answerMs, () => {
        if (process.isAlive) settle();
      });
    else settle();
  }

  /** Goes on until nothing is left to happen, or until told to stop. Answers why it ended. */
  run(limits: { readonly until: Instant; readonly steps: number }): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        try {
          const next = this.#agenda.first();
          if (this.#stopped) return resolve('stopped');
          if (next === undefined) return resolve('at-rest');
          if (next.at > limits.until || this.steps >= limits.steps) return resolve('never-rests');
          this.#agenda.take();
          this.#now = next.at;
          this.steps += 1;
          next.run();
          // A tick asked for in a microtask comes when every microtask is done: all that this step
          // woke has run until its own next step.
          queueMicrotask(soon);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const soon = () => process.nextTick(turn);
      queueMicrotask(soon);
    });
  }

  stop(): void {
    this.#stopped = true;
  }
}

export type Ended = 'at-rest' | 'never-rests' | 'stopped';

type Attempted<Answer> = { readonly answer: Answer } | { readonly error: unknown };

function attempt<Answer>(done: () => Answer): Attempted<Answer> {
  try {
    return { answer: done() };
  } catch (error) {
    return { error };
  }
}
