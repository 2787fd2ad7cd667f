import { useHouse } from '../api/house.ts';
import type { Figures } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

const TOLD = [
  'deliveredInDigests',
  'delivered',
  'clicked',
  'retained',
  'unsubscribed',
  'bounced',
  'complained',
] as const;
/** Said even when nobody did: that nobody left is news too. */
const ALWAYS: readonly string[] = ['retained', 'unsubscribed'];

/** What became of it since. */
export function Since({ figures }: { readonly figures: Figures }) {
  const { t } = useWords();
  const { number } = useHouse();
  const told = TOLD.filter((name) => figures[name] > 0 || ALWAYS.includes(name));
  return (
    <section className="stack" aria-labelledby="since">
      <h2 id="since">{t('since.title')}</h2>
      <dl className="figures">
        {told.map((name) => (
          <div key={name}>
            <dt>{t(`since.${name}`)}</dt>
            <dd className="number">{number(figures[name])}</dd>
            {name === 'retained' && <dd className="soft small">{t('since.retained.means')}</dd>}
          </div>
        ))}
      </dl>
      <LeftOut figures={figures} />
    </section>
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
