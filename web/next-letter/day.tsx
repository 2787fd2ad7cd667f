import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { brandQuery, dayQuery } from '../api/queries.ts';
import type { LetterDay } from '../api/shapes.ts';
import { useTell } from '../shell/told.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { Cover } from './cover.tsx';
import { Items } from './items.tsx';
import { Joining } from './joining.tsx';
import { Mixes } from './mixes.tsx';
import { ReadDayAs } from './read-day-as.tsx';
import { useChangeDay } from './change-day.ts';

/** The letters of one day: what is in them, in which order, for how many, and the house's yes. */
export function Day({ id }: { readonly id: string }) {
  const { data, error, isPending } = useQuery(dayQuery(id));
  const change = useChangeDay(id, data?.version ?? '*');
  if (isPending) return <Waiting />;
  if (error) return <Said error={error} />;
  const day = data.body;
  return (
    <>
      <Head day={day} />
      {change.error && (
        <div role="alert">
          <Said error={change.error} />
        </div>
      )}
      {day.items.length > 0 && (
        <>
          <Items day={day} onChange={change.mutate} isBusy={change.isPending} />
          <Joining day={day} />
          <Cover day={day} onChange={change.mutate} isBusy={change.isPending} />
          <Mixes day={day} />
          <ReadDayAs id={id} />
        </>
      )}
      {day.items.length === 0 && <Joining day={day} />}
    </>
  );
}

function Head({ day }: { readonly day: LetterDay }) {
  const { t } = useWords();
  const { date } = useHouse();
  const readers = day.mixes.reduce((sum, mix) => sum + mix.readers, 0);
  const args = { readers, mixes: day.mixes.length, day: date(day.id, 'weekday') };
  const isAhead = day.state === 'open' || day.state === 'frozen';
  return (
    <section className="stack" aria-label={date(day.id, 'day')}>
      <p className="verdict-sentence">
        {isAhead ? t('day.sentence', args) : t(`day.${day.state as 'sent'}`, args)}
      </p>
      {day.missed > 0 && <p className="soft">{t('day.missed', { count: day.missed })}</p>}
      <div className="row">
        {isAhead && (
          <span className="soft">
            {t(day.state === 'open' ? 'day.freezes' : 'day.frozen', {
              when: date(day.frozenAt, 'moment'),
            })}
          </span>
        )}
        <Approval day={day} readers={readers} />
      </div>
    </section>
  );
}

/** Somebody has read it. Where the house wants that, nothing leaves without. */
function Approval({ day, readers }: { readonly day: LetterDay; readonly readers: number }) {
  const { t } = useWords();
  const { date, may } = useHouse();
  const tell = useTell();
  const queries = useQueryClient();
  const { data: settings } = useQuery(brandQuery);
  const approve = useMutation({
    mutationFn: () => bodyOf(api.digests[':id'].approve.$post({ param: { id: day.id } })),
    onSuccess: () => {
      tell(t('day.approvedNow'));
      return queries.invalidateQueries({ queryKey: ['digests'] });
    },
  });
  const waits = ['not-approved', 'late', 'complaints'].includes(day.state);
  if (day.approvedAt !== null && !waits)
    return (
      <span className="state" data-tone="good">
        {t('day.approved', { when: date(day.approvedAt, 'moment') })}
      </span>
    );
  if (day.state === 'sent' || day.state === 'sending' || day.state === 'blocked') return null;
  if (readers === 0 && !waits) return null;
  return (
    <>
      {settings?.body.lettersNeedApproval && <span className="soft">{t('day.needsApproval')}</span>}
      {may('campaigns:send') && (
        <Button loading={approve.isPending} onClick={() => approve.mutate()}>
          {t('day.approve')}
        </Button>
      )}
      {approve.error && <Said error={approve.error} />}
    </>
  );
}
