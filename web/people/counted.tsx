import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { reportQuery } from '../api/queries.ts';
import { useWords } from '../words/speak.tsx';
import { AMONG, type Among } from './among.ts';

/** How many there are, and how they stand: each number leads to them. */
export function Counted() {
  const { t } = useWords();
  const { may, date, number } = useHouse();
  const { data } = useQuery({ ...reportQuery, enabled: may('reports:read') });
  const file = data?.file;
  if (!file || file.people === 0) return null;
  const countOf = (one: Among) =>
    one === 'paused' || one === 'silent' ? file[one] : file.byState[one];
  return (
    <section className="stack" aria-labelledby="counted">
      <h2 id="counted">
        {t('people.counted', { count: file.people, number: number(file.people) })}
      </h2>
      <ul className="plain">
        {AMONG.filter((one) => countOf(one) > 0).map((one) => (
          <li key={one}>
            <Link to="/people" search={{ among: one }}>
              {number(countOf(one))} {t(`people.among.${one}`)}
            </Link>
          </li>
        ))}
      </ul>
      <p className="soft small">
        {t('people.countedAt', { when: date(file.countedAt, 'moment') })}
      </p>
    </section>
  );
}
