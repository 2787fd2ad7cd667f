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

/** What is known of a run besides its tables: the first promise broken, and, if asked, the story. */
export class Account {
  readonly #engine: Engine;
  readonly #tellsStory: boolean;
  readonly notes: Noted[] = [];
  broken: Broken | undefined;

  constructor(engine: Engine, tellsStory: boolean) {
    this.#engine = engine;
    this.#tellsStory = tellsStory;
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
