import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Refused, Unreached } from '../api/client.ts';
import { NotFetched, openAnew } from './fetched.ts';
import { NotThere } from './not-there.tsx';
import { useWords } from '../words/speak.tsx';

/** What went wrong, in words, and a way on. */
export function Trouble({ error }: { readonly error: unknown }) {
  const { t } = useWords();
  const router = useRouter();
  const isPartMissing = error instanceof NotFetched;
  useEffect(() => {
    if (isPartMissing) void openAnew({ isAsked: false });
  }, [isPartMissing]);
  if (error instanceof Refused && error.code === 'not-found') return <NotThere />;
  const again = () => void (isPartMissing ? openAnew({ isAsked: true }) : router.invalidate());
  return (
    <section className="trouble" role="alert">
      <h1>{t('trouble.title')}</h1>
      <Said error={error} />
      <div>
        <Button variant="default" onClick={again}>
          {t('trouble.again')}
        </Button>
      </div>
    </section>
  );
}

/**
 * One problem as a sentence or two. The API says what it objects to in English; who reads French
 * is told the same by its code and its place, in words of this console.
 */
export function Said({ error }: { readonly error: unknown }) {
  const { t, named, language } = useWords();
  if (error instanceof Unreached) return <p>{t('trouble.unreached')}</p>;
  if (!(error instanceof Refused)) return <p>{t('trouble.fault')}</p>;
  if (error.code === 'scope-missing' || error.code === 'role-may-not')
    return <p>{t('trouble.scope')}</p>;
  if (error.code === 'not-found') return <p>{t('missing.lead')}</p>;
  const known = named('problem', error.code);
  const isTold = known !== error.code;
  const isPrecise = language === 'en' && error.detail !== '' && error.detail !== error.message;
  return (
    <>
      <p>{isPrecise ? error.detail : isTold ? known : t('trouble.fault')}</p>
      {error.errors.length > 0 && (
        <ul>
          {error.errors.map((one) => (
            <li key={one.path + one.detail}>
              <At {...one} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A place it objects to, and why. */
function At({ path, detail, words }: Refused['errors'][number]) {
  const { t, named, language } = useWords();
  const place = path.replaceAll(/\.\d+(?=\.|$)/g, '');
  const said = named('wrong', place);
  if (said !== place) return said;
  if (words?.[language] !== undefined) return words[language];
  const why = language === 'fr' ? t('trouble.place') : detail;
  return (
    <>
      {path && <code>{path}</code>} {why}
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
