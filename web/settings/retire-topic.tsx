import { Button } from '@mantine/core';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, bodyOf } from '../api/client.ts';
import { useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import type { Topic } from '../api/shapes.ts';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';

/** What leaves by itself, unless somebody takes it back. */
const TO_COME = ['scheduled', 'recurring'] as const;

type Asked = { readonly topic: Topic; readonly onClose: () => void };

/** A topic goes, and what is to come for it does not: whoever retires it reads that first. */
export function RetireTopic({ topic, onClose }: Asked) {
  const { t } = useWords();
  const name = useTopicName()(topic.id);
  const tell = useTell();
  const queries = useQueryClient();
  const retire = useMutation({
    mutationFn: () => bodyOf(api.topics[':id'].retire.$post({ param: { id: topic.id } })),
    onSuccess: () => {
      onClose();
      tell(t('topics.retired', { name }));
      return queries.invalidateQueries({ queryKey: topicsQuery.queryKey });
    },
  });
  return (
    <Sheet title={t('topics.retireAsk', { name })} onClose={onClose}>
      <p>{t('topics.retireMeans')}</p>
      <StillLeaves topic={topic} />
      {retire.error && <Said error={retire.error} />}
      <div className="row">
        <Button color="bad" loading={retire.isPending} onClick={() => retire.mutate()}>
          {t('topics.retire')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('act.keep')}
        </Button>
      </div>
    </Sheet>
  );
}

function StillLeaves({ topic }: Pick<Asked, 'topic'>) {
  const { t } = useWords();
  const found = useQueries({
    queries: TO_COME.map((state) => ({
      queryKey: ['campaigns', 'to-come', topic.id, state],
      queryFn: () => bodyOf(api.campaigns.$get({ query: { limit: '50', topic: topic.id, state } })),
    })),
  });
  const letters = found.flatMap(({ data }) => data?.items ?? []);
  if (letters.length === 0) return null;
  return (
    <div role="status">
      <p>{t('topics.stillLeaves', { count: letters.length })}</p>
      <ul>
        {letters.map(({ id, name }) => (
          <li key={id}>
            <Link to="/campaigns/$id" params={{ id }}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
