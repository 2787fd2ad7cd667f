import { NativeSelect } from '@mantine/core';
import { useWords } from '../words/speak.tsx';

/** By which way somebody asked, as their proof will say it. */
const METHODS = ['phone', 'in-person', 'paper', 'reply'] as const;
export type Method = (typeof METHODS)[number];

export function MethodChoice(props: {
  readonly method: Method;
  readonly onChange: (method: Method) => void;
}) {
  const { t } = useWords();
  return (
    <NativeSelect
      label={t('help.method')}
      value={props.method}
      onChange={({ currentTarget }) =>
        props.onChange(METHODS.find((one) => one === currentTarget.value) ?? 'phone')
      }
      data={METHODS.map((value) => ({ value, label: t(`help.by.${value}`) }))}
    />
  );
}
