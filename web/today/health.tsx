import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { Report } from '../api/shapes.ts';
import { shareIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { Part } from './part.tsx';

/** Fewer say nothing yet, whatever their share. */
const ENOUGH = 3;

/** Whether what leaves arrives, set against what a provider lets pass. */
export function Health({ report: { health } }: { readonly report: Report }) {
  const { t } = useWords();
  const { number, date } = useHouse();
  const { accepted, overdue, provider } = health;
  return (
    <Part title={t('health.title')}>
      <p className="sentence">
        {accepted === 0 ? t('health.none') : t('health.accepted', { count: accepted })}
      </p>
      {accepted > 0 && (
        <ul className="plain health-facts">
          <Against name="dead" among="bounced" health={health} />
          <Against name="complained" among="complained" health={health} />
        </ul>
      )}
      {overdue.readers > 0 && overdue.since && (
        <p>
          <Link to="/letters">
            {t('health.overdue', {
              readers: overdue.readers,
              since: date(overdue.since, 'moment'),
            })}
          </Link>
        </p>
      )}
      {provider && (
        <p className="soft small">
          {t('health.provider', {
            sent: number(provider.sentLastDay),
            quota: number(provider.quotaPerDay),
            at: date(provider.at, 'moment'),
          })}
        </p>
      )}
    </Part>
  );
}

function Against(props: {
  readonly name: 'dead' | 'complained';
  readonly among: 'bounced' | 'complained';
  readonly health: Report['health'];
}) {
  const { t, locale } = useWords();
  const { may } = useHouse();
  const { name, among, health } = props;
  const count = health[name];
  const limit = health.limits[name];
  const share = count / health.accepted;
  const said = t(`health.${name}`, { count });
  const args = { share: shareIn({ locale }, share), limit: shareIn({ locale }, limit) };
  return (
    <li>
      <span className="state" data-tone={toneOf(count, share > limit)}>
        {count > 0 && may('people:read') ? (
          <Link to="/people" search={{ among }}>
            {said}
          </Link>
        ) : (
          said
        )}
      </span>{' '}
      <span className="soft small">{t('health.share', args)}</span>
    </li>
  );
}

const toneOf = (count: number, isOver: boolean) =>
  !isOver ? 'good' : count >= ENOUGH ? 'bad' : 'wait';
