import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse, useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { listIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { CopyButton } from './copy.tsx';
import { isPlaced, useWrong } from './wrong.ts';

type Form = InferResponseType<typeof api.forms.$get, 200>['items'][number];
const PACES = ['immediate', 'weekly', 'monthly', 'quarterly'] as const;
const formsQuery = queryOptions({
  queryKey: ['forms'],
  queryFn: () => bodyOf(api.forms.$get()),
});

/** Where readers sign up, and how to lead them there from the house's own site. */
export function SignUp() {
  const { t } = useWords();
  const { may } = useHouse();
  const { data } = useSuspenseQuery(formsQuery);
  const [isNew, setNew] = useState(false);
  return (
    <div className="settings-part">
      <div className="row filters">
        <p className="soft">{t('signUp.lead')}</p>
        {may('settings:write') && <Button onClick={() => setNew(true)}>{t('signUp.new')}</Button>}
      </div>
      <ul className="plain lines">
        {data.items.map((form) => (
          <Line key={form.id} form={form} />
        ))}
      </ul>
      {isNew && <NewForm onClose={() => setNew(false)} />}
    </div>
  );
}

function Line({ form }: { readonly form: Form }) {
  const { t, language, ...words } = useWords();
  const topicName = useTopicName();
  const code = form.embed[language];
  return (
    <li>
      <div className="stack">
        <div>
          <h2>{form.id === 'home' ? t('signUp.home') : form.id}</h2>
          <p>
            <a href={form.url} target="_blank" rel="noreferrer">
              {form.url}
            </a>
          </p>
          <p className="soft small">
            {t('signUp.announces', { pace: t(`signUp.pace.${form.frequency}`) })}
            {' · '}
            {form.topics === null
              ? t('signUp.allTopics')
              : listIn(words, form.topics.map(topicName))}
          </p>
        </div>
        <details>
          <summary>{t('signUp.embed')}</summary>
          <div className="stack">
            <p className="soft small">{t('signUp.embed.help')}</p>
            <code className="once code" tabIndex={0} aria-label={t('signUp.embed')}>
              {code}
            </code>
            <div>
              <CopyButton text={code} />
            </div>
          </div>
        </details>
      </div>
    </li>
  );
}

function NewForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const tell = useTell();
  const topicName = useTopicName();
  const queries = useQueryClient();
  const topics = useQuery(topicsQuery);
  const [id, setId] = useState('');
  const [frequency, setFrequency] = useState<Form['frequency']>('weekly');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const make = useMutation({
    mutationFn: () =>
      bodyOf(
        api.forms.$post({
          json: { id, frequency, topics: chosen.length > 0 ? [...chosen] : null },
        }),
      ),
    onSuccess: () => {
      onClose();
      tell(t('settings.saved'));
      return queries.invalidateQueries({ queryKey: formsQuery.queryKey });
    },
  });
  const wrong = useWrong(make.error);
  return (
    <Sheet title={t('signUp.new')} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label={t('topics.id')}
          description={t('signUp.id.help')}
          value={id}
          error={wrong('id')}
          onChange={({ currentTarget }) => setId(currentTarget.value)}
        />
        <NativeSelect
          label={t('signUp.pace')}
          description={t('signUp.pace.help')}
          value={frequency}
          data={PACES.map((value) => ({ value, label: t(`signUp.pace.${value}`) }))}
          onChange={({ currentTarget }) =>
            setFrequency(PACES.find((one) => one === currentTarget.value) ?? 'weekly')
          }
        />
        <fieldset className="group">
          <legend>{t('settings.topics')}</legend>
          <p className="soft small">{t('signUp.topics.help')}</p>
          {(topics.data?.items ?? [])
            .filter(({ retiredAt }) => retiredAt === null)
            .map((topic) => (
              <Checkbox
                key={topic.id}
                label={topicName(topic.id)}
                checked={chosen.includes(topic.id)}
                onChange={({ currentTarget }) =>
                  setChosen(
                    currentTarget.checked
                      ? [...chosen, topic.id]
                      : chosen.filter((one) => one !== topic.id),
                  )
                }
              />
            ))}
        </fieldset>
        {make.error && !isPlaced(make.error, ['id']) && (
          <div role="alert" className="wrong">
            <Said error={make.error} />
          </div>
        )}
        <div className="row">
          <Button type="submit" loading={make.isPending}>
            {t('signUp.make')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
