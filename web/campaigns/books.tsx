import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { Campaign, Figures } from '../api/shapes.ts';
import { shareIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { PLACES } from './search.ts';

/** How far it is, while letters leave; still true after a reload, because the house counts. */
export function Progress({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useWords();
  const { number } = useHouse();
  const { figures, state } = campaign;
  if (state === 'sent' || state === 'stopped') return null;
  const done = figures.candidates - figures.open;
  const args = { done: number(done), all: number(figures.candidates) };
  return (
    <section className="sheet stack" aria-labelledby="progress">
      <h2 id="progress">{t(`progress.${state as 'sending'}`)}</h2>
      <progress value={done} max={Math.max(figures.candidates, 1)} aria-labelledby="progress" />
      <p className="number soft">{t('progress.done', args)}</p>
    </section>
  );
}

export function Books({ figures }: { readonly figures: Figures }) {
  const { t } = useWords();
  const { number, may } = useHouse();
  const shown = PLACES.filter((place) => figures[place] > 0);
  return (
    <section className="stack" aria-labelledby="books">
      <h2 id="books">{t('books.title')}</h2>
      <p className="sentence">{t('books.candidates', { count: figures.candidates })}</p>
      <div className="bar" aria-hidden="true">
        {shown.map((place) => (
          <svg
            key={place}
            data-place={place}
            width={`${(100 * figures[place]) / Math.max(figures.candidates, 1)}%`}
          />
        ))}
      </div>
      <dl className="places">
        {shown.map((place) => (
          <div key={place} data-place={place}>
            <dt>{t(`place.${place}`)}</dt>
            <dd className="number">
              {may('people:read') ? (
                <Link from="/campaigns/$id" search={{ place }} hash="log" replace>
                  {number(figures[place])}
                </Link>
              ) : (
                number(figures[place])
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Reasons figures={figures} />
    </section>
  );
}

/** Why, in the words of the rules: each opens the lines of the log behind it. */
function Reasons({ figures }: { readonly figures: Figures }) {
  const { t, named, ...words } = useWords();
  const { number, may } = useHouse();
  const reasons = Object.entries(figures.byReason).sort(([, one], [, other]) => other - one);
  if (reasons.length === 0) return null;
  return (
    <table className="reasons">
      <caption>{t('books.reasons')}</caption>
      <thead className="hidden">
        <tr>
          <th scope="col">{t('books.reason')}</th>
          <th scope="col">{t('books.readers')}</th>
          <th scope="col">{t('books.share')}</th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(([reason, count]) => (
          <tr key={reason}>
            <th scope="row">
              {may('people:read') ? (
                <Link from="/campaigns/$id" search={{ reason }} hash="log" replace>
                  {named('reason', reason)}
                </Link>
              ) : (
                named('reason', reason)
              )}
            </th>
            <td className="number">{number(count)}</td>
            <td className="number soft">{shareIn(words, count / figures.candidates)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
