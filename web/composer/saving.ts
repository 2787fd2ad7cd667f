import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, Refused, Unreached, versioned } from '../api/client.ts';
import { campaignQuery } from '../api/queries.ts';
import type { Campaign } from '../api/shapes.ts';
import type { DeskLetter } from './desk-letter.ts';
import { meetingOf, useKeeping, type Start } from './kept.ts';
import {
  changeOf,
  isSame,
  letterOf,
  merge,
  missingIn,
  withoutMissing,
  type Letter,
} from './letter.ts';
import { usePart } from './use-letter.ts';

/** A pause in the typing this long, and it is saved. */
const REST_MS = 800;
const AGAIN_MS = 5_000;

export type Saving =
  | { readonly kind: 'saved' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  /** All is saved but what cannot be empty. */
  | { readonly kind: 'missing'; readonly what: Missing }
  | { readonly kind: 'refused'; readonly error: unknown };

const SAVED: Saving = { kind: 'saved' };
type Missing = ReturnType<typeof missingIn>;

/** Of what must not be empty the house keeps what it had. */
const ableOf = (letter: Letter, isBlocks: boolean, kept: Letter) =>
  withoutMissing(letter, missingIn(letter, isBlocks), kept);

/**
 * Saves by itself, made to the version that was read, finished or not. When somebody else was
 * faster, both texts are joined; where both wrote in one place nothing is saved until whoever sits
 * here has chosen.
 */
export function useSaving(
  { campaign, version: firstVersion }: { readonly campaign: Campaign; readonly version: string },
  start: Start,
  desk: DeskLetter,
) {
  const queries = useQueryClient();
  const { id } = campaign;
  const { format } = campaign.content;
  const [saving, setSaving] = useState<Saving>(SAVED);
  const [meeting, setMeeting] = useState(start.meeting);
  const [kept, setKept] = useState(start.base);
  const [remarks, setRemarks] = useState(campaign.remarks);
  const version = useRef(firstVersion);
  const base = useRef(kept);
  const running = useRef<Promise<void>>(undefined);
  const isBlocks = format === 'blocks';
  const lacking = usePart(desk, (letter) => missingIn(letter, isBlocks).join(' '));
  const missing = lacking === '' ? [] : (lacking.split(' ') as Missing);
  const isSaved = usePart(desk, (letter) => isSame(kept, ableOf(letter, isBlocks, kept)));
  const isAsked = meeting !== undefined && meeting.both.length > 0;

  const settle = useCallback(
    (came: Campaign, to: string) => {
      version.current = to;
      base.current = letterOf(came);
      setKept(base.current);
      setRemarks(came.remarks);
      queries.setQueryData(campaignQuery(id).queryKey, { body: came, version: to });
    },
    [id, queries],
  );

  const meet = useCallback(
    async (mine: Letter) => {
      const { body, version: to } = await versioned(api.campaigns[':id'].$get({ param: { id } }));
      const theirs = letterOf(body);
      const merged = merge(base.current, mine, theirs);
      settle(body, to);
      setMeeting(meetingOf(theirs, merged.theirs, merged.both));
      desk.act({ kind: 'take', letter: merged.letter });
    },
    [id, settle, desk],
  );

  const save = useCallback(
    async (mine: Letter) => {
      setSaving({ kind: 'saving' });
      try {
        const { body, version: to } = await versioned(
          api.campaigns[':id'].$patch(
            { param: { id }, query: { unready: 'keep' }, json: changeOf(mine, format) },
            { headers: { 'if-match': version.current } },
          ),
        );
        settle(body, to);
        setSaving(SAVED);
      } catch (error) {
        if (error instanceof Refused && error.status === 412) {
          setSaving({ kind: 'waiting' });
          await meet(mine).catch((fault: unknown) => setSaving({ kind: 'refused', error: fault }));
        } else setSaving({ kind: 'refused', error });
      }
    },
    [format, id, meet, settle],
  );

  const asked = useRef(isAsked);
  useEffect(() => {
    asked.current = isAsked;
  });
  /** Brings what is still here to the house, one call after another; whether all of it is there. */
  const flush = useCallback(async () => {
    while (running.current) await running.current;
    const able = () => ableOf(desk.now(), isBlocks, base.current);
    const mine = able();
    if (!asked.current && !isSame(base.current, mine)) {
      running.current = save(mine).finally(() => {
        running.current = undefined;
      });
      await running.current;
    }
    return missingIn(desk.now(), isBlocks).length === 0 && isSame(base.current, able());
  }, [desk, isBlocks, save]);

  /** Brings a version back in place of what is here, which becomes one itself once the house has it. */
  const bringBack = useCallback(
    async (number: number) => {
      await flush();
      const mine = ableOf(desk.now(), isBlocks, base.current);
      if (!isSame(base.current, mine))
        throw new Unreached('what is here is not with the house yet');
      const param = { id, number: String(number) };
      try {
        const { body, version: to } = await versioned(
          api.campaigns[':id'].versions[':number'].restore.$post(
            { param },
            { headers: { 'if-match': version.current } },
          ),
        );
        settle(body, to);
        desk.act({ kind: 'take', letter: base.current });
      } catch (error) {
        // Whoever was faster is met first; then one may ask again.
        if (error instanceof Refused && error.status === 412) await meet(mine);
        throw error;
      }
    },
    [desk, flush, id, isBlocks, meet, settle],
  );

  const isHere = !isSaved || missing.length > 0;
  useKeeping(id, desk, isHere ? kept : undefined);

  const isRefused = saving.kind === 'refused';
  useEffect(() => {
    if (isSaved || isAsked) return;
    const again = () => void flush();
    const wait = () => window.setTimeout(again, isRefused ? AGAIN_MS : REST_MS);
    let timer = wait();
    const stop = desk.subscribe(() => {
      window.clearTimeout(timer);
      timer = wait();
    });
    window.addEventListener('online', again);
    return () => {
      stop();
      window.clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [desk, saving, isSaved, isAsked, isRefused, flush]);

  const shown: Saving =
    isSaved && saving.kind !== 'saving'
      ? missing.length > 0
        ? { kind: 'missing', what: missing }
        : SAVED
      : saving.kind === 'saved'
        ? { kind: 'waiting' }
        : saving;
  return {
    saving: shown,
    /** As the house has it: what its remarks speak of. */
    kept,
    remarks,
    meeting,
    endMeeting: () => setMeeting(undefined),
    flush,
    bringBack,
    isHere: isHere || saving.kind === 'saving',
  };
}
