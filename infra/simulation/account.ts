import type { Instant } from '../../functions/base/time.ts';
import type { Engine } from './engine.ts';

/** A promise that was not kept: which, to whom, and what happened. */
export type Broken = {
  readonly invariant: string;
  readonly detail: string;
  /** A person's name in the cast, where it is about one. */
  readonly who: string | undefined;
  readonly at: Instant;
};

type Noted = { readonly at: Instant; readonly who: string | undefined; readonly text: string };

/** The promises of the design that are looked at while a run goes on or when it rests. */
export type Invariant =
  | 'I1'
  | 'I2'
  | 'I3'
  | 'I4'
  | 'I5'
  | 'I6'
  | 'I7'
  | 'I8'
  | 'I9'
  | 'I10'
  | 'I11'
  | 'I13'
  | 'care'
  | 'welcome'
  | 'import';

/** What is known of a run besides its tables: the first promise broken, and, if asked, the story. */
export class Account {
  readonly #engine: Engine;
  readonly #tellsStory: boolean;
  readonly notes: Noted[] = [];
  /** How often each promise was looked at. */
  readonly asked = new Map<Invariant, number>();
  broken: Broken | undefined;

  constructor(engine: Engine, tellsStory: boolean) {
    this.#engine = engine;
    this.#tellsStory = tellsStory;
  }

  /** So many times more this promise is looked at: a run in which nobody asks proves nothing. */
  asks(invariant: Invariant, times = 1): void {
    this.asked.set(invariant, (this.asked.get(invariant) ?? 0) + times);
  }

  /** The first one ends the run: what comes after it may only follow from it. */
  breaks(invariant: string, detail: string, who?: string): void {
    this.broken ??= { invariant, detail, who, at: this.#engine.now };
    this.#engine.stop();
  }

  /** Told only when somebody will read it, because most runs are never told. */
  note(who: string | undefined, text: () => string): void {
    if (this.#tellsStory) this.notes.push({ at: this.#engine.now, who, text: text() });
  }
}
