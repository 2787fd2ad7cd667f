import { useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useHouse } from '../api/house.ts';
import { campaignsQuery, dayQuery, lettersQuery, todayQuery, topicsQuery } from '../api/queries.ts';
import type { CampaignLine } from '../api/shapes.ts';
import { State } from '../campaigns/state.tsx';
import { Page } from '../shell/page.tsx';
import { useWords } from '../words/speak.tsx';
import { FirstSteps } from './first-steps.tsx';
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
      <Leaving />
      <Waits campaigns={campaigns} />
      <Coming />
    </Page>
  );
}

function Leaving() {
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
        {campaigns.map(({ id, name, state, schedule, forecast }) => (
          <li key={id}>
            <Link to="/campaigns/$id" params={{ id }} search={{}} className="today-name">
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
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** What stands still until somebody of the house does something. */
function Waits({ campaigns }: { readonly campaigns: readonly CampaignLine[] }) {
  const { t } = useWords();
  const { date, may } = useHouse();
  const asked = campaigns.filter(({ asked: one }) => one !== null);
  const halted = campaigns.filter(({ state }) => state === 'paused' || state === 'blocked');
  const drafts = campaigns
    .filter(({ state, asked: one }) => state === 'draft' && one === null)
    .toSorted((one, other) => (one.changedAt < other.changedAt ? 1 : -1))
    .slice(0, DRAFTS_SHOWN);
  if (asked.length + halted.length + drafts.length === 0) return null;
  return (
    <Part title={t('today.waits')}>
      <ul className="plain today-list">
        {asked.map((one) => (
          <Waiting key={one.id} campaign={one} to="when">
            {t('today.asked', { name: one.asked?.by.name ?? '' })}
          </Waiting>
        ))}
        {halted.map((one) => (
          <Waiting key={one.id} campaign={one}>
            <State state={one.state} />
          </Waiting>
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

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="stack">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
