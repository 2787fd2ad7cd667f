import { isSame, written, type Letter } from './letter.ts';
import { merge } from './merge.ts';

const STEPS_MOST = 200;
/** Words typed one after another in one place are one step. */
const TOGETHER_MS = 1_200;

export type History = {
  /** In which a text that was one for all goes on, where somebody writes in another. */
  readonly mainLanguage: string;
  readonly past: readonly Letter[];
  readonly now: Letter;
  readonly future: readonly Letter[];
  readonly lastPlace: string;
  readonly lastAt: number;
};
export type Step =
  | { readonly kind: 'write'; readonly place: string; readonly text: string; readonly at: number }
  | { readonly kind: 'take'; readonly letter: Letter }
  | { readonly kind: 'turn'; readonly turn: (letter: Letter) => Letter }
  /** Somebody else wrote too. No step of mine: what I take back is mine, and theirs stays. */
  | { readonly kind: 'join'; readonly base: Letter; readonly theirs: Letter }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

export const beginning = (now: Letter, mainLanguage: string): History => ({
  mainLanguage,
  past: [],
  now,
  future: [],
  lastPlace: '',
  lastAt: 0,
});

/** What was written stays within reach, whoever wrote over it. */
export function step(history: History, act: Step): History {
  const { past, now, future } = history;
  switch (act.kind) {
    case 'write': {
      const next = written(now, act.place, act.text, history.mainLanguage);
      const together =
        act.place === history.lastPlace && act.at - history.lastAt < TOGETHER_MS && past.length > 0;
      return {
        ...history,
        past: together ? past : [...past, now].slice(-STEPS_MOST),
        now: next,
        future: [],
        lastPlace: act.place,
        lastAt: act.at,
      };
    }
    case 'take':
      if (isSame(now, act.letter)) return history;
      return {
        ...history,
        past: [...past, now].slice(-STEPS_MOST),
        now: act.letter,
        future: [],
        lastPlace: '',
        lastAt: 0,
      };
    case 'join': {
      const joined = (letter: Letter) => merge(act.base, letter, act.theirs).letter;
      return { ...history, past: past.map(joined), now: joined(now), future: future.map(joined) };
    }
    case 'turn':
      return step(history, { kind: 'take', letter: act.turn(now) });
    case 'undo': {
      const before = past.at(-1);
      if (!before) return history;
      return {
        ...history,
        past: past.slice(0, -1),
        now: before,
        future: [now, ...future],
        lastPlace: '',
        lastAt: 0,
      };
    }
    case 'redo': {
      const [after, ...rest] = future;
      if (!after) return history;
      return {
        ...history,
        past: [...past, now],
        now: after,
        future: rest,
        lastPlace: '',
        lastAt: 0,
      };
    }
  }
}
