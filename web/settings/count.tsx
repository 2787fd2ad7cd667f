import { TextInput } from '@mantine/core';

export type FieldProps = {
  readonly label: string;
  readonly description?: string;
  readonly error: string | undefined;
};

/** A whole number. */
export function Count({
  value,
  onChange,
  ...field
}: FieldProps & { readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <TextInput
      type="number"
      inputMode="numeric"
      min={0}
      {...field}
      value={Number.isNaN(value) ? '' : value}
      onChange={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
    />
  );
}
