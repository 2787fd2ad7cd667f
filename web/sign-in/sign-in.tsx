import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { isAnythingKept } from '../shell/kept-here.ts';
import { useWords } from '../words/speak.tsx';
import { issuer } from './issuer.ts';
import { session } from './session.ts';
import './sign-in.css';

/** Whoever has just said at the issuer who they are is not asked to press once more. */
const AT_ONCE = '#at-once';
let begun = false;

/** The one screen that anybody may see: what this is, and one button. */
export function SignIn() {
  const { t } = useWords();
  const { to = '/console/' } = useSearch({ from: '/sign-in' });
  const [going, setGoing] = useState(false);
  const { data: found, isSuccess, isError } = useQuery({ queryKey: ['issuer'], queryFn: known });
  useEffect(() => {
    document.title = `${t('signIn.title')} · Moderato`;
  }, [t]);
  const go = () => {
    setGoing(true);
    void session.begin(to).catch(() => setGoing(false));
  };
  useEffect(() => {
    if (!found || location.hash !== AT_ONCE || begun) return;
    begun = true;
    void session.begin(to).catch(() => setGoing(false));
  }, [found, to]);
  return (
    <main className="sign-in" id="main">
      <span className="wordmark">Moderato</span>
      <h1>{t('signIn.title')}</h1>
      <p className="page-lead">{t('signIn.lead')}</p>
      {isAnythingKept() && <p role="status">{t('signIn.kept')}</p>}
      {isSuccess && !found && <p role="alert">{t('signIn.nobody')}</p>}
      {isError && <p role="alert">{t('signIn.unreached')}</p>}
      {!(isSuccess && !found) && (
        <Button onClick={go} loading={going} disabled={!found}>
          {t('signIn.go')}
        </Button>
      )}
    </main>
  );
}

const known = async () => (await issuer()) ?? null;
