import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import type { Campaign } from '../api/shapes.ts';
import { CampaignTable } from '../campaigns/table.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { Dates } from './dates.tsx';
import { rhythmSaid } from './said.ts';
import { lettersOfQuery, seriesQuery } from './series-query.ts';
import './series.css';

/** A letter that leaves again and again: how, on which dates next, and what has left of it. */
export function SeriesOf({ campaign }: { readonly campaign: Campaign }) {
  const words = useWords();
  const { t } = words;
  const { date, may } = useHouse();
  const { data, error } = useQuery(seriesQuery(campaign.id));
  if (error) return <Said error={error} />;
  if (!data) return <Waiting />;
  const { series, asked } = data;
  return (
    <>
      {asked && (
        <p className="verdict" data-decision="hold">
          {t('series.asked', { rhythm: rhythmSaid(words, asked.rhythm, date) })}
        </p>
      )}
      {series && (
        <section className="sheet stack" aria-labelledby="series">
          <h2 id="series">{t('series.title')}</h2>
          <p className="sentence">{rhythmSaid(words, series.rhythm, date)}.</p>
          {series.endedAt !== null && (
            <p className="soft">{t('series.ended', { day: date(series.endedAt, 'day') })}</p>
          )}
          {series.missed > 0 && (
            <p className="soft">{t('series.missed', { count: series.missed })}</p>
          )}
          {series.endedAt === null && (
            <>
              <Dates id={campaign.id} series={series} />
              {may('campaigns:write') && <p className="soft">{t('series.editAll')}</p>}
              {may('campaigns:send') && <End id={campaign.id} />}
            </>
          )}
        </section>
      )}
      <Letters id={campaign.id} />
    </>
  );
}

function Letters({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { data } = useQuery(lettersOfQuery(id));
  if (!data || data.items.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="series-letters">
      <h2 id="series-letters">{t('series.letters')}</h2>
      <CampaignTable campaigns={data.items} />
    </section>
  );
}

function End({ id }: { readonly id: string }) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const end = useMutation({
    mutationFn: () => bodyOf(api.campaigns[':id'].repeat.end.$post({ param: { id } })),
    onSuccess: () => {
      setAsking(false);
      tell(t('series.end.done'));
      return queries.invalidateQueries({ queryKey: ['campaigns'] });
    },
  });
  return (
    <div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('series.end')}
      </Button>
      {isAsking && (
        <Sheet title={t('series.end.ask')} onClose={() => setAsking(false)}>
          <p>{t('series.end.means')}</p>
          <div className="row">
            <Button color="bad" loading={end.isPending} onClick={() => end.mutate()}>
              {t('series.end')}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('act.keep')}
            </Button>
          </div>
          {end.error && <Said error={end.error} />}
        </Sheet>
      )}
    </div>
  );
}
