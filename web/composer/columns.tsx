import { Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useWords } from '../words/speak.tsx';
import { place, said, type Letter } from './letter.ts';
import { languageName } from './language-name.ts';

type ColumnsProps = {
  readonly letter: Letter;
  readonly languages: readonly string[];
  readonly format: 'markdown' | 'mjml' | 'html';
  readonly onWrite: (place: string, text: string) => void;
};

/** The letter in each language, side by side. */
export function Columns(props: ColumnsProps) {
  return (
    <div className="columns">
      {props.languages.map((language) => (
        <Column key={language} {...props} language={language} />
      ))}
    </div>
  );
}

function Column({
  letter,
  language,
  languages,
  format,
  onWrite,
}: ColumnsProps & { readonly language: string }) {
  const { t } = useWords();
  const name = languageName(language);
  const label = (words: string) => (languages.length > 1 ? `${words} · ${name}` : words);
  const text = (field: 'subject' | 'preheader') => said(letter, place(field, language));
  return (
    <section className="stack" aria-label={name}>
      <TextInput
        label={label(t('letter.subject'))}
        lang={language}
        maxLength={200}
        value={text('subject')}
        onChange={({ currentTarget }) => onWrite(place('subject', language), currentTarget.value)}
      />
      <TextInput
        label={label(t('letter.preheader'))}
        lang={language}
        maxLength={200}
        value={text('preheader')}
        onChange={({ currentTarget }) => onWrite(place('preheader', language), currentTarget.value)}
      />
      <Source
        label={label(t(`compose.source.${format}`))}
        language={language}
        value={said(letter, place('source', language))}
        onWrite={(source) => onWrite(place('source', language), source)}
      />
    </section>
  );
}

/** Fields of the reader, with what stands there for who has none. */
const TAGS = [
  ['greeting', '{{ person.greeting }}'],
  ['givenName', '{{ person.givenName | default: "" }}'],
  ['pace', '{{ frequency }}'],
  ['preferences', '[…]({{ links.preferences }})'],
] as const;

function Source(props: {
  readonly label: string;
  readonly language: string;
  readonly value: string;
  readonly onWrite: (source: string) => void;
}) {
  const { t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (tag: string) => {
    const element = area.current;
    const at = element?.selectionStart ?? props.value.length;
    const end = element?.selectionEnd ?? at;
    props.onWrite(props.value.slice(0, at) + tag + props.value.slice(end));
    window.requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(at + tag.length, at + tag.length);
    });
  };
  return (
    <div>
      <Textarea
        ref={area}
        label={props.label}
        lang={props.language}
        className="source"
        rows={18}
        resize="vertical"
        value={props.value}
        onChange={({ currentTarget }) => props.onWrite(currentTarget.value)}
      />
      <div className="row tags" role="group" aria-label={t('compose.tags')}>
        {TAGS.map(([name, tag]) => (
          <button key={name} type="button" className="tag" onClick={() => insert(tag)}>
            {t(`compose.tag.${name}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
