import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { listIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';

/** A house that has not said who it is: what it lacks, and what becomes of a letter without it. */
export function Unnamed() {
  const { t, ...words } = useWords();
  const { me, brand, may } = useHouse();
  if (brand.notSaidYet.length === 0) return null;
  const fields = brand.notSaidYet.map((field) => t(`unnamed.${field}`));
  return (
    <div className="verdict" data-decision="drop" role="alert">
      <p>{t('unnamed.lacks', { fields: listIn(words, fields) })}</p>
      <p>{t(me.mailStaysHere ? 'unnamed.here' : 'unnamed.refused')}</p>
      <p>
        {may('settings:write') ? <Link to="/settings">{t('unnamed.say')}</Link> : t('unnamed.ask')}
      </p>
    </div>
  );
}
