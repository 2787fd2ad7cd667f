import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useHouse } from '../api/house.ts';
import { brandQuery, myselfQuery, testsQuery, topicsQuery } from '../api/queries.ts';
import type { CampaignLine } from '../api/shapes.ts';
import { ButtonLink } from '../shell/button-link.tsx';
import { useWords } from '../words/speak.tsx';
import { FirstHouse } from './first-house.tsx';
import { FirstReader } from './first-reader.tsx';
import { FirstSend, FirstWhole } from './first-send.tsx';
import { FirstTopic } from './first-topic.tsx';

/** From an empty house to a first letter to oneself, in five steps; each says when it is done. */
export function FirstSteps({ campaigns }: { readonly campaigns: readonly CampaignLine[] }) {
  const { t } = useWords();
  const { me } = useHouse();
  const { data: brand } = useQuery(brandQuery);
  const { data: topics } = useQuery(topicsQuery);
  const { data: myself } = useQuery(myselfQuery(me.email));
  const { data: tests } = useQuery(testsQuery(me.id));
  if (!brand || !topics || !tests || myself === undefined) return null;
  const [draft] = campaigns;
  const done = [
    me.brand.notSaidYet.length === 0,
    topics.items.length > 0,
    myself !== null && myself.state === 'active',
    draft !== undefined,
    tests.length > 0 || campaigns.some(({ state }) => state !== 'draft'),
  ];
  const next = done.indexOf(false);
  const bodies: readonly ReactNode[] = [
    <FirstHouse key="house" brand={brand} />,
    <FirstTopic key="topic" />,
    <FirstReader key="reader" person={myself} />,
    <div key="write">
      <ButtonLink to="/campaigns/new">{t('first.write.go')}</ButtonLink>
    </div>,
    draft && <FirstSend key="send" draft={draft} />,
  ];
  return (
    <section className="sheet stack" aria-labelledby="first">
      <h2 id="first">{t('first.title')}</h2>
      <p className="soft">{t('first.lead')}</p>
      <ol className="plain steps">
        {(['house', 'topic', 'reader', 'write', 'send'] as const).map((step, at) => (
          <li key={step} data-done={done[at] || undefined}>
            <div className="stack">
              <h3>
                {t(`first.${step}`)}
                {done[at] && <span className="hidden"> ({t('first.done')})</span>}
              </h3>
              {at === next && bodies[at]}
            </div>
          </li>
        ))}
      </ol>
      {next === -1 && draft && <FirstWhole draft={draft} />}
    </section>
  );
}
