import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { DeskLetter } from './desk-letter.ts';
import type { History } from './history.ts';
import { said, type Letter } from './letter.ts';

type Told = string | number | boolean | undefined;

/** Something that follows from the letter: drawn again when it becomes something else. */
export function usePart<Part extends Told>(
  desk: DeskLetter,
  partOf: (letter: Letter, history: History) => Part,
): Part {
  return useSyncExternalStore(desk.subscribe, () => partOf(desk.now(), desk.history()));
}

/** What is read in one place. */
export const useSaid = (desk: DeskLetter, place: string) =>
  usePart(desk, (letter) => said(letter, place));

/** The letter as far as one block goes: the same until something of that block changes. */
export const useBlockLetter = (desk: DeskLetter, id: string) =>
  useSyncExternalStore(desk.subscribe, () => desk.sinceBlock(id));

/** The whole letter, drawn again at each key: for what is seldom on the screen. */
export const useWholeLetter = (desk: DeskLetter) => useSyncExternalStore(desk.subscribe, desk.now);

/** The whole letter, once the fingers have rested. */
export function useRestedLetter(desk: DeskLetter, restMs: number): Letter {
  const [rested, setRested] = useState(desk.now);
  useEffect(() => {
    const settle = () => setRested(desk.now());
    // What changed between the first look and now is not missed.
    let timer = window.setTimeout(settle, restMs);
    const stop = desk.subscribe(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(settle, restMs);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [desk, restMs]);
  return rested;
}

/** Writes one place of the letter. */
export const useWrite = (desk: DeskLetter) =>
  useCallback(
    (place: string, text: string) =>
      desk.act({ kind: 'write', place, text, at: performance.now() }),
    [desk],
  );
