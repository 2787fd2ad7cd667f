import { SECOND, type Instant } from '../../functions/base/time.ts';
import type { Chance } from './chance.ts';
import type { Step } from './engine.ts';
import { NO_FAULTS, type Faults } from './faults.ts';

/** The faults that fall on this or that step, by chance. */
export type Likelihood =
  | 'crash'
  | 'refused'
  | 'lostAnswer'
  | 'slow'
  | 'stall'
  | 'duplicate'
  | 'late'
  | 'seenAgain'
  | 'tickTwice'
  | 'tickLate'
  | 'tickMissing'
  | 'throttled'
  | 'partlyThrottled'
  | 'lostAfter'
  | 'lostBefore'
  | 'slowCall'
  | 'eventLost'
  | 'eventTwice'
  | 'eventLate';

/** The faults of a run as they fall on single steps, until the scenes are over. */
export class Weather {
  readonly chance: Chance;
  readonly #faults: Faults;
  readonly #now: () => Instant;
  readonly #until: Instant;
  /** How many faults of each kind fell on something. */
  readonly injected = new Map<Likelihood, number>();

  constructor(chance: Chance, faults: Faults, now: () => Instant, until: Instant) {
    this.chance = chance;
    this.#faults = faults;
    this.#now = now;
    this.#until = until;
  }

  /** Not a fault, so it goes on when all of them have ended. */
  get tellsEvents(): boolean {
    return this.#faults.events;
  }

  get faults(): Faults {
    return this.#now() < this.#until ? this.#faults : CALM[this.#faults.tells];
  }

  /** Whether this goes wrong now; counted when it does. */
  strikes(fault: Likelihood): boolean {
    if (!this.chance.is(this.faults[fault])) return false;
    this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1);
    return true;
  }

  /** How a call to a port goes: how long, and whether it is refused, lost, or the last one. */
  step(what: string, usualMs: number): Step {
    let takesMs = 1 + Math.round(this.chance.next() * usualMs * 2);
    let answerMs = 0;
    if (this.strikes('slow')) takesMs += this.chance.between(SECOND, 12 * SECOND);
    if (this.strikes('stall')) {
      if (this.chance.is(0.5)) takesMs += this.chance.between(20 * SECOND, 150 * SECOND);
      else answerMs = this.chance.between(20 * SECOND, 150 * SECOND);
    }
    if (this.strikes('crash'))
      return { what, takesMs, answerMs, crashes: { done: this.chance.is(0.5) } };
    const fails = this.strikes('refused')
      ? 'before'
      : this.strikes('lostAnswer')
        ? 'after'
        : undefined;
    return { what, takesMs, answerMs, fails };
  }
}

const CALM = {
  truth: { ...NO_FAULTS, tells: 'truth' },
  unknown: { ...NO_FAULTS, tells: 'unknown' },
} satisfies Record<Faults['tells'], Faults>;
