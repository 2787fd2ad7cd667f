import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, versioned } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import type { Topic } from '../api/shapes.ts';
import { canonical } from '../shell/canonical.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { isPlaced, useWrong } from './wrong.ts';

type Wish = Pick<Topic, 'name' | 'description' | 'visibility' | 'atMost' | 'adultsOnly'>;
const NEW: Wish = {
  name: {},
  description: {},
  visibility: 'public',
  atMost: null,
  adultsOnly: false,
};
const PLACES = ['id', 'name', 'description', 'atMost'];

/** A topic to be made, or changed. */
export function TopicSheet({
  topic,
  onClose,
}: {
  readonly topic?: Topic;
  readonly onClose: () => void;
}) {
  const { t, locale } = useWords();
  const { brand } = useHouse();
  const [wish, setWish] = useState<Wish>(topic ?? NEW);
  const [id, setId] = useState<string>();
  const set = (more: Partial<Wish>) => setWish({ ...wish, ...more });
  const shownId = id ?? idOf(wish.name[brand.language] ?? '');
  const save = useSave(topic, { id: shownId, wish }, onClose);
  const wrong = useWrong(save.error);
  const languages = new Intl.DisplayNames([locale], { type: 'language' });
  return (
    <Sheet title={topic ? t('topics.changeTitle') : t('topics.new')} onClose={onClose}>
      <Leaving
        isHere={id !== undefined || canonical(wish) !== canonical(topic ?? NEW)}
        means={t('leaving.form')}
      />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {brand.languages.map((language) => (
          <fieldset key={language} className="group">
            <legend>{languages.of(language)}</legend>
            <TextInput
              label={t('topics.name')}
              lang={language}
              value={wish.name[language] ?? ''}
              error={wrong(`name.${language}`) ?? (language === brand.language && wrong('name'))}
              onChange={({ currentTarget }) =>
                set({ name: withText(wish.name, language, currentTarget.value) })
              }
            />
            <Textarea
              label={t('topics.description')}
              lang={language}
              rows={2}
              value={wish.description[language] ?? ''}
              error={wrong(`description.${language}`)}
              onChange={({ currentTarget }) =>
                set({ description: withText(wish.description, language, currentTarget.value) })
              }
            />
          </fieldset>
        ))}
        {!topic && (
          <TextInput
            label={t('topics.id')}
            description={t('topics.id.help')}
            value={shownId}
            error={wrong('id')}
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('topics.visibility')}
          description={t('topics.visibility.help')}
          value={wish.visibility}
          data={(['public', 'private'] as const).map((value) => ({
            value,
            label: t(`topics.${value}`),
          }))}
          onChange={({ currentTarget }) =>
            set({ visibility: currentTarget.value === 'private' ? 'private' : 'public' })
          }
        />
        <TextInput
          type="number"
          min={1}
          max={50}
          label={t('topics.atMost')}
          description={t('topics.atMost.help')}
          value={wish.atMost ?? ''}
          error={wrong('atMost')}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            set({ atMost: Number.isNaN(valueAsNumber) ? null : valueAsNumber })
          }
        />
        <Checkbox
          label={t('topics.adultsOnly')}
          checked={wish.adultsOnly}
          onChange={({ currentTarget }) => set({ adultsOnly: currentTarget.checked })}
        />
        {save.error && !isPlaced(save.error, PLACES) && (
          <div role="alert" className="wrong">
            <Said error={save.error} />
          </div>
        )}
        <div className="row">
          <Button type="submit" loading={save.isPending}>
            {topic ? t('settings.save') : t('topics.make')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

/** A field left empty says nothing in that language. */
function withText(texts: Readonly<Record<string, string>>, language: string, text: string) {
  const { [language]: _, ...others } = texts;
  return text === '' ? others : { ...others, [language]: text };
}

const ID_LENGTH = 40;
/** "Nouveautés d'été" is written "nouveautes-d-ete" in addresses. */
const idOf = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, ID_LENGTH)
    .replaceAll(/^-|-$/g, '');

function useSave(
  topic: Topic | undefined,
  { id, wish }: { readonly id: string; readonly wish: Wish },
  onSaved: () => void,
) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const { name, description, visibility, atMost, adultsOnly } = wish;
  const json = { name, description, visibility, atMost, adultsOnly };
  // A change is made to what this form was opened on.
  const opened = useQuery({
    queryKey: ['topics', topic?.id, 'opened'],
    queryFn: () => versioned(api.topics[':id'].$get({ param: { id: topic!.id } })),
    enabled: topic !== undefined,
    staleTime: Infinity,
    gcTime: 0,
  });
  return useMutation({
    mutationFn: () =>
      topic
        ? versioned(
            api.topics[':id'].$patch(
              { param: { id: topic.id }, json },
              { headers: { 'if-match': opened.data?.version ?? '' } },
            ),
          )
        : versioned(api.topics.$post({ json: { id, ...json } })),
    onSuccess: () => {
      onSaved();
      tell(t('settings.saved'));
      return queries.invalidateQueries({ queryKey: topicsQuery.queryKey });
    },
  });
}
