import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { Campaign } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { readersClock } from './table.tsx';

/** Where it stands, as one would say it. */
export function Standing({ campaign }: { readonly campaign: Campaign }) {
  const { t, named, language } = useWords();
  const { date, number } = useHouse();
  const { state, first, schedule, finishedAt, because, readers, checked, occurrence } = campaign;
  const eyes = [checked?.by, checked?.second].flatMap((one) => (one ? [one.name] : []));
  const who = readers[language].replace(/\.$/, '');
  const atReaders = schedule?.timeZone === 'reader';
  const when = !schedule
    ? ''
    : atReaders
      ? t('campaigns.atReaders', { when: readersClock(schedule.at, date) })
      : t('campaigns.at', { when: date(schedule.startsAt, 'moment') });
  const goesAhead = ({ readers: many, judgedAt }: NonNullable<typeof first>) =>
    judgedAt === null
      ? t('campaign.first', { readers: number(many) })
      : t('campaign.first.judged', { readers: number(many), when: date(judgedAt, 'moment') });
  return (
    <span>
      {'· '}
      {[when, who].filter(Boolean).join(' · ')}
      {state === 'sent' && finishedAt && (
        <> · {t('campaign.finished', { when: date(finishedAt, 'moment') })}</>
      )}
      {eyes.length > 0 && <> · {t('campaign.checked', { names: eyes.join(', ') })}</>}
      {occurrence && (
        <>
          {' · '}
          <Link to="/campaigns/$id" params={{ id: occurrence.series }} search={{}}>
            {t('campaigns.ofSeries')}
          </Link>
          {occurrence.waits && <> · {named('waits', occurrence.waits)}</>}
        </>
      )}
      {because && <> · {named('because', because)}</>}
      {first && !because && <> · {goesAhead(first)}</>}
    </span>
  );
}
