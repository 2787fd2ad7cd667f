import { Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, bodyOf, Refused } from '../api/client.ts';
import type { Campaign } from '../api/shapes.ts';
import { Choices } from '../shell/choices.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { useBlockNamed } from './blocks/block-named.ts';
import type { DeskLetter } from './desk-letter.ts';
import { InboxLine } from './inbox-line.tsx';
import { inputOf, missingIn, type Letter } from './letter.ts';
import { languageIn, languageName } from './language-name.ts';
import { LetterFrame } from './letter-frame.tsx';
import { Places } from './mend.tsx';
import { ReadAs, Verdict } from './read-as.tsx';
import { Remarks } from './remarks.tsx';
import { useRestedLetter } from './use-letter.ts';

/** A pause in the typing this long, and the house is asked what it makes of the letter. */
export const PREVIEW_REST_MS = 400;
const LOOKS = ['phone', 'desk', 'text'] as const;
type Look = (typeof LOOKS)[number];

type PreviewProps = {
  readonly campaign: Campaign;
  readonly desk: DeskLetter;
  /** Those that are written now, one beside the other. */
  readonly languages: readonly string[];
  /** Goes to the block that a remark speaks of. */
  readonly onOpen?: (block: string) => void;
};
type How = { readonly look: Look; readonly dark: boolean; readonly pictures: boolean };

/** The letter as it will be read: where, by whom, and what a careful colleague would say of it. */
export function Preview(props: PreviewProps) {
  const { t } = useWords();
  const [look, setLook] = useState<Look>('phone');
  const [dark, setDark] = useState(false);
  const [pictures, setPictures] = useState(true);
  const [as, setAs] = useState('');
  const letter = useRestedLetter(props.desk, PREVIEW_REST_MS);
  // Somebody reads it in a language of their own.
  const languages = as === '' ? props.languages : props.languages.slice(0, 1);
  return (
    <section className="preview" aria-labelledby="preview">
      <h2 id="preview">{t('preview.title')}</h2>
      <div className="row">
        <Choices
          label={t('preview.look')}
          value={look}
          choices={LOOKS.map((value) => ({ value, label: t(`preview.${value}`) }))}
          onChoose={setLook}
        />
        <Checkbox
          label={t('preview.dark')}
          checked={dark}
          onChange={({ currentTarget }) => setDark(currentTarget.checked)}
        />
        <Checkbox
          label={t('preview.noPictures')}
          checked={!pictures}
          onChange={({ currentTarget }) => setPictures(!currentTarget.checked)}
        />
      </div>
      <ReadAs campaign={props.campaign} value={as} onChoose={setAs} />
      {languages.length === 1 ? (
        <InOneLanguage
          {...{ ...props, letter, as }}
          language={languages[0]!}
          how={{ look, dark, pictures }}
        />
      ) : (
        <div className="columns">
          {languages.map((language) => (
            <section key={language} className="stack" aria-label={languageName(language)}>
              <h3>{languageName(language)}</h3>
              <InOneLanguage
                {...{ ...props, letter, as, language }}
                how={{ look, dark, pictures }}
              />
            </section>
          ))}
        </div>
      )}
    </section>
  );
}

function InOneLanguage(props: PreviewProps & Looked & { readonly as: string; readonly how: How }) {
  const { t, language: spoken } = useWords();
  const { letter, language, as, onOpen } = props;
  const { look, dark, pictures } = props.how;
  const blockNamed = useBlockNamed(letter);
  const { data, error } = usePreview({ ...props, letter }, as);
  // Readers of a language it is not written in get it in the house's.
  const isWritten = as !== '' || data?.language === language;
  return (
    <>
      {error && (
        <div role="alert" className="preview-trouble">
          {error instanceof Refused && error.code === 'template-invalid' ? (
            <>
              <p>{t('preview.cannot')}</p>
              <Places places={error.errors} letter={letter} />
            </>
          ) : (
            <Said error={error} />
          )}
        </div>
      )}
      {data && !isWritten && (
        <p className="soft">
          {t('preview.notIn', {
            language: languageIn(spoken, language),
            other: languageIn(spoken, data.language),
          })}
        </p>
      )}
      {data && isWritten && (
        <>
          {as !== '' && <Verdict id={as} decision={data.decision} />}
          <InboxLine from={data.from.name} subject={data.subject} preheader={data.preheader} />
          {look === 'text' ? (
            <pre className="letter-text" tabIndex={0}>
              {data.text}
            </pre>
          ) : (
            <div className="letter-window" data-look={look}>
              <LetterFrame
                title={`${t('preview.title')} · ${languageName(data.language)}`}
                html={data.html}
                dark={dark}
                pictures={pictures}
              />
            </div>
          )}
          <Remarks
            {...{ remarks: data.remarks, bytes: data.bytes }}
            {...(onOpen && { blockNamed, onOpen })}
          />
        </>
      )}
    </>
  );
}

type Looked = {
  readonly campaign: Campaign;
  /** As it stood when the fingers rested. */
  readonly letter: Letter;
  readonly language: string;
};

/** What the house makes of a letter. */
export function usePreview({ campaign, letter, language }: Looked, as: string) {
  const { content, from } = campaign;
  const { format } = content;
  const wish = useMemo(
    () => ({
      ...inputOf(letter, format),
      ...(from && { from }),
      ...(as === '' ? { language } : { as }),
    }),
    [letter, format, from, as, language],
  );
  return useQuery({
    queryKey: ['preview', wish],
    // A whole letter is spelled once, not at each look.
    queryKeyHashFn: () => spelled(wish),
    queryFn: () => bodyOf(api.campaigns.preview.$post({ json: wish })),
    enabled: missingIn(letter, format === 'blocks').length === 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 30_000,
    retry: false,
  });
}

const spelling = new WeakMap<object, string>();

function spelled(wish: object): string {
  const known = spelling.get(wish) ?? `preview ${JSON.stringify(wish)}`;
  spelling.set(wish, known);
  return known;
}
