import { Link } from '@tanstack/react-router';
import type { FunctionComponent } from 'react';
import { useHouse } from '../api/house.ts';
import type { Me } from '../api/shapes.ts';
import { room } from './fetched.ts';
import { useWords } from '../words/speak.tsx';

/** A room for those who may; who comes by its address without the right is told so, and it asks for nothing. */
export function only<Name extends string>(
  needs: Me['scopes'][number],
  load: () => Promise<Record<Name, FunctionComponent>>,
  name: Name,
  Else: FunctionComponent = NotYours,
) {
  const Within = room(
    async (): Promise<{ Room: FunctionComponent }> => ({ Room: (await load())[name] }),
    'Room',
  );
  function Guarded() {
    const { may } = useHouse();
    return may(needs) ? <Within /> : <Else />;
  }
  return Object.assign(Guarded, { preload: () => Within.preload?.() });
}

function NotYours() {
  const { t } = useWords();
  return (
    <section className="trouble" role="alert">
      <h1>{t('trouble.title')}</h1>
      <p>{t('trouble.scope')}</p>
      <Link to="/">{t('missing.home')}</Link>
    </section>
  );
}
