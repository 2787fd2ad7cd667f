import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { TopicChoice } from './topic-choice.tsx';

/** A letter begins with a name among colleagues and what it is about. */
export function NewCampaign() {
  const { t } = useWords();
  const { brand } = useHouse();
  const { data: topics } = useSuspenseQuery(topicsQuery);
  const first = topics.items.find(({ retiredAt }) => retiredAt === null);
  const [name, setName] = useState('');
  const [topic, setTopic] = useState(first?.id ?? '');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () =>
      bodyOf(
        api.campaigns.$post({
          json: {
            name: name.trim(),
            topic,
            subject: { [brand.language]: name.trim() },
            content: {
              format: 'markdown',
              source: { [brand.language]: '{{ person.greeting }},\n\n' },
            },
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
    make.mutate();
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
      <form className="stack narrow" onSubmit={begin}>
        <TextInput
          label={t('compose.name')}
          description={t('compose.nameMeans')}
          required
          maxLength={120}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TopicChoice value={topic} onChoose={setTopic} />
        {make.error && (
          <div role="alert">
            <Said error={make.error} />
          </div>
        )}
        <div>
          <Button
            type="submit"
            disabled={name.trim() === '' || topic === ''}
            loading={make.isPending}
          >
            {t('new.begin')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
