import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, Refused, versioned } from '../api/client.ts';
import { campaignQuery } from '../api/queries.ts';
import type { Campaign } from '../api/shapes.ts';
import { changeOf, isSame, letterOf, merge, missingIn, type Letter } from './letter.ts';

/** A pause in the typing this long, and it is saved. */
const REST_MS = 800;
const AGAIN_MS = 5_000;

export type Saving =
  | { readonly kind: 'saved' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'missing'; readonly what: ReturnType<typeof missingIn> }
  | { readonly kind: 'refused'; readonly error: unknown };
/** Somebody else wrote too: what of theirs stands here now, and where both of us wrote. */
export type Meeting = {
  readonly theirs: Letter;
  readonly taken: readonly string[];
  readonly both: readonly string[];
};

const SAVED: Saving = { kind: 'saved' };
type Kept = { readonly base: Letter; readonly letter: Letter };
const keptName = (id: string) => `moderato.letter.${id}`;

/** What was not yet saved when this window closed, if anything. */
export function unsavedOf(id: string): Kept | undefined {
  const text = localStorage.getItem(keptName(id));
  return text === null ? undefined : (JSON.parse(text) as Kept);
}

/**
 * Saves by itself, made to the version that was read. When somebody else was faster, both texts are
 * joined; where both wrote in one place nothing is saved until whoever sits here has chosen.
 */
export function useSaving(
  campaign: Campaign,
  firstVersion: string,
  mainLanguage: string,
  letter: Letter,
  take: (letter: Letter) => void,
) {
  const queries = useQueryClient();
  const { id } = campaign;
  const { format } = campaign.content;
  const [saving, setSaving] = useState<Saving>({ kind: 'saved' });
  const [meeting, setMeeting] = useState<Meeting>();
  const version = useRef(firstVersion);
  const [kept, setKept] = useState(() => unsavedOf(id)?.base ?? letterOf(campaign, mainLanguage));
  const base = useRef(kept);
  const isBusy = useRef(false);
  const isSaved = isSame(kept, letter);
  const isAsked = meeting !== undefined && meeting.both.length > 0;

  const settle = useCallback(
    (came: Campaign, to: string) => {
      version.current = to;
      base.current = letterOf(came, mainLanguage);
      setKept(base.current);
      queries.setQueryData(campaignQuery(id).queryKey, { body: came, version: to });
    },
    [id, mainLanguage, queries],
  );

  const meet = useCallback(
    async (mine: Letter) => {
      const { body, version: to } = await versioned(api.campaigns[':id'].$get({ param: { id } }));
      const theirs = letterOf(body, mainLanguage);
      const merged = merge(base.current, mine, theirs);
      settle(body, to);
      setMeeting({ theirs, taken: merged.theirs, both: merged.both });
      take(merged.letter);
    },
    [id, mainLanguage, settle, take],
  );

  const save = useCallback(
    async (mine: Letter) => {
      isBusy.current = true;
      setSaving({ kind: 'saving' });
      try {
        const { body, version: to } = await versioned(
          api.campaigns[':id'].$patch(
            { param: { id }, json: changeOf(mine, format) },
            { headers: { 'if-match': version.current } },
          ),
        );
        settle(body, to);
        setSaving({ kind: 'saved' });
      } catch (error) {
        if (error instanceof Refused && error.status === 412) {
          setSaving({ kind: 'waiting' });
          await meet(mine).catch((fault: unknown) => setSaving({ kind: 'refused', error: fault }));
        } else setSaving({ kind: 'refused', error });
      } finally {
        isBusy.current = false;
      }
    },
    [format, id, meet, settle],
  );

  useEffect(() => {
    if (isSaved) {
      localStorage.removeItem(keptName(id));
      return;
    }
    localStorage.setItem(keptName(id), JSON.stringify({ base: base.current, letter }));
    const missing = missingIn(letter, format === 'blocks');
    if (isAsked) return;
    const timer = window.setTimeout(
      () => {
        if (missing.length > 0) setSaving({ kind: 'missing', what: missing });
        else if (!isBusy.current) void save(letter);
      },
      saving.kind === 'refused' ? AGAIN_MS : REST_MS,
    );
    return () => window.clearTimeout(timer);
  }, [letter, saving, isSaved, isAsked, save, id, format]);

  const isUnsaved = !isSaved && saving.kind !== 'saving';
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);

  const shown: Saving = saving.kind === 'saved' && !isSaved ? { kind: 'waiting' } : saving;
  return {
    saving: isSaved && saving.kind !== 'saving' ? SAVED : shown,
    meeting,
    endMeeting: () => setMeeting(undefined),
  };
}
