import { useQuery } from '@tanstack/react-query';
import type { Campaign } from '../api/shapes.ts';
import { Said, Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { Regularly } from './regularly.tsx';
import { seriesQuery } from './series-query.ts';

/** The rhythm a letter has, to be changed; or to begin anew. */
export function Again({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useWords();
  const { data, error } = useQuery(seriesQuery(campaign.id));
  if (error) return <Said error={error} />;
  if (!data) return <Waiting />;
  return (
    <section className="sheet stack plan" aria-labelledby="plan">
      <h2 id="plan">{t('series.title')}</h2>
      <Regularly campaign={campaign} {...(data.series && { series: data.series })} />
    </section>
  );
}
