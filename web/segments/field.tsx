import { TextInput } from '@mantine/core';
import { use, useId } from 'react';
import { useKnownFields } from '../api/known-fields.ts';
import { useWords } from '../words/speak.tsx';
import { Count, OpChoice, type ValueProps } from './inputs.tsx';
import { FIELD_OPS } from './kinds.ts';
import { Offers } from './offers.ts';
import type { Draft } from './tree.ts';

const NOT_A_NAME = /[^\w-]/g;

/** A field that the house keeps of its people: its name, and what stands in it. */
export function Field({ leaf, onChange }: ValueProps) {
  const { t } = useWords();
  const counted = useKnownFields();
  const { fields } = use(Offers);
  const known = [...new Set([...fields, ...(counted ?? [])])];
  const list = useId();
  const op = FIELD_OPS.find((one) => one in leaf) ?? 'is';
  const isNumber = op !== 'is' && op !== 'in' && op !== 'exists';
  const isDays = op === 'withinDays' || op === 'olderThanDays';
  const change = (next: Draft) => onChange(fitting(next));
  const name = textOf(leaf['field']);
  const isUnknown = counted !== undefined && name !== '' && !known.includes(name);
  return (
    <>
      <TextInput
        aria-label={t('build.field')}
        placeholder={t('build.field')}
        list={list}
        value={name}
        onChange={({ currentTarget }) => onChange({ ...leaf, field: spelled(currentTarget.value) })}
        onBlur={() => {
          const kept = asKept(name, known);
          if (kept !== name) onChange({ ...leaf, field: kept });
        }}
      />
      <datalist id={list}>
        {known.map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
      <OpChoice ops={FIELD_OPS} leaf={leaf} onChange={change} />
      {isNumber && (
        <Count
          label={t(isDays ? 'build.days' : 'build.number')}
          value={leaf[op]}
          onChange={(value) => onChange({ ...leaf, [op]: value })}
        />
      )}
      {isDays && <span>{t('build.days')}</span>}
      {op === 'is' && (
        <TextInput
          aria-label={t('build.value')}
          placeholder={t('build.value')}
          value={textOf(leaf['is'])}
          onChange={({ currentTarget }) => onChange({ ...leaf, is: currentTarget.value })}
        />
      )}
      {op === 'in' && (
        <TextInput
          aria-label={t('build.values')}
          placeholder={t('build.values')}
          defaultValue={((leaf['in'] as readonly unknown[] | undefined) ?? []).join(', ')}
          onChange={({ currentTarget }) =>
            onChange({
              ...leaf,
              in: currentTarget.value
                .split(',')
                .map((one) => one.trim())
                .filter((one) => one !== ''),
            })
          }
        />
      )}
      {isUnknown && (
        <p className="part-note small" role="status">
          {t('build.fieldUnknown', { field: name })}
        </p>
      )}
    </>
  );
}

/** A value that its new way of asking can hold. */
function fitting(leaf: Draft): Draft {
  if ('exists' in leaf) return { ...leaf, exists: true };
  if ('in' in leaf)
    return { ...leaf, in: typeof leaf['in'] === 'string' && leaf['in'] ? [leaf['in']] : [] };
  if ('is' in leaf) return { ...leaf, is: typeof leaf['is'] === 'string' ? leaf['is'] : '' };
  const op = FIELD_OPS.find((one) => one in leaf)!;
  return { ...leaf, [op]: typeof leaf[op] === 'number' ? leaf[op] : Number.NaN };
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';

/** As an import names them: "Last purchase" of a sheet is "Last_purchase" here. */
const spelled = (typed: string) => typed.replaceAll(/\s+/g, '_').replaceAll(NOT_A_NAME, '');

/** The name that is kept, whatever its capitals were typed as. */
const asKept = (name: string, known: readonly string[]) =>
  known.includes(name)
    ? name
    : (known.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name);
