import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { Report } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

type Line = Report['still'][number];

/** A campaign or a day of letters that does not go on by itself, and why. */
export function Still({ line }: { readonly line: Line }) {
  const { t, named } = useWords();
  const { date } = useHouse();
  const { kind, id, name, state, because, uncertain, missed } = line;
  const reason = because ?? (state === 'not-approved' || state === 'late' ? state : null);
  const said = [
    state && (reason ? named('because', reason) : t('still.standing')),
    uncertain > 0 && t('still.uncertain', { count: uncertain }),
    missed > 0 && t('still.missed', { count: missed }),
  ].filter(Boolean);
  return (
    <li>
      {kind === 'campaign' ? (
        <Link to="/campaigns/$id" params={{ id }} search={{}} className="today-name">
          {name}
        </Link>
      ) : (
        <Link to="/letters" search={{ day: id }} className="today-name">
          {t('still.letters', { day: date(id, 'weekday') })}
        </Link>
      )}
      <span className="small">
        {state && <StateOf state={state} />} <span className="soft">{said.join(' · ')}</span>
      </span>
    </li>
  );
}

function StateOf({ state }: { readonly state: NonNullable<Line['state']> }) {
  const { t } = useWords();
  return (
    <span className="state" data-tone={state === 'blocked' ? 'bad' : 'wait'}>
      {t(state === 'blocked' ? 'state.blocked' : 'state.paused')}
    </span>
  );
}
