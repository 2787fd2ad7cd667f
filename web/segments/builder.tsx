import { Button, NativeSelect } from '@mantine/core';
import { use } from 'react';
import { useWords } from '../words/speak.tsx';
import { begun, kindOf, offered } from './kinds.ts';
import { Offers } from './offers.ts';
import { groupOf, isGroup, rowOf, withPart, type Group, type Part, type Row } from './tree.ts';
import { Values } from './values.tsx';
import './builder.css';

type BuilderProps = { readonly root: Group; readonly onChange: (root: Group) => void };
type Change = (key: string, change: (part: Part) => Part | undefined) => void;
/** Deeper than this, nobody could say it any more. */
const GROUPS_DEEP = 2;

/** A sentence one builds: parts, joined by "all of" or "one of", and groups of parts. */
export function Builder({ root, onChange }: BuilderProps) {
  const change: Change = (key, act) =>
    onChange(root.key === key ? (act(root) as Group) : withPart(root, key, act));
  return <OneGroup group={root} depth={0} change={change} />;
}

type GroupProps = { readonly group: Group; readonly depth: number; readonly change: Change };

function OneGroup({ group, depth, change }: GroupProps) {
  const { t } = useWords();
  const add = (part: Part) =>
    change(group.key, (old) => ({ ...(old as Group), parts: [...(old as Group).parts, part] }));
  return (
    <fieldset className="parts-of" data-inner={depth > 0 || undefined}>
      <legend className="hidden">{t(depth === 0 ? 'build.conditions' : 'build.group')}</legend>
      <NativeSelect
        aria-label={t('build.join')}
        value={group.join}
        data={(['all', 'any'] as const).map((value) => ({
          value,
          label: t(`build.join.${value}`),
        }))}
        onChange={({ currentTarget }) =>
          change(group.key, (old) => ({
            ...(old as Group),
            join: currentTarget.value === 'any' ? 'any' : 'all',
          }))
        }
      />
      <ul className="plain part-list">
        {group.parts.map((part, index) => (
          <li key={part.key}>
            {isGroup(part) ? (
              <OneGroup group={part} depth={depth + 1} change={change} />
            ) : (
              <OneRow row={part} place={index + 1} change={change} />
            )}
          </li>
        ))}
      </ul>
      <div className="row">
        <Button variant="default" onClick={() => add(rowOf(begun('follows')))}>
          {t('build.add')}
        </Button>
        {depth < GROUPS_DEEP && (
          <Button
            variant="default"
            onClick={() =>
              add(groupOf(group.join === 'all' ? 'any' : 'all', [rowOf(begun('follows'))]))
            }
          >
            {t('build.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

type RowProps = { readonly row: Row; readonly place: number; readonly change: Change };

function OneRow({ row, place, change }: RowProps) {
  const { t } = useWords();
  const { withSegments } = use(Offers);
  const kind = kindOf(row.leaf);
  const kinds = offered(withSegments, kind);
  const set = (more: Partial<Row>) => change(row.key, (old) => ({ ...(old as Row), ...more }));
  return (
    <div className="part" role="group" aria-label={t('build.part', { place })}>
      <NativeSelect
        aria-label={t('build.with')}
        value={row.isNot ? 'not' : 'is'}
        data={(['is', 'not'] as const).map((value) => ({
          value,
          label: t(`build.with.${value}`),
        }))}
        onChange={({ currentTarget }) => set({ isNot: currentTarget.value === 'not' })}
      />
      <NativeSelect
        aria-label={t('build.what')}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`build.kind.${value}`) }))}
        onChange={({ currentTarget }) => {
          const next = kinds.find((one) => one === currentTarget.value);
          if (next) set({ leaf: begun(next) });
        }}
      />
      <Values leaf={row.leaf} onChange={(leaf) => set({ leaf })} />
      <button
        type="button"
        className="words part-remove"
        aria-label={t('build.removeOne', { place })}
        onClick={() => change(row.key, () => undefined)}
      >
        {t('build.remove')}
      </button>
    </div>
  );
}
