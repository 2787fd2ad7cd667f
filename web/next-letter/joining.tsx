import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { campaignsQuery } from '../api/queries.ts';
import type { LetterDay } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

/** From then on what is shown here is looked at no more; the letters leave an hour later. */
const FROZEN_FOR_MS = 60 * 60_000;

/** What leaves before these letters do, and so will be in them: nobody looks at a letter without knowing of it. */
export function Joining({ day }: { readonly day: LetterDay }) {
  const { t } = useWords();
  const { date } = useHouse();
  const { data } = useInfiniteQuery(campaignsQuery({ state: 'scheduled' }));
  const frozenAt = Date.parse(day.frozenAt);
  const joining = (data?.pages.flatMap(({ items }) => items) ?? [])
    .flatMap(({ id, name, schedule }) => (schedule ? [{ id, name, at: schedule.startsAt }] : []))
    .filter(({ at }) => Date.parse(at) <= frozenAt + FROZEN_FOR_MS)
    .sort((one, other) => one.at.localeCompare(other.at));
  if (joining.length === 0 || (day.state !== 'open' && day.state !== 'frozen')) return null;
  return (
    <section className="stack" aria-labelledby="joining">
      <h2 id="joining">{t('joining.title')}</h2>
      <p className="soft">{t('joining.lead')}</p>
      <ul className="plain items">
        {joining.map(({ id, name, at }) => (
          <li key={id}>
            <div>
              <Link to="/campaigns/$id" params={{ id }} search={{}}>
                {name}
              </Link>
              <p className="soft small">
                {date(at, 'moment')}
                {Date.parse(at) > frozenAt && ` · ${t('joining.late')}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
