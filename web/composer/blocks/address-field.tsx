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
  const [typed, setTyped] = useState<string>();
  const text = typed ?? props.value;
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
        setTyped(value);
        const address = addressOf(value);
        if (address === '' || isAddress(address)) props.onChange(address);
      }}
      onBlur={() => {
        if (isGood) setTyped(undefined);
      }}
    />
  );
}
