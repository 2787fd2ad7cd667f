import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { useWords } from '../words/speak.tsx';
import { useBrandForm, type Brand } from './brand-form.ts';
import { Count } from './count.tsx';
import { Group, SettingsForm } from './form.tsx';
import { useWrong } from './wrong.ts';

type Families = Brand['productFamilies'];

/** On what the house may write to people beside their consent, and how many forms it takes. */
export function Bases() {
  const { t } = useWords();
  const form = useBrandForm();
  const { brand, set } = form;
  const wrong = useWrong(form.error);
  return (
    <SettingsForm form={form} lead={t('bases.lead')}>
      <Group title={t('bases.customers')} help={t('bases.customers.help')}>
        <FamilyList
          families={brand.productFamilies}
          isLocked={form.isLocked}
          error={wrong('productFamilies')}
          onChange={(productFamilies) => set({ productFamilies })}
        />
      </Group>
      <Group title={t('bases.work')} help={t('bases.work.help')}>
        <Countries
          countries={brand.businessCountries}
          error={wrong('businessCountries')}
          onChange={(businessCountries) => set({ businessCountries })}
        />
      </Group>
      <Group title={t('bases.forms')} help={t('bases.forms.help')}>
        <div className="pair">
          <Count
            label={t('bases.anHour')}
            value={brand.forms.anHour}
            error={wrong('forms.anHour')}
            onChange={(anHour) => set({ forms: { ...brand.forms, anHour } })}
          />
          <Count
            label={t('bases.fromOne')}
            value={brand.forms.anHourFromOneNetwork}
            error={wrong('forms.anHourFromOneNetwork')}
            onChange={(anHourFromOneNetwork) =>
              set({ forms: { ...brand.forms, anHourFromOneNetwork } })
            }
          />
        </div>
      </Group>
    </SettingsForm>
  );
}

/** Countries, as one writes them one after the other. */
function Countries(props: {
  readonly countries: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (countries: string[]) => void;
}) {
  const { countries, error, onChange } = props;
  const { t } = useWords();
  const [text, setText] = useState('');
  const isTheirs = countriesIn(text).join() === countries.join();
  return (
    <TextInput
      label={t('bases.countries')}
      description={t('bases.countries.help')}
      value={isTheirs ? text : countries.join(', ')}
      error={error}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        onChange(countriesIn(value));
      }}
    />
  );
}

const countriesIn = (text: string) =>
  text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((one) => one !== '');

/** Each family of products, and the topics that its customers may get. */
function FamilyList(props: {
  readonly families: Families;
  readonly isLocked: boolean;
  readonly error: string | undefined;
  readonly onChange: (families: Families) => void;
}) {
  const { families, isLocked, error, onChange } = props;
  const { t } = useWords();
  const [name, setName] = useState('');
  const id = name.trim().toLowerCase();
  const isNew = /^[a-z0-9-]{1,40}$/.test(id) && !Object.hasOwn(families, id);
  const without = (gone: string) =>
    Object.fromEntries(Object.entries(families).filter(([one]) => one !== gone));
  return (
    <div className="stack">
      {Object.entries(families).map(([family, topics]) => (
        <Family
          key={family}
          family={family}
          topics={topics}
          isLocked={isLocked}
          onChange={(after) => onChange({ ...families, [family]: after })}
          onRemove={() => onChange(without(family))}
        />
      ))}
      {!isLocked && (
        <div className="row add">
          <TextInput
            label={t('bases.family')}
            description={t('bases.family.help')}
            value={name}
            error={name !== '' && !isNew ? t('bases.family.wrong') : undefined}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <button
            type="button"
            className="words"
            disabled={!isNew}
            onClick={() => {
              onChange({ ...families, [id]: [] });
              setName('');
            }}
          >
            {t('bases.family.add')}
          </button>
        </div>
      )}
      {error && <p className="wrong small">{error}</p>}
    </div>
  );
}

function Family(props: {
  readonly family: string;
  readonly topics: readonly string[];
  readonly isLocked: boolean;
  readonly onChange: (topics: string[]) => void;
  readonly onRemove: () => void;
}) {
  const { family, topics, isLocked, onChange, onRemove } = props;
  const { t } = useWords();
  const topicName = useTopicName();
  const { data } = useQuery(topicsQuery);
  const open = (data?.items ?? []).filter(({ retiredAt }) => retiredAt === null);
  return (
    <fieldset className="group family">
      <legend>{family}</legend>
      {open.map(({ id }) => (
        <Checkbox
          key={id}
          label={topicName(id)}
          checked={topics.includes(id)}
          onChange={({ currentTarget: { checked } }) =>
            onChange(checked ? [...topics, id] : topics.filter((one) => one !== id))
          }
        />
      ))}
      {!isLocked && (
        <div>
          <button
            type="button"
            className="words"
            aria-label={t('bases.family.removeOne', { family })}
            onClick={onRemove}
          >
            {t('bases.family.remove')}
          </button>
        </div>
      )}
    </fieldset>
  );
}
