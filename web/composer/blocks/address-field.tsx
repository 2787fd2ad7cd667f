import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/speak.tsx';
import { addressOf, isAddress } from './address.ts';

/** Kept when it can be one; what is still being typed stays here. */
export function Address(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (address: string) => void;
}) {
  const { t } = useWords();
  const [typed, setTyped] = useState<{ readonly text: string; readonly left: string }>();
  // What changed elsewhere meanwhile, as by an undo, takes the place of what was typed here.
  const text = typed && typed.left === props.value ? typed.text : props.value;
  const isGood = text.trim() === '' || isAddress(addressOf(text));
  return (
    <TextInput
      label={props.label}
      placeholder="https://"
      inputMode="url"
      maxLength={2_000}
      value={text}
      error={isGood || typed === undefined ? undefined : t('set.linkBad')}
      onChange={({ currentTarget: { value } }) => {
        const address = addressOf(value);
        const isOne = address === '' || isAddress(address);
        setTyped({ text: value, left: isOne ? address : props.value });
        if (isOne) props.onChange(address);
      }}
      onBlur={() => {
        if (isGood) setTyped(undefined);
      }}
    />
  );
}
