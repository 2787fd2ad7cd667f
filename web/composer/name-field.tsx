import { TextInput } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import type { DeskLetter } from './desk-letter.ts';
import { usePart, useWrite } from './use-letter.ts';

/** What the letter is called in the house; no reader sees it. */
export function NameField({ desk }: { readonly desk: DeskLetter }) {
  const { t } = useWords();
  const write = useWrite(desk);
  return (
    <TextInput
      label={t('compose.name')}
      description={t('compose.nameMeans')}
      value={usePart(desk, (letter) => letter['name'] ?? '')}
      maxLength={120}
      onChange={({ currentTarget }) => write('name', currentTarget.value)}
    />
  );
}
