import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InferRequestType } from 'hono/client';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { canonical } from '../shell/canonical.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { Group } from './form.tsx';
import { importQuery, type Import } from './imports-query.ts';
import { isPlaced, useWrong } from './wrong.ts';

type Plan = InferRequestType<(typeof api.imports)[':id']['check']['$post']>['json'];
type Proof = Plan['proof'];
const TARGETS = [
  'email',
  'givenName',
  'familyName',
  'salutation',
  'language',
  'frequency',
  'timeZone',
  'externalId',
  'proofAt',
  'proofWords',
] as const;
const METHODS = ['form', 'paper', 'phone', 'qr', 'reply', 'api'] as const;
const PLACES = ['columns', 'topics', 'proof'];

/** What each column is, what these people subscribe to, and what shows that they said yes. */
export function ImportPlanForm({ it }: { readonly it: Import }) {
  const { t } = useWords();
  const topicName = useTopicName();
  const topics = useQuery(topicsQuery);
  const queries = useQueryClient();
  const [plan, setPlan] = useState<Plan>(() => planOf(it));
  const set = (more: Partial<Plan>) => setPlan({ ...plan, ...more });
  const check = useMutation({
    mutationFn: () => bodyOf(api.imports[':id'].check.$post({ param: { id: it.id }, json: plan })),
    onSuccess: (now) => queries.setQueryData(importQuery(it.id).queryKey, now),
  });
  const wrong = useWrong(check.error);
  const isChanged = !check.isSuccess && canonical(plan) !== canonical(planOf(it));
  const chosen = plan.topics ?? [];
  return (
    <form
      className="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check.mutate();
      }}
    >
      <Leaving isHere={isChanged} means={t('leaving.form')} />
      <Group title={t('imports.columns')} help={t('imports.columns.help')}>
        {wrong('columns') && <p className="wrong small">{wrong('columns')}</p>}
        <ul className="plain columns-of">
          {it.columns.map(({ name, samples }, index) => (
            <li key={`${index} ${name}`}>
              <NativeSelect
                label={name}
                description={samples.filter((one) => one !== '').join(' · ')}
                value={plan.columns[index] ?? ''}
                data={[
                  { value: '', label: t('imports.column.none') },
                  ...TARGETS.map((value) => ({ value, label: t(`imports.column.${value}`) })),
                  { value: fieldOf(name), label: t('imports.column.field', { name }) },
                ]}
                onChange={({ currentTarget }) =>
                  set({
                    columns: plan.columns.map((target, at) =>
                      at === index ? currentTarget.value || null : target,
                    ),
                  })
                }
              />
            </li>
          ))}
        </ul>
      </Group>
      <Group title={t('imports.topics')} help={t('imports.topics.help')}>
        {wrong('topics') && <p className="wrong small">{wrong('topics')}</p>}
        {(topics.data?.items ?? [])
          .filter(({ retiredAt }) => retiredAt === null)
          .map(({ id }) => (
            <Checkbox
              key={id}
              label={topicName(id)}
              checked={chosen.includes(id)}
              onChange={({ currentTarget }) =>
                set({
                  topics: currentTarget.checked
                    ? [...chosen, id]
                    : chosen.filter((one) => one !== id),
                })
              }
            />
          ))}
      </Group>
      <ProofFields proof={plan.proof} wrong={wrong} onChange={(proof) => set({ proof })} />
      {check.error && !isPlaced(check.error, PLACES) && (
        <div role="alert" className="wrong">
          <Said error={check.error} />
        </div>
      )}
      <div className="row">
        <Button
          type="submit"
          variant={it.state === 'checked' ? 'default' : 'filled'}
          loading={check.isPending}
        >
          {t(it.state === 'checked' ? 'imports.checkAgain' : 'imports.check')}
        </Button>
        <span className="soft small">{t('imports.check.help')}</span>
      </div>
    </form>
  );
}

type ProofProps = {
  readonly proof: Proof;
  readonly wrong: (path: string) => string | undefined;
  readonly onChange: (proof: Proof) => void;
};

function ProofFields({ proof, wrong, onChange }: ProofProps) {
  const { t } = useWords();
  const source = wrong('proof.source');
  const declaration = wrong('proof.declaration');
  return (
    <Group title={t('imports.proof')} help={t(`imports.proof.${proof.kind}.help`)}>
      <NativeSelect
        label={t('imports.proof.kind')}
        value={proof.kind}
        error={source === undefined && declaration === undefined && wrong('proof')}
        data={(['full', 'declared', 'none'] as const).map((value) => ({
          value,
          label: t(`imports.proof.${value}`),
        }))}
        onChange={({ currentTarget }) => onChange(proofBegun(currentTarget.value))}
      />
      {proof.kind !== 'none' && (
        <TextInput
          type="date"
          label={t('imports.proof.on')}
          description={t('imports.proof.on.help')}
          value={proof.on ?? ''}
          onChange={({ currentTarget: { value } }) => onChange(withText(proof, 'on', value))}
        />
      )}
      {proof.kind === 'full' && (
        <>
          <NativeSelect
            label={t('imports.proof.method')}
            value={proof.method}
            data={METHODS.map((value) => ({ value, label: t(`imports.method.${value}`) }))}
            onChange={({ currentTarget }) => {
              const method = METHODS.find((one) => one === currentTarget.value);
              if (method) onChange({ ...proof, method });
            }}
          />
          <Textarea
            label={t('imports.proof.words')}
            description={t('imports.proof.words.help')}
            rows={3}
            value={proof.words ?? ''}
            onChange={({ currentTarget: { value } }) => onChange(withText(proof, 'words', value))}
          />
        </>
      )}
      {proof.kind === 'declared' && (
        <>
          <TextInput
            label={t('imports.proof.source')}
            error={source}
            value={proof.source}
            onChange={({ currentTarget }) => onChange({ ...proof, source: currentTarget.value })}
          />
          <Textarea
            label={t('imports.proof.declaration')}
            description={t('imports.proof.declaration.help')}
            error={declaration}
            rows={3}
            value={proof.declaration}
            onChange={({ currentTarget }) =>
              onChange({ ...proof, declaration: currentTarget.value })
            }
          />
        </>
      )}
    </Group>
  );
}

function proofBegun(kind: string): Proof {
  if (kind === 'full') return { kind: 'full', method: 'form' };
  if (kind === 'declared') return { kind: 'declared', source: '', declaration: '' };
  return { kind: 'none' };
}

/** A text left empty is not there: a column may hold it for each line. */
function withText<Of extends Proof>(proof: Of, name: 'on' | 'words', value: string): Of {
  const rest = Object.fromEntries(Object.entries(proof).filter(([key]) => key !== name));
  return { ...rest, ...(value !== '' && { [name]: value }) } as Of;
}

const FIELD_LENGTH = 40;
function fieldOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w-]+/g, '_')
    .replace(/^[^a-zA-Z]+/, '');
  return `field:${(plain || 'column').slice(0, FIELD_LENGTH)}`;
}

/** What was rehearsed before, else what the columns seem to be and no proof at all. */
const planOf = ({ plan, columns }: Import): Plan =>
  (plan as Plan | null) ?? {
    columns: columns.map(({ guess }) => guess),
    topics: [],
    proof: { kind: 'none' },
  };
