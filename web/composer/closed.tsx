import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { campaignQuery } from '../api/queries.ts';
import { useWords } from '../words/speak.tsx';

const LOOK_AGAIN_MS = 10_000;

type ClosedProps = { readonly id: string; readonly onLetGo: () => void };

/** Somebody sent the letter, or put it on the agenda, while it was written here. */
export function Closed({ id, onLetGo }: ClosedProps) {
  const { t } = useWords();
  // Should it come back to the desk, the words that wait here are saved.
  useQuery({ ...campaignQuery(id), refetchInterval: LOOK_AGAIN_MS });
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
