import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useWords } from '../words/speak.tsx';
import { Rail } from './rail.tsx';
import { Waiting } from './trouble.tsx';

/** The house around every room: where one can go on the left, the room itself on the right. */
export function Frame() {
  const { t } = useWords();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // The menu of a phone is open on the page it was opened on, and on no other.
  const [menuOn, setMenuOn] = useState('');
  const isOpen = menuOn === path;
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <header className="rail" data-open={isOpen || undefined}>
        <div className="rail-top">
          <span className="wordmark">Moderato</span>
          <button
            type="button"
            className="menu-button"
            aria-expanded={isOpen}
            aria-controls="rail-body"
            onClick={() => setMenuOn(isOpen ? '' : path)}
          >
            {t('frame.menu')}
          </button>
        </div>
        <Suspense>
          <Rail />
        </Suspense>
      </header>
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
