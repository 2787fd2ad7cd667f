import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useHouse } from '../api/house.ts';
import type { Me } from '../api/shapes.ts';
import { Page } from '../shell/page.tsx';
import { Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import '../campaigns/campaigns.css';
import '../campaigns/one.css';
import './settings.css';

type Scope = Me['scopes'][number];
const PARTS = [
  ['house', '/settings', 'settings:read'],
  ['paces', '/settings/paces', 'settings:read'],
  ['topics', '/settings/topics', 'topics:read'],
  ['signUp', '/settings/sign-up', 'settings:read'],
  ['bases', '/settings/bases', 'settings:read'],
  ['imports', '/settings/imports', 'imports:write'],
  ['team', '/settings/team', 'members:read'],
  ['keys', '/settings/keys', 'api-keys:read'],
  ['log', '/settings/log', 'audit:read'],
] as const satisfies readonly (readonly [string, string, Scope])[];

/** The house and its rules: a part for each, and a door only for who may see it. */
export function Settings() {
  const { t } = useWords();
  const { may } = useHouse();
  const { pathname } = useLocation();
  const [here] = PARTS.toReversed().find(([, to]) => `${pathname}/`.startsWith(`${to}/`)) ?? [];
  return (
    <Page title={t('settings.title')} part={here && t(`settings.${here}`)}>
      <div className="settings">
        <nav aria-label={t('settings.parts')}>
          <ul className="plain parts">
            {PARTS.filter(([, , needs]) => may(needs)).map(([name, to]) => (
              <li key={name}>
                <Link to={to} className="room" activeOptions={{ exact: true }}>
                  {t(`settings.${name}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </div>
    </Page>
  );
}
