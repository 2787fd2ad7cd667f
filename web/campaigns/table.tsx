import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { CampaignLine } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { State } from './state.tsx';

const COLUMNS = ['sent', 'inLetters', 'clicks', 'retained', 'unsubscribed'] as const;
type Column = (typeof COLUMNS)[number];

/** Roles are written out because a phone shows the rows as cards, which would take them away. */
export function CampaignTable({ campaigns }: { readonly campaigns: readonly CampaignLine[] }) {
  const { t } = useWords();
  return (
    <table role="table" className="campaigns">
      <caption className="hidden">{t('campaigns.title')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t('campaigns.name')}
          </th>
          {COLUMNS.map((column) => (
            <th role="columnheader" scope="col" key={column} className="number">
              {t(`campaigns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {campaigns.map((campaign) => (
          <Row key={campaign.id} campaign={campaign} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ campaign }: { readonly campaign: CampaignLine }) {
  const { t } = useWords();
  const { number } = useHouse();
  const figures = countsOf(campaign);
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <Link to="/campaigns/$id" params={{ id: campaign.id }} search={{}}>
          {campaign.name}
        </Link>
        <p className="campaign-line">
          <State state={campaign.state} />
          <WhenAndWho campaign={campaign} />
        </p>
      </th>
      {COLUMNS.map((column) => {
        const value = figures?.[column];
        return (
          <td
            role="cell"
            key={column}
            className="number"
            data-name={t(`campaigns.${column}`)}
            data-none={value === undefined || undefined}
          >
            {value === undefined ? '' : number(value)}
          </td>
        );
      })}
    </tr>
  );
}

function WhenAndWho({ campaign }: { readonly campaign: CampaignLine }) {
  const { t, language } = useWords();
  const { date } = useHouse();
  const { schedule, changedAt, readers, occurrence } = campaign;
  const when = schedule
    ? t(schedule.timeZone === 'reader' ? 'campaigns.atReaders' : 'campaigns.at', {
        when:
          schedule.timeZone === 'reader'
            ? readersClock(schedule.at, date)
            : date(schedule.startsAt, 'moment'),
      })
    : t('campaigns.changed', { when: date(changedAt, 'moment') });
  return (
    <span className="soft">
      {when} · {readers[language].replace(/\.$/, '')}
      {occurrence && <> · {t('campaigns.ofSeries')}</>}
    </span>
  );
}

/** A wall clock without a zone: every reader has their own. */
export function readersClock(at: string, date: (at: string, shown: 'day') => string): string {
  return `${date(at.slice(0, 10), 'day')}, ${at.slice(11)}`;
}

/** No books yet, or never any of its own. */
const NOT_STARTED: readonly string[] = ['draft', 'scheduled', 'recurring', 'ended'];

function countsOf({ state, figures }: CampaignLine): Readonly<Record<Column, number>> | undefined {
  if (NOT_STARTED.includes(state)) return undefined;
  return {
    sent: figures.accepted,
    inLetters: figures.deliveredInDigests,
    clicks: figures.clicked,
    retained: figures.retained,
    unsubscribed: figures.unsubscribed,
  };
}
