import { Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { api, bodyOf, Refused } from '../api/client.ts';
import type { Campaign } from '../api/shapes.ts';
import { Choices } from '../shell/choices.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { InboxLine } from './inbox-line.tsx';
import { inputOf, missingIn, type Letter } from './letter.ts';
import { LetterFrame } from './letter-frame.tsx';
import { Places } from './mend.tsx';
import { ReadAs, Verdict } from './read-as.tsx';
import { Remarks, type BlockNamed } from './remarks.tsx';

const REST_MS = 400;
const LOOKS = ['phone', 'desk', 'text'] as const;
type Look = (typeof LOOKS)[number];

/** The letter as it will be read: where, by whom, and what a careful colleague would say of it. */
export function Preview(props: {
  readonly campaign: Campaign;
  readonly letter: Letter;
  readonly language: string;
  /** Goes to the block that a remark speaks of. */
  readonly onOpen?: (block: string) => void;
  readonly blockNamed?: BlockNamed;
}) {
  const { t } = useWords();
  const [look, setLook] = useState<Look>('phone');
  const [dark, setDark] = useState(false);
  const [pictures, setPictures] = useState(true);
  const [as, setAs] = useState('');
  const { data, error } = usePreview(props, as);
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
      {error && (
        <div role="alert" className="preview-trouble">
          {error instanceof Refused && error.code === 'template-invalid' ? (
            <>
              <p>{t('preview.cannot')}</p>
              <Places places={error.errors} letter={props.letter} />
            </>
          ) : (
            <Said error={error} />
          )}
        </div>
      )}
      {data && (
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
                title={t('preview.title')}
                html={data.html}
                dark={dark}
                pictures={pictures}
              />
            </div>
          )}
          <Remarks
            {...{ remarks: data.remarks, bytes: data.bytes }}
            {...(props.blockNamed && { blockNamed: props.blockNamed })}
            {...(props.onOpen && { onOpen: props.onOpen })}
          />
        </>
      )}
    </section>
  );
}

type Looked = Pick<Parameters<typeof Preview>[0], 'campaign' | 'letter' | 'language'>;

/** What the house makes of the letter, asked each time the fingers rest. */
export function usePreview({ campaign, letter, language }: Looked, as: string) {
  const { content, from } = campaign;
  const { format } = content;
  const rested = useRested(letter);
  const wish = useMemo(
    () => ({
      ...inputOf(rested, format),
      ...(from && { from }),
      ...(as === '' ? { language } : { as }),
    }),
    [rested, format, from, as, language],
  );
  return useQuery({
    queryKey: ['preview', wish],
    queryFn: () => bodyOf(api.campaigns.preview.$post({ json: wish })),
    enabled: missingIn(letter, format === 'blocks').length === 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 30_000,
    retry: false,
  });
}

/** What is typed, once the fingers rest. */
function useRested(letter: Letter): Letter {
  const [rested, setRested] = useState(letter);
  const deferred = useDeferredValue(letter);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(deferred), REST_MS);
    return () => window.clearTimeout(timer);
  }, [deferred]);
  return rested;
}
