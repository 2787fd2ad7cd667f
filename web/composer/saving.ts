import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, Refused, Unreached, versioned } from '../api/client.ts';
import { campaignQuery } from '../api/queries.ts';
import type { Campaign } from '../api/shapes.ts';
import type { DeskLetter } from './desk-letter.ts';
import { meetingOf, useKeeping, type Start } from './kept.ts';
import {
  changeOf,
  differing,
  isSame,
  letterOf,
  missingIn,
  withoutMissing,
  type Letter,
} from './letter.ts';
import { beforeUs, merge } from './merge.ts';
import { usePart } from './use-letter.ts';

/** A pause in the typing this long, and it is saved. */
const REST_MS = 800;
/** And whoever makes none is saved as often. */
const MOST_MS = 10_000;
const AGAIN_MS = 5_000;
/** An answer that is not there by then does not come: the line was cut, or the lid was closed. */
const ANSWER_MS = 20_000;

export type Saving =
  | { readonly kind: 'saved' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  /** All is saved but what cannot be empty. */
  | { readonly kind: 'missing'; readonly what: Missing }
  | { readonly kind: 'refused'; readonly error: unknown };

const SAVED: Saving = { kind: 'saved' };
/** As many sent letters are known again when an answer is lost on the way. */
const SENT_MOST = 3;
type Missing = ReturnType<typeof missingIn>;

/** Of what must not be empty the house keeps what it had. */
const ableOf = (letter: Letter, isBlocks: boolean, kept: Letter) =>
  withoutMissing(letter, missingIn(letter, isBlocks), kept);

const inTime = () => ({ signal: AbortSignal.timeout(ANSWER_MS) });
const union = (some: readonly string[] = [], more: readonly string[]) => [
  ...new Set([...some, ...more]),
];
const withPlaces = (letter: Letter, from: Letter, places: readonly string[]): Letter => ({
  ...letter,
  ...Object.fromEntries(places.map((place) => [place, from[place] ?? ''])),
});

/**
 * Saves by itself, made to the version that was read, finished or not. When somebody else was
 * faster, both texts are joined; where both wrote in one place nothing is saved until whoever sits
 * here has chosen.
 */
export function useSaving(
  { campaign, version: seen }: { readonly campaign: Campaign; readonly version: string },
  start: Start,
  desk: DeskLetter,
  /** Somebody may have sent it meanwhile. */
  isOpen: boolean,
) {
  const queries = useQueryClient();
  const { id } = campaign;
  const { format } = campaign.content;
  const [saving, setSaving] = useState<Saving>(SAVED);
  const [meeting, setMeeting] = useState(start.meeting);
  const [kept, setKept] = useState(start.base);
  const [remarks, setRemarks] = useState(campaign.remarks);
  const version = useRef(seen);
  const base = useRef(kept);
  /** Sent, and no answer came: the house may have it. */
  const sent = useRef<readonly Letter[]>([]);
  const sentNow = useCallback(() => sent.current, []);
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
      sent.current = [];
      setKept(base.current);
      setRemarks(came.remarks);
      queries.setQueryData(campaignQuery(id).queryKey, { body: came, version: to });
    },
    [id, queries],
  );

  const meet = useCallback(async () => {
    const { body, version: to } = await versioned(
      api.campaigns[':id'].$get({ param: { id } }, { init: inTime() }),
    );
    const theirs = letterOf(body);
    // With what was written while the house was asked.
    const before = beforeUs(base.current, sent.current, theirs);
    const met = meetingOf(before, theirs, merge(before, desk.now(), theirs));
    settle(body, to);
    setMeeting((last) => (met ? { ...met, taken: union(last?.taken, met.taken) } : last));
    desk.act({ kind: 'join', base: before, theirs });
  }, [id, settle, desk]);

  const save = useCallback(
    async (mine: Letter) => {
      setSaving({ kind: 'saving' });
      try {
        const change = changeOf(mine, format);
        sent.current = [...sent.current, mine].slice(-SENT_MOST);
        const { body, version: to } = await versioned(
          api.campaigns[':id'].$patch(
            { param: { id }, query: { unready: 'keep' }, json: change },
            { headers: { 'if-match': version.current }, init: inTime() },
          ),
        );
        settle(body, to);
        const otherwise = differing(mine, base.current);
        if (otherwise.length > 0)
          desk.act({ kind: 'join', base: mine, theirs: withPlaces(mine, base.current, otherwise) });
        setSaving(SAVED);
      } catch (error) {
        if (error instanceof Refused) sent.current = sent.current.filter((one) => one !== mine);
        if (error instanceof Refused && error.status === 412) {
          setSaving({ kind: 'waiting' });
          await meet().catch((fault: unknown) => setSaving({ kind: 'refused', error: fault }));
        } else setSaving({ kind: 'refused', error });
      }
    },
    [desk, format, id, meet, settle],
  );

  const asked = useRef(isAsked);
  useEffect(() => {
    asked.current = isAsked;
  });
  // A look at the house found that somebody else saved: whoever only reads here sees it, too.
  useEffect(() => {
    if (seen === version.current || running.current || asked.current) return;
    running.current = meet()
      .catch(() => undefined)
      .finally(() => {
        running.current = undefined;
      });
  }, [seen, meet]);
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
        if (error instanceof Refused && error.status === 412) await meet();
        throw error;
      }
    },
    [desk, flush, id, isBlocks, meet, settle],
  );

  const isHere = !isSaved || missing.length > 0;
  // What nobody has chosen yet is asked again when the page is opened anew.
  useKeeping(
    id,
    desk,
    isHere ? (isAsked ? meeting.before : kept) : undefined,
    sentNow,
    start.names,
  );

  const waitsMs =
    saving.kind !== 'refused' ? REST_MS : saving.error instanceof Refused ? undefined : AGAIN_MS;
  useEffect(() => {
    if (isSaved || isAsked || !isOpen) return;
    const again = () => void flush();
    const until = performance.now() + MOST_MS;
    let timer = window.setTimeout(again, waitsMs ?? AGAIN_MS);
    const stop = desk.subscribe(() => {
      window.clearTimeout(timer);
      const left = Math.max(until - performance.now(), 0);
      // What the house refused may have been mended by this very key.
      timer = window.setTimeout(again, waitsMs === AGAIN_MS ? AGAIN_MS : Math.min(REST_MS, left));
    });
    window.addEventListener('online', again);
    return () => {
      stop();
      window.clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [desk, saving, isSaved, isAsked, isOpen, waitsMs, flush]);

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
