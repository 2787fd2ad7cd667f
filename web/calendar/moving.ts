import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { brandQuery } from '../api/queries.ts';
import { useTell } from '../shell/told.tsx';
import { useWords } from '../words/speak.tsx';
import type { Arriving } from './arriving.ts';
import type { Entry } from './calendar-query.ts';

const one = api.campaigns[':id'];
type Hour = Pick<Entry['schedule'], 'at' | 'timeZone'>;
type Wish = {
  readonly id: string;
  readonly to: Hour;
  readonly back: Hour;
  readonly expect?: number;
};

/** Neither at the new hour nor back at the old one: it waits as a draft for somebody to plan it. */
export class IsDraftNow extends Error {}

const plan = (id: string, { at, timeZone }: Hour, expect: number | undefined) =>
  bodyOf(
    one.schedule.$post({
      param: { id },
      json: { at, timeZone, ...(expect !== undefined && { expect }) },
    }),
  );

/** Off the agenda and on again. What cannot stand at its new hour goes back to its old one. */
async function move({ id, to, back, expect }: Wish) {
  await bodyOf(one.unschedule.$post({ param: { id } }));
  try {
    return await plan(id, to, expect);
  } catch (fault) {
    await plan(id, back, expect).catch((cause: unknown) => {
      throw new IsDraftNow('not planned any more', { cause });
    });
    throw fault;
  }
}

/** Moves a campaign, says so, and lets it be taken back. */
export function useMove(
  entry: Entry,
  {
    onMoved,
    onClose,
  }: { readonly onMoved: (moved: Arriving) => void; readonly onClose: () => void },
) {
  const { t } = useWords();
  const { date } = useHouse();
  const tell = useTell();
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all(
      ['calendar', 'campaigns'].map((name) => queries.invalidateQueries({ queryKey: [name] })),
    );
  const said = ({ at }: Hour) =>
    t('calendar.moved', {
      name: entry.name,
      day: date(at.slice(0, 10), 'weekday'),
      hour: at.slice(11),
    });
  return useMutation({
    mutationFn: (wish: Omit<Wish, 'id' | 'back'>) =>
      move({ id: entry.id, back: entry.schedule, ...wish }),
    onSuccess: (campaign, { to, expect }) => {
      onClose();
      onMoved({ id: entry.id, at: to.at });
      if (campaign.state !== 'scheduled') return tell(t('calendar.waitsForSecond'));
      const undo = async () => {
        const wish = {
          id: entry.id,
          to: entry.schedule,
          back: to,
          ...(expect !== undefined && { expect }),
        };
        await move(wish).then(
          () => {
            onMoved({ id: entry.id, at: entry.schedule.at });
            tell(said(entry.schedule));
          },
          () => tell(t('calendar.notUndone')),
        );
        await refresh();
      };
      tell(said(to), { name: t('calendar.undo'), run: () => void undo() });
    },
    onSettled: refresh,
  });
}

/** What the house asks for before it sends to so many: their number typed, or a second person. */
export function useLookTwice(entry: Entry) {
  const brand = useQuery(brandQuery);
  const large = brand.data?.body.largeSend;
  // The forecast may be of a sample; near the limit the number itself is asked for.
  const isNear = large !== undefined && (entry.forecast?.candidates ?? 0) > large.readers * NEAR;
  const counted = useQuery({
    queryKey: ['campaigns', entry.id, 'count'],
    queryFn: () => bodyOf(one['dry-run'].$post({ param: { id: entry.id }, query: {} })),
    enabled: isNear,
  });
  const [typed, setTyped] = useState('');
  const readers = counted.data?.candidates ?? 0;
  const isLarge = large !== undefined && readers > large.readers;
  const needs = isLarge ? large.needs : undefined;
  return {
    isKnown: large !== undefined && (!isNear || counted.data !== undefined),
    needs,
    readers,
    typed,
    setTyped,
    isDone: needs !== 'number' || Number(typed.replaceAll(/\D/g, '')) === readers,
    expect: needs === 'number' ? readers : undefined,
    error: brand.error ?? counted.error,
  };
}
const NEAR = 0.8;
