import { useEffect, useRef } from 'react';
import type { Campaign } from '../api/shapes.ts';
import { KEPT_HERE } from '../shell/kept-here.ts';
import type { DeskLetter } from './desk-letter.ts';
import { letterOf, merge, type Letter } from './letter.ts';

/** What this browser keeps of a letter until the house has it: the text, and the one it was written over. */
type Kept = { readonly base: Letter; readonly letter: Letter };
/** Writing it down takes longer than a key may. */
const REST_MS = 250;
const nameOf = (id: string) => KEPT_HERE + id;

/** Somebody else wrote too: what of theirs stands here now, and where both of us wrote. */
export type Meeting = {
  readonly theirs: Letter;
  readonly taken: readonly string[];
  readonly both: readonly string[];
};
export type Start = {
  readonly base: Letter;
  readonly letter: Letter;
  readonly meeting: Meeting | undefined;
};

/**
 * Where writing goes on: as the house has the letter, with what this browser had not yet brought
 * there. The house may have changed since: then two hands wrote, as if it had been a minute ago.
 */
export function startOf(campaign: Campaign): Start {
  const theirs = letterOf(campaign);
  const kept = keptOf(campaign.id);
  if (!kept) return { base: theirs, letter: theirs, meeting: undefined };
  const { letter, theirs: taken, both } = merge(kept.base, kept.letter, theirs);
  return { base: theirs, letter, meeting: meetingOf(theirs, taken, both) };
}

/** Nothing to tell where nobody else changed a word. */
export const meetingOf = (
  theirs: Letter,
  taken: readonly string[],
  both: readonly string[],
): Meeting | undefined => (taken.length + both.length === 0 ? undefined : { theirs, taken, both });

function keptOf(id: string): Kept | undefined {
  try {
    const text = localStorage.getItem(nameOf(id));
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}

/**
 * Keeps what is not yet with the house, beside the one it was written over: once the fingers rest a
 * moment, and before the page goes.
 */
export function useKeeping(id: string, desk: DeskLetter, base: Letter | undefined): void {
  const put = useRef(() => undefined as void);
  useEffect(() => {
    put.current = () => keep(id, base && { base, letter: desk.now() });
    const wait = () => window.setTimeout(put.current, base ? REST_MS : 0);
    let timer = wait();
    const stop = desk.subscribe(() => {
      window.clearTimeout(timer);
      timer = wait();
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [id, desk, base]);
  useEffect(() => {
    const now = () => put.current();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      now();
    };
  }, []);
}

function keep(id: string, kept: Kept | undefined): void {
  try {
    if (kept) localStorage.setItem(nameOf(id), JSON.stringify(kept));
    else localStorage.removeItem(nameOf(id));
  } catch {
    // A browser that is full or keeps nothing: whoever leaves is asked first in any case.
  }
}
