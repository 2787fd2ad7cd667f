import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useHouse } from '../api/house.ts';
import { dryRunQuery } from '../api/queries.ts';
import type { Campaign, DryRun } from '../api/shapes.ts';
import { Acts } from '../campaigns/acts.tsx';
import { useFollowed } from '../campaigns/follow.ts';
import { LastMinutes } from '../campaigns/last-minutes.tsx';
import { Standing } from '../campaigns/standing.tsx';
import { State } from '../campaigns/state.tsx';
import { shownName } from '../people/field-name.ts';
import { Page } from '../shell/page.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { shareIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { withWords } from '../words/words.ts';
import { Asked } from './asked.tsx';
import { Before } from './before.tsx';
import { Hours } from './hours.tsx';
import { Lacking } from './lacking.tsx';
import { Plan } from './plan.tsx';
import { SecondLook } from './second-look.tsx';
import { Sentence } from './sentence.tsx';
import { Unnamed } from './unnamed.tsx';
import './choose-when.css';

const ReachChart = lazy(() =>
  import('./reach-chart.tsx').then((one) => ({ default: one.ReachChart })),
);

/** Before it leaves: who gets it now, who in their letter, who not, and then the hour. */
export function When() {
  const { t } = useWords();
  const { id } = useParams({ from: '/inside/campaigns/$id/when' });
  const { campaign } = useFollowed(id);
  const run = useQuery({ ...dryRunQuery(id), staleTime: 0 });
  return (
    <Page
      title={campaign.name}
      part={t('act.when')}
      above={
        <Link to="/campaigns/$id" params={{ id }} search={{}}>
          {t('when.back')}
        </Link>
      }
      lead={
        <>
          <State state={campaign.state} /> <Standing campaign={campaign} />
        </>
      }
      acts={<Acts campaign={campaign} here="when" />}
    >
      <LastMinutes campaign={campaign} />
      {run.error && <Said error={run.error} />}
      {run.isPending && <Waiting />}
      {run.data && <Rehearsed run={run.data} campaign={campaign} />}
    </Page>
  );
}

/** Only what leaves again and again fetches what that takes. */
const Again = lazy(() =>
  withWords('series', import('../series/again.tsx')).then((room) => ({ default: room.Again })),
);

function Rehearsed({ run, campaign }: { readonly run: DryRun; readonly campaign: Campaign }) {
  const { may } = useHouse();
  const isCopied = campaign.state === 'recurring' || campaign.state === 'ended';
  const { t } = useWords();
  return (
    <>
      <Unnamed />
      {campaign.state === 'draft' && <p className="soft">{t('when.ifNow')}</p>}
      <Sentence run={run} />
      <Before before={run.before} />
      <EmptyFields run={run} />
      {run.reach.length > 0 && <Reach run={run} />}
      <SecondLook campaign={campaign} />
      {campaign.state === 'scheduled' && <Hours run={run} />}
      {campaign.asked && <Asked campaign={campaign} />}
      {campaign.state === 'draft' && !campaign.asked && may('campaigns:send') && (
        <Plan campaign={campaign} run={run} />
      )}
      {isCopied && !campaign.asked && may('campaigns:send') && <Again campaign={campaign} />}
      {campaign.state === 'draft' && !may('campaigns:send') && (
        <p className="soft">{t('when.mayNot')}</p>
      )}
    </>
  );
}

/** How many would read a gap where a name or a field should stand. */
function EmptyFields({ run }: { readonly run: DryRun }) {
  const { t, named } = useWords();
  const fields = Object.entries(run.emptyFields).filter(([, count]) => count > 0);
  if (fields.length === 0) return null;
  return (
    <ul className="plain gaps">
      {fields.map(([field, count]) => (
        <li key={field}>
          {t('when.gap', { field: shownName({ named }, field), count })}
          <Lacking run={run} field={field} />
        </li>
      ))}
    </ul>
  );
}

/** How its reach grows, day by day, because each reads at their own pace. */
function Reach({ run }: { readonly run: DryRun }) {
  const { t, ...words } = useWords();
  const { date } = useHouse();
  const [first] = run.reach;
  const last = run.reach.at(-1)!;
  return (
    <section className="stack" aria-labelledby="reach">
      <h2 id="reach">{t('reach.title')}</h2>
      <p className="sentence">
        {t('reach.sentence', {
          first: shareIn(words, first!.share),
          firstDay: date(first!.at, 'weekday'),
          last: shareIn(words, last.share),
          lastDay: date(last.at, 'day'),
          never: run.drop,
          days: run.reach.length,
        })}
      </p>
      {run.reach.length > 1 && (
        <Suspense fallback={<div className="chart" />}>
          <ReachChart reach={run.reach} />
        </Suspense>
      )}
      <details>
        <summary>{t('reach.table')}</summary>
        <table className="reasons">
          <thead>
            <tr>
              <th scope="col">{t('reach.day')}</th>
              <th scope="col" className="number">
                {t('reach.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {run.reach.map(({ at, share }) => (
              <tr key={at}>
                <th scope="row">{date(at, 'day')}</th>
                <td className="number">{shareIn(words, share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
