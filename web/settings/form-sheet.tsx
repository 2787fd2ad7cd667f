import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { canonical } from '../shell/canonical.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { changeForm, formsQuery, nameOfForm, type Form } from './forms-query.ts';
import { isPlaced, useWrong } from './wrong.ts';

const PACES = ['immediate', 'weekly', 'monthly', 'quarterly'] as const;

const NEW: Pick<Form, 'id' | 'frequency' | 'topics'> = {
  id: '',
  frequency: 'weekly',
  topics: null,
};

/** A form that is new, or one that is to say something else from now on. */
export function FormSheet({
  form,
  onClose,
}: {
  readonly form?: Form;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const tell = useTell();
  const topicName = useTopicName();
  const queries = useQueryClient();
  const topics = useQuery(topicsQuery);
  const came = form ?? NEW;
  const [id, setId] = useState(came.id);
  const [frequency, setFrequency] = useState(came.frequency);
  const [chosen, setChosen] = useState<readonly string[]>(came.topics ?? []);
  const make = useMutation({
    mutationFn: () => {
      const wish = { frequency, topics: chosen.length > 0 ? [...chosen] : null };
      return form ? changeForm(form.id, wish) : bodyOf(api.forms.$post({ json: { id, ...wish } }));
    },
    onSuccess: () => {
      onClose();
      tell(t('settings.saved'));
      return queries.invalidateQueries({ queryKey: formsQuery.queryKey });
    },
  });
  const wrong = useWrong(make.error);
  const isChanged =
    canonical([id, frequency, chosen.toSorted()]) !==
    canonical([came.id, came.frequency, (came.topics ?? []).toSorted()]);
  return (
    <Sheet
      title={form ? t('signUp.changeOne', { name: nameOfForm(form, t) }) : t('signUp.new')}
      onClose={onClose}
    >
      <Leaving isHere={isChanged} means={t('leaving.form')} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        {!form && (
          <TextInput
            label={t('topics.id')}
            description={t('signUp.id.help')}
            value={id}
            error={wrong('id')}
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
        )}
        {form && <p className="soft small">{t('signUp.change.help')}</p>}
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
            {t(form ? 'settings.save' : 'signUp.make')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
