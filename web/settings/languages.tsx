import { Checkbox } from '@mantine/core';
import { languageIn } from '../composer/language-name.ts';
import { useWords } from '../words/speak.tsx';

/** Languages that pages and mails speak from the start; the house may have added others. */
const SPOKEN: readonly string[] = ['fr', 'en'];

type LanguagesProps = {
  readonly main: string;
  readonly languages: readonly string[];
  readonly onChange: (languages: string[]) => void;
  readonly error: string | undefined;
};

/** In which languages a house writes; the main one is always among them. */
export function Languages({ main, languages, onChange, error }: LanguagesProps) {
  const { locale } = useWords();
  const all = [...new Set([...SPOKEN, ...languages])];
  return (
    <div className="stack tight">
      {all.map((one) => (
        <Checkbox
          key={one}
          label={languageIn(locale, one)}
          checked={languages.includes(one)}
          disabled={one === main}
          onChange={({ currentTarget: { checked } }) =>
            onChange(all.filter((other) => (other === one ? checked : languages.includes(other))))
          }
        />
      ))}
      {error && <p className="wrong small">{error}</p>}
    </div>
  );
}

/** For a list to choose the main one from. */
export const languageChoices = (languages: readonly string[], locale: string) =>
  languages.map((one) => ({ value: one, label: languageIn(locale, one) }));
