import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { useHouse } from '../../api/house.ts';
import { Said } from '../../shell/trouble.tsx';
import { useWords } from '../../words/speak.tsx';
import { fromHtml, type Beginning } from './begin.ts';

/** HTML made with another tool; its merge tags become ours, and each is named. */
export function BroughtAlong({
  onChoose,
}: {
  readonly onChoose: (beginning: Beginning | undefined) => void;
}) {
  const { t } = useWords();
  const { brand } = useHouse();
  const [html, setHtml] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const read = useMutation({
    mutationFn: (source: string) =>
      bodyOf(api['letters-from-elsewhere'].$post({ json: { source } })),
    onSuccess: ({ source }) => {
      setHtml(source);
      onChoose(fromHtml(brand, source));
    },
  });
  const write = (source: string) => {
    setHtml(source);
    // It is one to begin with only once its tags were read.
    onChoose(undefined);
  };
  return (
    <div className="stack brought">
      <Textarea
        label={t('begin.source')}
        className="code-area"
        rows={8}
        spellCheck={false}
        value={html}
        onChange={({ currentTarget }) => write(currentTarget.value)}
        onPaste={({ currentTarget: area }) => {
          // What is pasted stands there a moment later.
          window.setTimeout(() => read.mutate(area.value));
        }}
      />
      <div className="row">
        <Button
          variant="default"
          disabled={html.trim() === ''}
          loading={read.isPending}
          onClick={() => read.mutate(html)}
        >
          {t('begin.read')}
        </Button>
        <input
          ref={input}
          type="file"
          className="hidden"
          accept=".html,.htm,text/html"
          aria-label={t('begin.file')}
          tabIndex={-1}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = '';
            if (file) void file.text().then((source) => read.mutate(source));
          }}
        />
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('begin.file')}
        </Button>
      </div>
      <div role="status">
        {html.trim() !== '' && read.data?.source !== html && !read.isPending && (
          <p className="soft">{t('begin.readFirst')}</p>
        )}
        {read.error && <Said error={read.error} />}
        {read.data && (
          <>
            <p>{t('begin.tags', { count: read.data.tags.length })}</p>
            <ul className="plain brought-tags">
              {read.data.tags.map(({ tag, here }) => (
                <li key={tag}>
                  <code>{tag}</code> {t(here === null ? 'begin.tag.none' : 'begin.tag.here')}{' '}
                  {here !== null && <code>{here}</code>}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
