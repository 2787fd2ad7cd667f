import { useEffect, useRef } from 'react';
import type { Campaign } from '../api/shapes.ts';
import { KEPT_HERE } from '../shell/kept-here.ts';
import type { DeskLetter } from './desk-letter.ts';
import { letterOf, type Letter } from './letter.ts';
import { beforeUs, merge, type Merged } from './merge.ts';

/**
 * What this browser keeps of a letter until the house has it: the text, the one it was written over,
 * and what was sent without an answer, which the house may have all the same.
 */
type Kept = {
  readonly base: Letter;
  readonly letter: Letter;
  readonly sent?: readonly Letter[];
  readonly atMs?: number;
};
/** Writing it down takes longer than a key may. */
const REST_MS = 250;
/** Whoever writes without a pause does not lose more than this. */
const MOST_MS = 2_000;
/** Each window of the browser keeps its own. */
const WINDOW = Math.random().toString(36).slice(2);
const nameOf = (id: string) => `${KEPT_HERE}${id}/${WINDOW}`;

/** Somebody else wrote too: what of theirs stands here now, and where both of us wrote. */
export type Meeting = {
  /** As it stood before either of us. */
  readonly before: Letter;
  readonly theirs: Letter;
  readonly taken: readonly string[];
  readonly both: readonly string[];
};
export type Start = {
  readonly base: Letter;
  readonly letter: Letter;
  readonly meeting: Meeting | undefined;
  /** Under which names it was kept; from now on it is kept here. */
  readonly names: readonly string[];
};

/**
 * Where writing goes on: as the house has the letter, with what this browser had not yet brought
 * there. The house may have changed since: then two hands wrote, as if it had been a minute ago.
 */
export function startOf(campaign: Campaign): Start {
  const base = letterOf(campaign);
  const start: Start = { base, letter: base, meeting: undefined, names: [] };
  return keptOf(campaign.id).reduce(({ letter: theirs, meeting, names }, [name, kept]) => {
    const before = beforeUs(kept.base, kept.sent ?? [], theirs);
    const merged = merge(before, kept.letter, theirs);
    // What another window of one's own wrote is nobody else's, but where both wrote.
    const isNews = names.length === 0 || merged.both.length > 0;
    return {
      ...{ base, letter: merged.letter, names: [...names, name] },
      meeting: isNews ? meetingOf(before, theirs, merged) : meeting,
    };
  }, start);
}

/** Nothing to tell where nobody else changed a word. */
export const meetingOf = (
  before: Letter,
  theirs: Letter,
  { theirs: taken, both }: Merged,
): Meeting | undefined =>
  taken.length + both.length === 0 ? undefined : { before, theirs, taken, both };

function keptOf(id: string): (readonly [name: string, kept: Kept])[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name === KEPT_HERE + id || name.startsWith(`${KEPT_HERE}${id}/`))
      .map((name) => [name, JSON.parse(localStorage.getItem(name) ?? '') as Kept] as const)
      .sort(([, one], [, other]) => (one.atMs ?? 0) - (other.atMs ?? 0));
  } catch {
    return [];
  }
}

/**
 * Keeps what is not yet with the house, beside the one it was written over: once the fingers rest a
 * moment, every few seconds while they do not, and before the page goes.
 */
export function useKeeping(
  id: string,
  desk: DeskLetter,
  base: Letter | undefined,
  sent: () => readonly Letter[],
  names: readonly string[],
): void {
  const put = useRef(() => undefined as void);
  const taken = useRef(names);
  useEffect(() => {
    let since = 0;
    put.current = () => {
      since = 0;
      keep(id, base && { base, letter: desk.now(), sent: sent(), atMs: Date.now() }, taken.current);
      // Once: a window that is still open goes on keeping what is written there.
      taken.current = [];
    };
    const wait = () => {
      since ||= performance.now();
      const left = Math.max(since + MOST_MS - performance.now(), 0);
      return window.setTimeout(() => put.current(), base ? Math.min(REST_MS, left) : 0);
    };
    let timer = wait();
    const stop = desk.subscribe(() => {
      window.clearTimeout(timer);
      timer = wait();
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [id, desk, base, sent]);
  useEffect(() => {
    const now = () => put.current();
    // A phone that puts the page away may never open it again, and tells nobody.
    const away = () => {
      if (document.hidden) now();
    };
    window.addEventListener('pagehide', now);
    document.addEventListener('visibilitychange', away);
    return () => {
      window.removeEventListener('pagehide', now);
      document.removeEventListener('visibilitychange', away);
      now();
    };
  }, []);
}

function keep(id: string, kept: Kept | undefined, names: readonly string[]): void {
  try {
    const own = nameOf(id);
    if (kept) localStorage.setItem(own, JSON.stringify(kept));
    for (const name of [...names, own]) if (!kept || name !== own) localStorage.removeItem(name);
  } catch {
    // A browser that is full or keeps nothing: whoever leaves is asked first in any case.
  }
}
