import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useHouse, useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { useWords } from '../words/speak.tsx';
import '../shell/choices.css';
import { Field } from './field.tsx';
import { Count, OpChoice, type ValueProps } from './inputs.tsx';
import { kindOf, MEASURES, MOMENT_FACTS, MOMENTS, SINCE, WHENS, type Kind } from './kinds.ts';
import { campaignsLeftQuery, segmentsQuery } from './segments-query.ts';

const PACES = ['immediate', 'weekly', 'monthly', 'quarterly'] as const;
const STATES = ['active', 'unproven', 'unsubscribed', 'bounced', 'complained'] as const;

/** What a part wants to know more: which topic, how many, since when. */
export function Values({ leaf, onChange }: ValueProps) {
  const kind = kindOf(leaf);
  if (MOMENTS.includes(kind) || MOMENT_FACTS.includes(kind))
    return <When leaf={leaf} onChange={onChange} />;
  if (SINCE.includes(kind)) return <Since kind={kind} leaf={leaf} onChange={onChange} />;
  if (kind === 'paused') return null;
  const Value = BY_KIND[kind] ?? Measure;
  return <Value leaf={leaf} onChange={onChange} />;
}

type OneOfProps = {
  readonly label: string;
  readonly value: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
};

function OneOf({ label, value, data, onChoose }: OneOfProps) {
  const { t } = useWords();
  const isChosen = data.some((one) => one.value === value);
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      data={[...(isChosen ? [] : [{ value, label: t('build.choose') }]), ...data]}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    />
  );
}

function Topic({ leaf, onChange }: ValueProps) {
  const { t } = useWords();
  const topicName = useTopicName();
  const { data } = useQuery(topicsQuery);
  return (
    <OneOf
      label={t('build.topic')}
      value={String(leaf['follows'])}
      data={(data?.items ?? []).map(({ id }) => ({ value: id, label: topicName(id) }))}
      onChoose={(follows) => onChange({ follows })}
    />
  );
}

function Language({ leaf, onChange }: ValueProps) {
  const { t, locale } = useWords();
  const { brand } = useHouse();
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return (
    <OneOf
      label={t('build.kind.language')}
      value={String(leaf['language'])}
      data={brand.languages.map((one) => ({ value: one, label: names.of(one) ?? one }))}
      onChoose={(language) => onChange({ language })}
    />
  );
}

/** A saved segment stands for what it says when the letter leaves. */
function InSegment({ leaf, onChange }: ValueProps) {
  const { t } = useWords();
  const { data } = useQuery(segmentsQuery);
  const chosen = String(leaf['segment']);
  const open = data?.items.filter(({ id, retiredAt }) => retiredAt === null || id === chosen);
  return (
    <OneOf
      label={t('build.kind.segment')}
      value={chosen}
      data={(open ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      onChoose={(segment) => onChange({ segment })}
    />
  );
}

/** A campaign that has left: who got it is remembered for a month. */
function Received({ leaf, onChange }: ValueProps) {
  const { t } = useWords();
  const { data } = useQuery(campaignsLeftQuery);
  const chosen = leaf['received'] as
    { readonly campaign: string; readonly name: string } | undefined;
  const sent = (data?.items ?? []).filter(({ number }) => number !== null);
  const isKnown = sent.some(({ id }) => id === chosen?.campaign);
  return (
    <OneOf
      label={t('build.kind.received')}
      value={chosen?.campaign ?? ''}
      data={[
        ...(chosen && !isKnown ? [{ value: chosen.campaign, label: chosen.name }] : []),
        ...sent.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChoose={(id) => {
        const campaign = sent.find((one) => one.id === id);
        if (campaign)
          onChange({ received: { campaign: id, number: campaign.number, name: campaign.name } });
      }}
    />
  );
}

function Paces(props: ValueProps) {
  const { t } = useWords();
  const choices = PACES.map((value) => ({ value, label: t(`build.pace.${value}`) }));
  return <Several name="frequency" choices={choices} {...props} />;
}

function States(props: ValueProps) {
  const { t } = useWords();
  const choices = STATES.map((value) => ({ value, label: t(`build.standing.${value}`) }));
  return <Several name="state" choices={choices} {...props} />;
}

type SeveralProps = ValueProps & {
  readonly name: 'frequency' | 'state';
  readonly choices: readonly { readonly value: string; readonly label: string }[];
};

/** One or more of a few; any of them will do. */
function Several({ name, choices, leaf, onChange }: SeveralProps) {
  const { t } = useWords();
  const chosen = (leaf[name] as readonly string[] | undefined) ?? [];
  const toggle = (value: string) =>
    onChange({
      [name]: choices
        .map((one) => one.value)
        .filter((one) => (one === value) !== chosen.includes(one)),
    });
  return (
    <div role="group" aria-label={t(`build.kind.${name}`)} className="choices several">
      {choices.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen.includes(value)}
          onClick={() => toggle(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Measure({ leaf, onChange }: ValueProps) {
  const { t } = useWords();
  const op = MEASURES.find((one) => one in leaf) ?? 'atLeast';
  return (
    <>
      <OpChoice ops={MEASURES} leaf={leaf} onChange={onChange} />
      <Count
        label={t('build.number')}
        value={leaf[op]}
        onChange={(value) => onChange({ ...leaf, [op]: value })}
      />
    </>
  );
}

function When({ leaf, onChange }: ValueProps) {
  const { t } = useWords();
  const op = WHENS.find((one) => one in leaf) ?? 'withinDays';
  return (
    <>
      <OpChoice ops={WHENS} leaf={leaf} onChange={onChange} />
      <Count
        label={t('build.days')}
        value={leaf[op]}
        onChange={(value) => onChange({ ...leaf, [op]: value })}
      />
      <span>{t('build.days')}</span>
    </>
  );
}

function Since({ kind, leaf, onChange }: ValueProps & { readonly kind: string }) {
  const { t } = useWords();
  return (
    <>
      <Measure leaf={leaf} onChange={onChange} />
      <span>{t('build.inLast')}</span>
      <Count
        label={t('build.days')}
        value={leaf[kind]}
        onChange={(value) => onChange({ ...leaf, [kind]: value })}
      />
      <span>{t('build.days')}</span>
    </>
  );
}

const BY_KIND: Partial<Readonly<Record<Kind, (props: ValueProps) => ReactNode>>> = {
  follows: Topic,
  frequency: Paces,
  state: States,
  language: Language,
  received: Received,
  field: Field,
  segment: InSegment,
};
