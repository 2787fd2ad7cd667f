import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { Report } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { Part } from './part.tsx';

const CHOSEN = ['slower', 'paused', 'topics', 'unsubscribed'] as const;
const APART = ['oneClick', 'agent', 'complained'] as const;

/** Who came to leave in the last seven days, and what they chose when they saw what else there was. */
export function Week({ report }: { readonly report: Report }) {
  const { t } = useWords();
  const { date } = useHouse();
  const { week, before } = report;
  const people = week.retained + week.unsubscribed;
  return (
    <Part title={t('week.title')}>
      <p className="sentence">
        {people === 0
          ? t('week.nobody', { from: date(week.from, 'weekday') })
          : t('week.sentence', { people, retained: week.retained, left: week.unsubscribed })}
      </p>
      {before.retained + before.unsubscribed > 0 && (
        <p className="soft">
          {t('week.before', { retained: before.retained, left: before.unsubscribed })}
        </p>
      )}
      {[week, before].some(hasChoices) && (
        <details>
          <summary>{t('week.table')}</summary>
          <Choices week={week} before={before} />
        </details>
      )}
      <p className="small">
        <Link to="/campaigns" search={{ state: 'sent' }}>
          {t('week.campaigns')}
        </Link>
      </p>
    </Part>
  );
}

/** Whether there is any line to show, of who saw the page or of who saw none. */
const hasChoices = ({ retained, unsubscribed, apart }: Report['week']) =>
  retained + unsubscribed + APART.reduce((sum, name) => sum + apart[name], 0) > 0;

function Choices({ week, before }: Pick<Report, 'week' | 'before'>) {
  const { t } = useWords();
  const { number } = useHouse();
  const line = (
    name: (typeof CHOSEN)[number] | (typeof APART)[number],
    now: number,
    then: number,
  ) => (
    <tr key={name}>
      <th scope="row">{t(`week.${name}`)}</th>
      <td className="number">{number(now)}</td>
      <td className="number">{number(then)}</td>
    </tr>
  );
  return (
    <>
      <table className="reasons">
        <caption className="hidden">{t('week.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('week.what')}</th>
            <th scope="col" className="number">
              {t('week.now')}
            </th>
            <th scope="col" className="number">
              {t('week.then')}
            </th>
          </tr>
        </thead>
        <tbody>
          {CHOSEN.map((name) => line(name, week[name], before[name]))}
          {APART.map((name) => line(name, week.apart[name], before.apart[name]))}
        </tbody>
      </table>
      <p className="soft small">{t('week.apart')}</p>
    </>
  );
}
