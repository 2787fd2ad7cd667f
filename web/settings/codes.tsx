import { TextInput } from '@mantine/core';
import { useId, useMemo } from 'react';
import { useWords } from '../words/speak.tsx';
import { countryCodes } from './countries.ts';

const CODES = {
  region: countryCodes,
  currency: () => Intl.supportedValuesOf('currency'),
} as const;

type CodeProps = {
  readonly kind: keyof typeof CODES;
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

/** A country or a currency: chosen by its name from a list, or typed as its code or its name. */
export function Code({ kind, value, onChange, ...props }: CodeProps) {
  const { locale } = useWords();
  const list = useId();
  const names = useMemo(() => {
    const inWords = new Intl.DisplayNames([locale], { type: kind, fallback: 'none' });
    return CODES[kind]()
      .flatMap((code) => {
        const name = inWords.of(code);
        return name === undefined ? [] : [{ code, name }];
      })
      .sort((one, other) => one.name.localeCompare(other.name, locale));
  }, [kind, locale]);
  const known = names.find(({ code }) => code === value);
  /** Who typed a name, or small letters, meant the code. */
  const settle = () => {
    const typed = value.trim();
    const same = (one: string) => one.localeCompare(typed, locale, { sensitivity: 'base' }) === 0;
    const meant = names.find(({ code, name }) => same(code) || same(name));
    if (meant && meant.code !== value) onChange(meant.code);
  };
  return (
    <>
      <TextInput
        {...props}
        description={known?.name ?? props.description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        list={list}
        autoComplete="off"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onBlur={settle}
      />
      <datalist id={list}>
        {names.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}
