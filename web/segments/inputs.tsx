import { NativeSelect, TextInput } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import { withOp, type FieldOp } from './kinds.ts';
import type { Draft } from './tree.ts';

export type ValueProps = { readonly leaf: Draft; readonly onChange: (leaf: Draft) => void };
type NumberProps = {
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: number) => void;
};

/** A number; empty, the part still wants it. */
export function Count({ label, value, onChange }: NumberProps) {
  return (
    <TextInput
      className="count-field"
      type="number"
      inputMode="numeric"
      min={0}
      aria-label={label}
      value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
      onChange={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
    />
  );
}

type OpProps<Op extends string> = ValueProps & { readonly ops: readonly Op[] };

/** The ways in which one thing can be asked. */
export function OpChoice<Op extends FieldOp>({ ops, leaf, onChange }: OpProps<Op>) {
  const { t } = useWords();
  const op = ops.find((one) => one in leaf) ?? ops[0]!;
  return (
    <NativeSelect
      aria-label={t('build.how')}
      value={op}
      data={ops.map((value) => ({ value, label: t(`build.op.${value}`) }))}
      onChange={({ currentTarget }) => {
        const next = ops.find((one) => one === currentTarget.value);
        if (next) onChange(withOp(leaf, ops, next));
      }}
    />
  );
}
