import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { session } from '../sign-in/session.ts';
import { useWords } from '../words/speak.tsx';
import type { Language } from '../words/words.ts';
import { ROOMS } from './rooms.ts';

const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['fr', 'Français'],
  ['en', 'English'],
];
const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

/** The way to every room, and how one likes to see them. */
export function Rail() {
  const { t } = useWords();
  const { may } = useHouse();
  return (
    <div id="rail-body" className="rail-body">
      <nav aria-label={t('frame.rooms')}>
        <ul className="plain rooms">
          {ROOMS.filter(({ needs }) => may(needs)).map(({ to, name }) => (
            <li key={to}>
              <Link to={to} className="room" activeOptions={{ exact: to === '/' }}>
                {t(name)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="rail-foot">
        <Who />
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
    </div>
  );
}

/** Who is here, for which house, and the way out. */
function Who() {
  const { t } = useWords();
  const { me, brand } = useHouse();
  return (
    <div className="who">
      <strong>{brand.name}</strong>
      <span>
        {me.name}
        {me.role && <span className="soft"> · {t(`role.${me.role}`)}</span>}
      </span>
      <button type="button" className="words" onClick={() => void session.leave()}>
        {t('frame.leave')}
      </button>
    </div>
  );
}

function LanguageSwitch() {
  const { t, language, speak } = useWords();
  return (
    <div role="group" aria-label={t('frame.language')} className="switch">
      {LANGUAGES.map(([one, name]) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          onClick={() => speak(one)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function SchemeSwitch() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <div role="group" aria-label={t('frame.scheme')} className="switch">
      {SCHEMES.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === colorScheme}
          onClick={() => setColorScheme(one)}
        >
          {t(`frame.scheme.${one}`)}
        </button>
      ))}
    </div>
  );
}
