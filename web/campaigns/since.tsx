import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { Figures } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { TOLD } from './search.ts';

const SINCE = [
  'deliveredInDigests',
  'delivered',
  'clicked',
  'retained',
  'unsubscribed',
  'bounced',
  'complained',
] as const;
/** A mail that came back has a line in the log; who left may have left from a letter of several. */
const opensLog = (name: string) => TOLD.find((one) => one === name);
/** Said even when nobody did: that nobody left is news too. */
const ALWAYS: readonly string[] = ['retained', 'unsubscribed'];

/** What became of it since. */
export function Since({ figures }: { readonly figures: Figures }) {
  const { t } = useWords();
  const told = SINCE.filter((name) => figures[name] > 0 || ALWAYS.includes(name));
  return (
    <section className="stack" aria-labelledby="since">
      <h2 id="since">{t('since.title')}</h2>
      <dl className="figures">
        {told.map((name) => (
          <div key={name}>
            <dt>{t(`since.${name}`)}</dt>
            <dd className="number">
              <Figure name={name} count={figures[name]} />
            </dd>
            {name === 'retained' && <dd className="soft small">{t('since.retained.means')}</dd>}
          </div>
        ))}
      </dl>
      <LeftOut figures={figures} />
    </section>
  );
}

/** A number that stands in the log opens its lines there. */
function Figure({ name, count }: { readonly name: string; readonly count: number }) {
  const { number, may } = useHouse();
  const told = opensLog(name);
  if (!told || count === 0 || !may('people:read')) return number(count);
  return (
    <Link from="/campaigns/$id" search={{ told }} hash="log" replace>
      {number(count)}
    </Link>
  );
}

/** What waited for readers' letters and was not in them in the end. */
function LeftOut({ figures }: { readonly figures: Figures }) {
  const { t, named } = useWords();
  const { number } = useHouse();
  const reasons = Object.entries(figures.leftOutByReason);
  if (figures.leftOutOfDigests === 0) return null;
  return (
    <p className="soft">
      {t('since.leftOut', { count: figures.leftOutOfDigests })}{' '}
      {reasons.map(([reason, count]) => `${named('reason', reason)} (${number(count)})`).join(', ')}
    </p>
  );
}
