import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useWords } from '../words/speak.tsx';
import { Waiting } from '../shell/trouble.tsx';
import { session } from './session.ts';
import './sign-in.css';

let finishing: Promise<string> | undefined;

/** Where the issuer sends people back to: on from here to where they were going. */
export function SignedIn() {
  const { t } = useWords();
  const router = useRouter();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    // A code is good once, and a screen may be drawn twice.
    finishing ??= session.finish(new URLSearchParams(location.search));
    finishing.then(
      (to) => router.history.replace(to),
      () => setFailed(true),
    );
  }, [router]);
  if (!failed) return <Waiting />;
  return (
    <main className="sign-in" id="main">
      <span className="wordmark">Moderato</span>
      <h1>{t('signIn.failed')}</h1>
      <p className="page-lead">{t('signIn.failedLead')}</p>
      <a href="/console/">{t('signIn.again')}</a>
    </main>
  );
}
