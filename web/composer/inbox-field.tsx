import { TextInput } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import type { DeskLetter } from './desk-letter.ts';
import { languageName } from './language-name.ts';
import { place } from './letter.ts';
import { useSaid, useWrite } from './use-letter.ts';

/** A line that an inbox shows before the letter is opened. */
export function InboxField(props: {
  readonly desk: DeskLetter;
  readonly field: 'subject' | 'preheader';
  readonly language: string;
  /** It stands beside the same line in another language. */
  readonly isOneOfMany: boolean;
}) {
  const { desk, field, language, isOneOfMany } = props;
  const { t } = useWords();
  const write = useWrite(desk);
  const words = t(`letter.${field}`);
  const own = place(field, language);
  return (
    <TextInput
      label={isOneOfMany ? `${words} · ${languageName(language)}` : words}
      lang={language}
      maxLength={200}
      value={useSaid(desk, own)}
      onChange={({ currentTarget }) => write(own, currentTarget.value)}
    />
  );
}
