import { TextInput } from '@mantine/core';
import { useWords } from '../../words/speak.tsx';
import { languageName } from '../language-name.ts';
import { place, said, type Letter } from '../letter.ts';

/** What an inbox shows before the letter is opened. */
export function Subjects(props: {
  readonly letter: Letter;
  readonly languages: readonly string[];
  readonly onWrite: (place: string, text: string) => void;
}) {
  const { letter, languages, onWrite } = props;
  const { t } = useWords();
  return (
    <div className="beside subjects" data-many={languages.length > 1 || undefined}>
      {languages.map((language) => {
        const label = (words: string) =>
          languages.length > 1 ? `${words} · ${languageName(language)}` : words;
        return (
          <div key={language} className="subject">
            {(['subject', 'preheader'] as const).map((field) => (
              <TextInput
                key={field}
                label={label(t(`letter.${field}`))}
                lang={language}
                maxLength={200}
                value={said(letter, place(field, language))}
                onChange={({ currentTarget }) =>
                  onWrite(place(field, language), currentTarget.value)
                }
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}
