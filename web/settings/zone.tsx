import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { meQuery } from '../api/queries.ts';
import { dateIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';

const ZONES = Intl.supportedValuesOf('timeZone');
const inNoCase = (zone: string) => zone.toLowerCase().replaceAll(' ', '_');

type ZoneProps = {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (zone: string) => void;
};

/** A time zone: chosen from the list, or its city typed; what time it is there tells whether it is the one. */
export function Zone({ label, value, error, onChange }: ZoneProps) {
  const words = useWords();
  const list = useId();
  const { data: me } = useQuery(meQuery);
  const isKnown = ZONES.includes(value);
  /** Who typed the city alone meant its zone. */
  const settle = () => {
    const typed = inNoCase(value.trim());
    const meant = ZONES.find((zone) => inNoCase(zone) === typed || cityOf(zone) === typed);
    if (meant && typed !== '' && meant !== value) onChange(meant);
  };
  return (
    <>
      <TextInput
        label={label}
        {...(isKnown &&
          me && { description: words.t('zone.now', { at: dateIn(words, value, me.now, 'hour') }) })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        list={list}
        autoComplete="off"
        value={value}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onBlur={settle}
      />
      <datalist id={list}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

const cityOf = (zone: string) => inNoCase(zone).split('/').at(-1);
