import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { State } from '../campaigns/state.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { seriesQuery, type Series, type SeriesDate } from './series-query.ts';

const SHOWN = 6;

/** The next dates: each can be read, changed or skipped before it leaves. */
export function Dates({ id, series }: { readonly id: string; readonly series: Series }) {
  const { t } = useWords();
  const { date, may } = useHouse();
  const act = useSkip(id);
  if (series.next.length === 0) return <p className="soft">{t('series.noDates')}</p>;
  return (
    <section className="stack" aria-labelledby="series-dates">
      <h3 id="series-dates">{t('series.dates')}</h3>
      <ul className="plain series-dates">
        {series.next.slice(0, SHOWN).map((one) => {
          const day = date(one.date, 'weekday');
          return (
            <li key={one.date} data-skipped={one.skipped || undefined}>
              <time dateTime={one.date}>{day}</time>
              <Stands one={one} day={day} />
              {may('campaigns:send') && (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={act.isPending && act.variables.date === one.date}
                  aria-label={t(one.skipped ? 'series.keepOne' : 'series.skipOne', { day })}
                  onClick={() => act.mutate({ date: one.date, isSkipped: one.skipped, day })}
                >
                  {t(one.skipped ? 'series.keep' : 'series.skip')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {act.error && (
        <div role="alert">
          <Said error={act.error} />
        </div>
      )}
    </section>
  );
}

function Stands({ one, day }: { readonly one: SeriesDate; readonly day: string }) {
  const { t, named } = useWords();
  const { campaign, skipped } = one;
  if (skipped)
    return (
      <span className="state" data-tone="quiet">
        {t('series.skipped')}
      </span>
    );
  if (!campaign) return <span className="soft small">{t('series.notMade')}</span>;
  return (
    <span className="small series-stands">
      <State state={campaign.state} />
      {campaign.waits && <span className="soft">{named('waits', campaign.waits)}</span>}
      <Link
        to="/campaigns/$id"
        params={{ id: campaign.id }}
        search={{}}
        aria-label={t('series.openOne', { day })}
      >
        {t('series.open')}
      </Link>
    </span>
  );
}

function useSkip(id: string) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const { repeat } = api.campaigns[':id'];
  return useMutation({
    mutationFn: ({ date, isSkipped }: { date: string; isSkipped: boolean; day: string }) =>
      isSkipped
        ? bodyOf(repeat.keep.$post({ param: { id }, json: { date } }))
        : bodyOf(repeat.skip.$post({ param: { id }, json: { date } })),
    onSuccess: (_, { isSkipped, day }) => {
      tell(t(isSkipped ? 'series.keepDone' : 'series.skipDone', { day }));
      void queries.invalidateQueries({ queryKey: ['calendar'] });
      return queries.invalidateQueries({ queryKey: seriesQuery(id).queryKey.slice(0, 1) });
    },
  });
}
