import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../words/speak.tsx';

type ClosedProps = { readonly id: string; readonly onLetGo: () => void };

/** Somebody sent the letter, or put it on the agenda, while it was written here. */
export function Closed({ id, onLetGo }: ClosedProps) {
  const { t } = useWords();
  return (
    <section className="met" role="alert" aria-labelledby="closed" data-asks>
      <h2 id="closed">{t('closed.title')}</h2>
      <p>{t('closed.text')}</p>
      <div className="row">
        <Link to="/campaigns/$id" params={{ id }} search={{}}>
          {t('closed.see')}
        </Link>
        <Button variant="default" onClick={onLetGo}>
          {t('closed.letGo')}
        </Button>
      </div>
    </section>
  );
}
