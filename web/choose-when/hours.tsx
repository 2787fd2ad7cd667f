import { lazy, Suspense } from 'react';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { partsOf } from './parts-of-day.ts';

const HoursChart = lazy(() =>
  import('./hours-chart.tsx').then((one) => ({ default: one.HoursChart })),
);

/** What leaves in each hour of the house, and what time it is then where it is read. */
export function Hours({ run }: { readonly run: DryRun }) {
  const { t } = useWords();
  const { date, number } = useHouse();
  const { hours, afterwards, pace } = run;
  if (hours.length === 0) return null;
  const countOf = ({ mails, inLetters }: (typeof hours)[number]) => mails + inLetters;
  const count = hours.reduce((sum, hour) => sum + countOf(hour), 0);
  const fullest = hours.reduce((most, hour) => (countOf(hour) > countOf(most) ? hour : most));
  const later = afterwards.mails + afterwards.inLetters;
  return (
    <section className="stack" aria-labelledby="hours">
      <h3 id="hours">{t('hours.title')}</h3>
      <p className="sentence">
        {t('hours.sentence', {
          count,
          when: date(fullest.at, 'moment'),
          most: number(countOf(fullest)),
        })}{' '}
        {later > 0 && t('hours.later', { count: later })}{' '}
        {pace?.ratePerSecond != null && t('hours.pace', { rate: number(pace.ratePerSecond) })}
      </p>
      {hours.length > 1 && (
        <>
          <Suspense fallback={<div className="chart" />}>
            <HoursChart hours={hours} />
          </Suspense>
          <ul className="plain row parts-of-day">
            {partsOf(hours).map((part) => (
              <li key={part} data-part={part}>
                {t(`hours.${part}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      <HoursTable hours={hours} />
    </section>
  );
}

function HoursTable({ hours }: Pick<DryRun, 'hours'>) {
  const { t } = useWords();
  const { date, number, brand } = useHouse();
  return (
    <details>
      <summary>{t('hours.table')}</summary>
      <div className="scroll" role="group" aria-label={t('hours.table')} tabIndex={0}>
        <table className="reasons">
          <thead>
            <tr>
              <th scope="col">{t('hours.hour', { zone: brand.timeZone })}</th>
              <th scope="col" className="number">
                {t('hours.alone')}
              </th>
              <th scope="col" className="number">
                {t('hours.inLetters')}
              </th>
              <th scope="col">{t('hours.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ at, mails, inLetters, clocks }) => (
              <tr key={at}>
                <th scope="row">{date(at, 'moment')}</th>
                <td className="number">{number(mails)}</td>
                <td className="number">{number(inLetters)}</td>
                <td>
                  {clocks
                    .map(({ hour, count }) => t('hours.clock', { hour, count: number(count) }))
                    .join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
