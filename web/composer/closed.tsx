import { Link } from '@tanstack/react-router';
import { useWords } from '../words/speak.tsx';

/** Somebody sent the letter, or put it on the agenda, while it was written here. */
export function Closed({ id }: { readonly id: string }) {
  const { t } = useWords();
  return (
    <section className="met" role="alert" aria-labelledby="closed">
      <h2 id="closed">{t('closed.title')}</h2>
      <p>{t('closed.text')}</p>
      <Link to="/campaigns/$id" params={{ id }} search={{}}>
        {t('closed.see')}
      </Link>
    </section>
  );
}
