import { useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useHouse } from '../api/house.ts';
import {
  campaignsQuery,
  dayQuery,
  lettersQuery,
  reportQuery,
  todayQuery,
  topicsQuery,
} from '../api/queries.ts';
import type { CampaignLine } from '../api/shapes.ts';
import { State } from '../campaigns/state.tsx';
import { Page } from '../shell/page.tsx';
import { useWords } from '../words/speak.tsx';
import { File } from './file.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Health } from './health.tsx';
import { Part } from './part.tsx';
import { Still } from './still.tsx';
import { Week } from './week.tsx';
import './today.css';

const DRAFTS_SHOWN = 4;

/** What leaves today and who looked at it; what waits for somebody. No wall of figures. */
export function Today() {
  const { t } = useWords();
  const { me, date } = useHouse();
  const { data } = useSuspenseInfiniteQuery(campaignsQuery());
  const { data: topics } = useSuspenseQuery(topicsQuery);
  const campaigns = data.pages.flatMap(({ items }) => items);
  const isNew = topics.items.length === 0 || campaigns.every(({ state }) => state === 'draft');
  return (
    <Page title={t('today.title')} lead={date(me.now, 'weekday')}>
      {isNew && me.scopes.includes('settings:write') && <FirstSteps campaigns={campaigns} />}
      <Leaving campaigns={campaigns} />
      <Waits campaigns={campaigns} />
      <Coming />
      {!isNew && <House />}
    </Page>
  );
}

/** What the house measured of itself; nothing that it did not. */
function House() {
  const { data: report } = useQuery(reportQuery);
  if (!report) return null;
  return (
    <>
      <Week report={report} />
      <Health report={report} />
      <File file={report.file} />
    </>
  );
}

type Campaigns = { readonly campaigns: readonly CampaignLine[] };

function Leaving({ campaigns: known }: Campaigns) {
  const { t } = useWords();
  const { date, number } = useHouse();
  const { data } = useQuery(todayQuery);
  const [day] = data?.days ?? [];
  if (!day) return null;
  const { campaigns, letters } = day;
  return (
    <Part title={t('today.leaving')}>
      {campaigns.length === 0 && letters === 0 && <p className="soft">{t('today.nothing')}</p>}
      {letters > 0 && (
        <p>
          <Link to="/letters" search={{ day: day.date }}>
            {t('today.letters', { count: letters })}
          </Link>
        </p>
      )}
      <ul className="plain today-list">
        {campaigns.map(({ id, name, state, schedule, forecast, occurrence }) => (
          <li key={id}>
            <Link
              to="/campaigns/$id"
              // What is being made anew is looked at where it comes from.
              params={{ id: occurrence?.isMade === false ? occurrence.series : id }}
              search={{}}
              className="today-name"
            >
              {name}
            </Link>
            <span className="small">
              <State state={state} />{' '}
              <span className="soft">
                {date(schedule.startsAt, 'hour')}
                {forecast && (
                  <>
                    {' '}
                    ·{' '}
                    {t('today.forecast', {
                      send: number(forecast.send),
                      later: number(forecast.digest + forecast.hold),
                    })}
                  </>
                )}
                <Eyes campaign={known.find((one) => one.id === id)} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Who looked at it before it was put on the agenda. */
function Eyes({ campaign }: { readonly campaign: CampaignLine | undefined }) {
  const { t } = useWords();
  if (!campaign?.checked) return null;
  const { by, second } = campaign.checked;
  const names = [by, second].flatMap((one) => (one ? [one.name] : [])).join(', ');
  return <> · {t('today.checked', { names })}</>;
}

/** What stands still until somebody of the house does something. */
function Waits({ campaigns }: Campaigns) {
  const { t, named } = useWords();
  const { date, may } = useHouse();
  const asked = campaigns.filter(({ asked: one }) => one !== null);
  const { data: report } = useQuery(reportQuery);
  const still = report?.still ?? [];
  const ofSeries = campaigns.filter(({ occurrence, asked: one }) => occurrence?.waits && !one);
  const drafts = campaigns
    .filter(({ state, asked: one, occurrence }) => state === 'draft' && !one && !occurrence?.waits)
    .toSorted((one, other) => (one.changedAt < other.changedAt ? 1 : -1))
    .slice(0, DRAFTS_SHOWN);
  if (asked.length + ofSeries.length + still.length + drafts.length === 0) return null;
  return (
    <Part title={t('today.waits')}>
      <ul className="plain today-list">
        {asked.map((one) => (
          <Waiting key={one.id} campaign={one} to="when">
            {t('today.asked', { name: one.asked?.by.name ?? '' })}
          </Waiting>
        ))}
        {ofSeries.map((one) => (
          <Waiting key={one.id} campaign={one} to="when">
            {named('waits', one.occurrence?.waits ?? '')}
          </Waiting>
        ))}
        {still.map((line) => (
          <Still key={line.id} line={line} />
        ))}
        {drafts.map((one) => (
          <Waiting key={one.id} campaign={one} {...(may('campaigns:write') && { to: 'write' })}>
            {t('today.draft', { when: date(one.changedAt, 'moment') })}
          </Waiting>
        ))}
      </ul>
    </Part>
  );
}

function Waiting(props: {
  readonly campaign: CampaignLine;
  readonly to?: 'when' | 'write';
  readonly children: ReactNode;
}) {
  const { campaign, to } = props;
  const params = { id: campaign.id };
  return (
    <li>
      {to === undefined ? (
        <Link to="/campaigns/$id" params={params} search={{}} className="today-name">
          {campaign.name}
        </Link>
      ) : (
        <Link to={`/campaigns/$id/${to}`} params={params} className="today-name">
          {campaign.name}
        </Link>
      )}
      <span className="soft small">{props.children}</span>
    </li>
  );
}

/** The next day of letters, and whether somebody has looked at it. */
function Coming() {
  const { t } = useWords();
  const { date } = useHouse();
  const { data } = useQuery(lettersQuery);
  const next = data?.coming[0]?.id;
  const { data: found } = useQuery({ ...dayQuery(next ?? ''), enabled: next !== undefined });
  if (!found) return null;
  const day = found.body;
  const readers = day.mixes.reduce((sum, mix) => sum + mix.readers, 0);
  return (
    <Part title={t('today.nextLetter')}>
      <p className="sentence">
        {t('day.sentence', { day: date(day.id, 'weekday'), readers, mixes: day.mixes.length })}{' '}
        {readers > 0 && (
          <Link to="/letters">{t(day.approvedAt ? 'today.look' : 'today.review')}</Link>
        )}
      </p>
    </Part>
  );
}
