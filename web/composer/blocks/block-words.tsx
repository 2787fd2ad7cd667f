import { useWords } from '../../words/speak.tsx';
import { languageName } from '../language-name.ts';
import { said, type Letter } from '../letter.ts';
import { Field } from './field.tsx';
import { wordsPlace } from './flat.ts';
import { languageIn } from '../language-name.ts';

/** Which block is written, and in which languages. */
export type Writing = {
  readonly letter: Letter;
  readonly id: string;
  readonly languages: readonly string[];
};
type WordsProps = Writing & {
  readonly field: string;
  readonly kind: 'rich' | 'line' | 'lines';
  readonly label: string;
  readonly look?: string;
  readonly isOptional?: boolean;
  /** Whether Enter at its end goes on below. */
  readonly isTitle?: boolean;
};

/** One text in each language that is shown; what is not translated says so. */
export function Words(props: WordsProps) {
  const { letter, id, languages, field, kind, label, look, isOptional, isTitle } = props;
  const { t, language: spoken } = useWords();
  const isWritten = Object.entries(letter).some(
    ([place, text]) => text !== '' && place.startsWith(`block/${id}/${field}.`),
  );
  return (
    <div className="beside" data-many={languages.length > 1 || undefined}>
      {languages.map((language) => {
        const place = wordsPlace(id, field, language);
        const value = said(letter, place);
        const isMissing = value === '' && isWritten;
        return (
          <div key={language} data-language={language} data-missing={isMissing || undefined}>
            <div className={look}>
              <Field
                place={place}
                value={value}
                kind={kind}
                isTitle={isTitle}
                label={languages.length > 1 ? `${label} · ${languageName(language)}` : label}
                language={language}
                placeholder={
                  isMissing
                    ? t('blocks.notTranslated', { language: languageIn(spoken, language) })
                    : isOptional
                      ? t('blocks.optional', { label })
                      : label
                }
              />
            </div>
          </div>
        );
      })}
    </div>
  );
}
