import * as z from 'zod';
import type { Instant } from '../../functions/base/time.ts';
import type { Notes } from './notes.ts';

export type ClockMode =
  /** Time passes by itself, from wherever the clock was moved to. */
  | { readonly kind: 'real' }
  /** Time moves only when somebody moves it; a new data folder starts at `startsAt`. */
  | { readonly kind: 'held'; readonly startsAt?: Instant };

/** `heldAt` while time stands still; `aheadBy` is how far the clock was moved beyond the machine's. */
const Note = z.object({ heldAt: z.number().nullable(), aheadBy: z.number() });
type Note = z.infer<typeof Note>;
const NOTE = 'clock';

/** The laptop's clock. It may be moved forward, it remembers where it was, and it never goes back. */
export class Clock {
  readonly mode: ClockMode['kind'];
  readonly #notes: Notes;
  readonly #machine: () => Instant;
  #note: Note;
  #latest: Instant;

  constructor(notes: Notes, mode: ClockMode, machine: () => Instant = Date.now) {
    this.#notes = notes;
    this.#machine = machine;
    this.mode = mode.kind;
    const kept = notes.read(NOTE);
    const note = kept === undefined ? undefined : Note.parse(kept);
    const starts = mode.kind === 'held' ? (mode.startsAt ?? machine()) : machine();
    this.#latest = note ? (note.heldAt ?? machine() + note.aheadBy) : starts;
    this.#note = { heldAt: this.#latest, aheadBy: note?.aheadBy ?? 0 };
    if (mode.kind === 'real') this.#note = this.#running();
  }

  readonly now = (): Instant => {
    const at = this.#note.heldAt ?? this.#machine() + this.#note.aheadBy;
    this.#latest = Math.max(this.#latest, at);
    return this.#latest;
  };

  /** Time stands still while it is being moved, so that every moment on the way is a clean one. */
  hold(): Promise<void> {
    return this.#keep({ ...this.#note, heldAt: this.now() });
  }

  async moveTo(at: Instant): Promise<void> {
    await this.#keep({ ...this.#note, heldAt: Math.max(this.now(), at) });
  }

  /** Time passes again by itself, if it did before. */
  async release(): Promise<void> {
    if (this.mode === 'real') await this.#keep(this.#running());
  }

  #running(): Note {
    return { heldAt: null, aheadBy: Math.max(0, this.now() - this.#machine()) };
  }

  async #keep(note: Note): Promise<void> {
    await this.#notes.write(NOTE, note);
    this.#note = note;
  }
}
