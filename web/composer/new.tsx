import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { partOf } from '../shell/fetched.ts';
import { useWords } from '../words/speak.tsx';
import { withWords } from '../words/words.ts';
import type { Beginning } from './blocks/begin.ts';
import { TopicChoice } from './topic-choice.tsx';
import './composer.css';

const BeginWith = partOf(() => withWords('blocks', import('./blocks/begin-with.tsx')), 'BeginWith');

/** A letter begins with a name among colleagues, what it is about, and what there is to start from. */
export function NewCampaign() {
  const { t } = useWords();
  const { brand } = useHouse();
  const { data: topics } = useSuspenseQuery(topicsQuery);
  const first = topics.items.find(({ retiredAt }) => retiredAt === null);
  const [name, setName] = useState('');
  const [topic, setTopic] = useState(first?.id ?? '');
  const [beginning, setBeginning] = useState<Beginning>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: (from: Beginning) =>
      bodyOf(
        api.campaigns.$post({
          // What was brought along may be mended later.
          query: { unready: 'keep' },
          json: {
            name: name.trim(),
            topic,
            subject: { [brand.language]: name.trim() },
            ...from,
          },
        }),
      ),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      return navigate({ to: '/campaigns/$id/write', params: { id: made.id } });
    },
  });
  const begin = (event: SyntheticEvent) => {
    event.preventDefault();
    if (beginning) make.mutate(beginning);
  };
  return (
    <Page
      title={t('campaigns.new')}
      lead={t('new.lead')}
      above={
        <Link to="/campaigns" search={{}}>
          {t('campaigns.title')}
        </Link>
      }
    >
      <form className="stack" onSubmit={begin}>
        <div className="stack narrow">
          <TextInput
            label={t('compose.name')}
            description={t('compose.nameMeans')}
            required
            maxLength={120}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TopicChoice value={topic} onChoose={setTopic} />
        </div>
        <Suspense fallback={<Waiting />}>
          <BeginWith onChoose={setBeginning} />
        </Suspense>
        {make.error && (
          <div role="alert">
            <Said error={make.error} />
          </div>
        )}
        <div>
          <Button
            type="submit"
            disabled={name.trim() === '' || topic === '' || !beginning}
            loading={make.isPending}
          >
            {t('new.begin')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
