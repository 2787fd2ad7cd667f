import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { campaignsQuery, lettersQuery } from '../api/queries.ts';
import type { LetterDay } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

/** From then on what is shown here is looked at no more; the letters leave an hour later. */
const FROZEN_FOR_MS = 60 * 60_000;
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** What leaves before these letters do, and so will be in them: nobody looks at a letter without knowing of it. */
export function Joining({ day }: { readonly day: LetterDay }) {
  const { t } = useWords();
  const { date } = useHouse();
  const { data } = useInfiniteQuery(campaignsQuery({ state: 'scheduled' }));
  const { data: letters } = useSuspenseQuery(lettersQuery);
  const frozenAt = Date.parse(day.frozenAt);
  const leavesAt = frozenAt + FROZEN_FOR_MS;
  // Where only weekly letters leave, what came before the last ones was in those.
  const paces = letters.coming.find(({ id }) => id === day.id)?.paces ?? [];
  const since = paces.every((pace) => pace === 'weekly') ? leavesAt - WEEK_MS : 0;
  const joining = (data?.pages.flatMap(({ items }) => items) ?? [])
    .flatMap(({ id, name, schedule }) => (schedule ? [{ id, name, at: schedule.startsAt }] : []))
    .filter(({ at }) => Date.parse(at) > since && Date.parse(at) <= leavesAt)
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
