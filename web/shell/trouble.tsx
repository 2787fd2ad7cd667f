import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Refused, Unreached } from '../api/client.ts';
import { useWords } from '../words/speak.tsx';

/** What went wrong, in words, and a way on. */
export function Trouble({ error }: { readonly error: unknown }) {
  const { t } = useWords();
  const router = useRouter();
  return (
    <section className="trouble" role="alert">
      <h2>{t('trouble.title')}</h2>
      <Said error={error} />
      <div>
        <Button variant="default" onClick={() => void router.invalidate()}>
          {t('trouble.again')}
        </Button>
      </div>
    </section>
  );
}

/** One problem as a sentence or two. */
export function Said({ error }: { readonly error: unknown }) {
  const { t, named } = useWords();
  if (error instanceof Unreached) return <p>{t('trouble.unreached')}</p>;
  if (!(error instanceof Refused)) return <p>{t('trouble.fault')}</p>;
  if (error.code === 'scope-missing' || error.code === 'role-may-not')
    return <p>{t('trouble.scope')}</p>;
  if (error.code === 'not-found') return <p>{t('missing.lead')}</p>;
  const known = named('problem', error.code);
  return (
    <>
      <p>{known === error.code ? error.detail || error.message : known}</p>
      {error.errors.length > 0 && (
        <ul>
          {error.errors.map(({ path, detail }) => (
            <li key={path + detail}>
              {path && <code>{path}</code>} {detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Something is on its way. */
export function Waiting() {
  const { t } = useWords();
  return (
    <p className="waiting" role="status">
      {t('waiting')}
    </p>
  );
}
