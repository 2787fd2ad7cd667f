import { beginning, step, type History, type Step } from './history.ts';
import type { Letter } from './letter.ts';

/**
 * The letter that is on the desk. It stands outside of what is drawn: a key changes one entry, and
 * only what shows that entry is drawn again.
 */
export type DeskLetter = {
  readonly now: () => Letter;
  readonly history: () => History;
  readonly act: (step: Step) => void;
  /** Tells of each change, until it is let go. */
  readonly subscribe: (changed: () => void) => () => void;
  /** The letter as it was when anything of this block last changed. */
  readonly sinceBlock: (id: string) => Letter;
};

export function deskLetter(start: Letter, mainLanguage: string): DeskLetter {
  let history = beginning(start, mainLanguage);
  const listeners = new Set<() => void>();
  const changed = new Map<string, Letter>();
  return {
    now: () => history.now,
    history: () => history,
    act: (given) => {
      const before = history;
      history = step(before, given);
      if (history === before) return;
      for (const id of blocksBetween(before.now, history.now)) changed.set(id, history.now);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sinceBlock: (id) => changed.get(id) ?? start,
  };
}

/** The blocks of which anything is not the same in both. */
export function blocksBetween(one: Letter, other: Letter): Set<string> {
  const found = new Set<string>();
  if (one === other) return found;
  const look = (place: string) => {
    if (one[place] === other[place] || !place.startsWith('block/')) return;
    found.add(place.slice(6).split('/', 1)[0]!);
  };
  for (const place in one) look(place);
  for (const place in other) if (!(place in one)) look(place);
  return found;
}
