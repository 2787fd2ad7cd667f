import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../../api/house.ts';
import { useTell } from '../../shell/told.tsx';
import { Choices } from '../../shell/choices.tsx';
import { Said, Waiting } from '../../shell/trouble.tsx';
import { useWords } from '../../words/speak.tsx';
import { Difference, type Side } from '../difference.tsx';
import { languageName } from '../language-name.ts';
import { LetterFrame } from '../letter-frame.tsx';
import { differing, languagesIn, letterOf } from '../letter.ts';
import { usePreview } from '../preview.tsx';
import { InboxLine } from '../inbox-line.tsx';
import { versionQuery, type Version, type Versions } from './versions-query.ts';
import type { VersionsProps } from './versions.tsx';

type OneProps = VersionsProps & { readonly version: Versions['items'][number] };

/** A letter as it stood: how it differs from now, how it was read, and the way back to it. */
export function OneVersion({ version, ...props }: OneProps) {
  const { t } = useWords();
  const { date } = useHouse();
  const tell = useTell();
  const at = date(version.at, 'moment');
  const { data, error } = useQuery(versionQuery(props.campaign.id, version.number));
  const back = useMutation({
    mutationFn: async () => props.onBringBack?.(version.number),
    onSuccess: () => {
      props.onClose();
      tell(t('versions.broughtBack', { at }));
    },
  });
  return (
    <section className="stack version-read" aria-labelledby="version">
      <h3 id="version">{t('versions.of', { at })}</h3>
      {props.onBringBack && (
        <div className="row">
          <Button loading={back.isPending} onClick={() => back.mutate()}>
            {t('versions.bringBack')}
          </Button>
        </div>
      )}
      {(back.error ?? error) && (
        <div role="alert" className="wrong">
          <Said error={back.error ?? error} />
        </div>
      )}
      {data ? <Read {...props} letterThen={data.letter} /> : !error && <Waiting />}
    </section>
  );
}

function Read({
  campaign,
  letter,
  languages,
  letterThen,
}: VersionsProps & { readonly letterThen: Version['letter'] }) {
  const { t } = useWords();
  const then = letterOf(letterThen);
  const sides: readonly [Side, Side] = [
    { name: t('versions.then'), letter: then },
    { name: t('versions.now'), letter },
  ];
  const places = differing(then, letter);
  const spoken = [...new Set([...languages, ...languagesIn(then)])];
  const [language, setLanguage] = useState(spoken[0]!);
  const { content, from } = letterThen;
  const asThen = { ...campaign, content, from };
  const { data, error } = usePreview({ campaign: asThen, letter: then, language }, '');
  return (
    <>
      <h3>{t('versions.differs')}</h3>
      {places.length === 0 && <p>{t('versions.same')}</p>}
      {places.map((place) => (
        <Difference key={place} place={place} sides={sides} heading="h4" />
      ))}
      <h3>{t('versions.read')}</h3>
      {spoken.length > 1 && (
        <Choices
          label={t('compose.languages')}
          value={language}
          choices={spoken.map((value) => ({ value, label: languageName(value) }))}
          onChoose={setLanguage}
        />
      )}
      {error && <p>{t('preview.cannot')}</p>}
      {data && (
        <>
          <InboxLine from={data.from.name} subject={data.subject} preheader={data.preheader} />
          <div className="letter-window" data-look="phone">
            <LetterFrame title={t('versions.read')} html={data.html} dark={false} pictures />
          </div>
        </>
      )}
    </>
  );
}
