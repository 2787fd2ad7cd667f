import { Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useWords } from '../words/speak.tsx';
import type { DeskLetter } from './desk-letter.ts';
import { InboxField } from './inbox-field.tsx';
import { languageName } from './language-name.ts';
import { place } from './letter.ts';
import { useSaid, useWrite } from './use-letter.ts';

type ColumnsProps = {
  readonly desk: DeskLetter;
  readonly languages: readonly string[];
  readonly format: 'markdown' | 'mjml' | 'html';
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
  desk,
  language,
  languages,
  format,
}: ColumnsProps & { readonly language: string }) {
  const { t } = useWords();
  const name = languageName(language);
  const isOneOfMany = languages.length > 1;
  const words = t(`compose.source.${format}`);
  return (
    <section className="stack" aria-label={name}>
      <InboxField field="subject" {...{ desk, language, isOneOfMany }} />
      <InboxField field="preheader" {...{ desk, language, isOneOfMany }} />
      <Source label={isOneOfMany ? `${words} · ${name}` : words} desk={desk} language={language} />
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
  readonly desk: DeskLetter;
  readonly language: string;
}) {
  const { desk, language } = props;
  const { t } = useWords();
  const write = useWrite(desk);
  const own = place('source', language);
  const value = useSaid(desk, own);
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (tag: string) => {
    const element = area.current;
    const at = element?.selectionStart ?? value.length;
    const end = element?.selectionEnd ?? at;
    write(own, value.slice(0, at) + tag + value.slice(end));
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
        lang={language}
        className="source"
        rows={18}
        resize="vertical"
        value={value}
        onChange={({ currentTarget }) => write(own, currentTarget.value)}
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
