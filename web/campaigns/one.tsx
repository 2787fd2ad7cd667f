import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useHouse } from '../api/house.ts';
import { Page } from '../shell/page.tsx';
import { Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { withWords } from '../words/words.ts';
import { Acts } from './acts.tsx';
import { Books, Progress } from './books.tsx';
import { Asked } from '../choose-when/asked.tsx';
import { useFollowed } from './follow.ts';
import { LastMinutes } from './last-minutes.tsx';
import { Letter } from './letter.tsx';
import { Log } from './log.tsx';
import { Since } from './since.tsx';
import { Standing } from './standing.tsx';
import { State } from './state.tsx';
import './campaigns.css';
import './one.css';

/** Only what leaves again and again fetches what that takes. */
const SeriesOf = lazy(() =>
  withWords('series', import('../series/series.tsx')).then((room) => ({ default: room.SeriesOf })),
);

/** One campaign: where it stands, what became of it, and each reader's line. */
export function OneCampaign() {
  const { t } = useWords();
  const { may } = useHouse();
  const { id } = useParams({ from: '/inside/campaigns/$id' });
  const { campaign, lookAgain } = useFollowed(id);
  const isCopied = campaign.state === 'recurring' || campaign.state === 'ended';
  const hasStarted = !isCopied && campaign.state !== 'draft' && campaign.state !== 'scheduled';
  return (
    <Page
      title={campaign.name}
      above={
        <Link to="/campaigns" search={{}}>
          {t('campaigns.title')}
        </Link>
      }
      lead={
        <>
          <State state={campaign.state} /> <Standing campaign={campaign} />
        </>
      }
      acts={<Acts campaign={campaign} />}
    >
      <LastMinutes campaign={campaign} />
      {hasStarted ? (
        <>
          <Progress campaign={campaign} />
          <Books figures={campaign.figures} />
          <Since figures={campaign.figures} />
          <Letter campaign={campaign} isFolded />
          {may('people:read') && <Log id={id} lookAgain={lookAgain} />}
        </>
      ) : (
        <>
          {!isCopied && <Asked campaign={campaign} />}
          {isCopied && (
            <Suspense fallback={<Waiting />}>
              <SeriesOf campaign={campaign} />
            </Suspense>
          )}
          <Letter campaign={campaign} isFolded={false} />
        </>
      )}
    </Page>
  );
}
