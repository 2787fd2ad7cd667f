import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

/** More than these are a matter for the calendar. */
const NAMED_MOST = 3;

/** What leaves before that hour, and made the numbers what they are. */
export function Before({ before }: Pick<DryRun, 'before'>) {
  const { t } = useWords();
  const { date } = useHouse();
  if (before.length === 0) return null;
  // The last to leave weigh the most.
  const shown = before.slice(-NAMED_MOST);
  return (
    <div className="small soft">
      <p>{t('before.counted', { count: before.length })}</p>
      <ul>
        {before.length > shown.length && (
          <li>{t('before.others', { count: before.length - shown.length })}</li>
        )}
        {shown.map(({ id, name, startsAt }) => (
          <li key={id + startsAt}>
            <Link to="/campaigns/$id" params={{ id }} search={{}}>
              {name}
            </Link>{' '}
            · {date(startsAt, 'moment')}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/calendar" search={{}}>
          {t('before.calendar')}
        </Link>
      </p>
    </div>
  );
}
