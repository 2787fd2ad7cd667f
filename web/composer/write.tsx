import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useHouse } from '../api/house.ts';
import { campaignQuery } from '../api/queries.ts';
import type { Campaign } from '../api/shapes.ts';
import { Choices } from '../shell/choices.tsx';
import { ButtonLink } from '../shell/button-link.tsx';
import { Leaving } from '../shell/leaving.tsx';
import { Page } from '../shell/page.tsx';
import { Waiting } from '../shell/trouble.tsx';
import { partOf } from '../shell/fetched.ts';
import { useWords } from '../words/speak.tsx';
import { withWords } from '../words/words.ts';
import { AudienceChoice } from './audience-choice.tsx';
import { Closed } from './closed.tsx';
import { Columns } from './columns.tsx';
import { deskLetter, type DeskLetter } from './desk-letter.ts';
import { languageName } from './language-name.ts';
import { startOf } from './kept.ts';
import { languagesIn } from './letter.ts';
import { Mend } from './mend.tsx';
import { withTheirs } from './merge.ts';
import { Met } from './met.tsx';
import { NameField } from './name-field.tsx';
import { Preview } from './preview.tsx';
import { SavingLine } from './saving-line.tsx';
import { useSaving } from './saving.ts';
import { TestToMe } from './test-to-me.tsx';
import { TopicField } from './topic-choice.tsx';
import { usePart, useWholeLetter, useWrite } from './use-letter.ts';
import type { VersionsProps } from './versions/versions.tsx';
import './composer.css';

/** Only who writes in blocks fetches what that takes. */
const BlocksDesk = partOf(() => withWords('blocks', import('./blocks/desk.tsx')), 'BlocksDesk');

/** And who looks back. */
const VersionsSheet = partOf(
  () => withWords('versions', import('./versions/versions.tsx')),
  'VersionsSheet',
);

/** What is copied at each date of a series is written like a draft. */
const WRITTEN: readonly string[] = ['draft', 'recurring', 'ended'];

/** So long somebody else may have saved before it is seen here, where nothing is saved meanwhile. */
const LOOK_AGAIN_MS = 15_000;

/** Where a letter is written. */
export function Write() {
  const { id } = useParams({ from: '/inside/campaigns/$id/write' });
  const { data } = useSuspenseQuery({ ...campaignQuery(id), refetchInterval: LOOK_AGAIN_MS });
  return <Desk key={id} campaign={data.body} version={data.version} />;
}

function Desk({ campaign, version }: { readonly campaign: Campaign; readonly version: string }) {
  const { t } = useWords();
  const { brand, may } = useHouse();
  const isOpen = WRITTEN.includes(campaign.state);
  const [start] = useState(() => startOf(campaign));
  const [desk] = useState(() => deskLetter(start.letter, brand.language));
  const { saving, kept, remarks, meeting, endMeeting, flush, bringBack, isHere } = useSaving(
    { campaign, version },
    start,
    desk,
    isOpen,
  );
  const [isLookingBack, setLookingBack] = useState(false);
  const isReady = saving.kind === 'saved' && remarks.length === 0;
  const [beside, setBeside] = useState<string>(brand.language);
  const name = usePart(desk, (letter) => letter['name'] ?? '');
  const known = brand.languages.join(' ');
  const spoken = usePart(desk, (letter) =>
    [...new Set([...known.split(' '), ...languagesIn(letter)])].join(' '),
  );
  const languages = useMemo(() => spoken.split(' '), [spoken]);
  const shown = useMemo(() => (beside === 'all' ? languages : [beside]), [beside, languages]);
  const written = usePart(desk, (letter) => languagesIn(letter).join(' '));
  // Nobody is sent as English what is not written in it yet.
  const inWhich = written === '' ? [brand.language] : written.split(' ');
  const tried = [
    ...inWhich.filter((one) => one === shown[0]),
    ...inWhich.filter((one) => one !== shown[0]),
  ];
  const write = useWrite(desk);
  useUndoKeys(desk);
  // The same while it says the same: a letter is not drawn anew for it.
  const choice = useMemo(
    () =>
      languages.length > 1 && (
        <Choices
          label={t('compose.languages')}
          value={beside}
          choices={[...languages, 'all'].map((value) => ({
            value,
            label: value === 'all' ? t('compose.beside') : languageName(value),
          }))}
          onChoose={setBeside}
        />
      ),
    [languages, beside, t],
  );
  const { format } = campaign.content;

  // What has left is looked at elsewhere, but for words that somebody wrote here meanwhile.
  if (!isOpen && !isHere)
    return <Navigate to="/campaigns/$id" params={{ id: campaign.id }} search={{}} replace />;
  return (
    <Page
      wide
      title={name || t('compose.unnamed')}
      part={t('compose.part')}
      above={
        <Link to="/campaigns" search={{}}>
          {t('campaigns.title')}
        </Link>
      }
      lead={<SavingLine saving={saving} desk={desk} />}
      acts={
        <>
          <Steps desk={desk} />
          <Button variant="subtle" onClick={() => setLookingBack(true)}>
            {t('compose.versions')}
          </Button>
          {may('campaigns:test') && (
            <TestToMe key={shown[0]} id={campaign.id} languages={tried} disabled={!isReady} />
          )}
          <ButtonLink to="/campaigns/$id/when" params={{ id: campaign.id }}>
            {t('act.when')}
          </ButtonLink>
        </>
      }
    >
      <Leaving isHere={isHere} bring={flush} means={t('leaving.letter')} />
      {saving.kind === 'saved' && <Mend places={remarks} letter={kept} />}
      {!isOpen && (
        <Closed id={campaign.id} onLetGo={() => desk.act({ kind: 'take', letter: kept })} />
      )}
      {isOpen && meeting && (
        <Met
          meeting={meeting}
          desk={desk}
          onTakeTheirs={() => {
            const taken = withTheirs(desk.now(), meeting.theirs, meeting.both);
            desk.act({ kind: 'take', letter: taken });
            endMeeting();
          }}
          onKeepMine={endMeeting}
        />
      )}
      {isLookingBack && (
        <Suspense fallback={<Waiting />}>
          <Versions
            {...{ campaign, desk, languages: shown }}
            onBringBack={may('campaigns:write') ? bringBack : undefined}
            onClose={() => setLookingBack(false)}
          />
        </Suspense>
      )}
      {format === 'blocks' ? (
        <Suspense fallback={<Waiting />}>
          <BlocksDesk {...{ campaign, desk, choice, languages: shown }} />
        </Suspense>
      ) : (
        <div className="desk-room">
          <div className="desk" data-beside={shown.length > 1 || undefined}>
            <div className="stack">
              <div className="desk-name">
                <NameField desk={desk} />
                <TopicField desk={desk} />
                <AudienceChoice desk={desk} onChoose={(audience) => write('audience', audience)} />
              </div>
              {choice}
              <Columns desk={desk} languages={shown} format={format} />
            </div>
            <Preview campaign={campaign} desk={desk} languages={shown} />
          </div>
        </div>
      )}
    </Page>
  );
}

/** How it stood before, beside what is on the desk now. */
function Versions({
  desk,
  ...props
}: Omit<VersionsProps, 'letter'> & { readonly desk: DeskLetter }) {
  return <VersionsSheet {...props} letter={useWholeLetter(desk)} />;
}

function Steps({ desk }: { readonly desk: DeskLetter }) {
  const { t } = useWords();
  const mayUndo = usePart(desk, (_, { past }) => past.length > 0);
  const mayRedo = usePart(desk, (_, { future }) => future.length > 0);
  return (
    <>
      <Button variant="subtle" disabled={!mayUndo} onClick={() => desk.act({ kind: 'undo' })}>
        {t('compose.undo')}
      </Button>
      <Button variant="subtle" disabled={!mayRedo} onClick={() => desk.act({ kind: 'redo' })}>
        {t('compose.redo')}
      </Button>
    </>
  );
}

/** The keys people know. The browser's own undo does not see what somebody else wrote. */
function useUndoKeys(desk: DeskLetter): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      // What stands over the letter has words of its own, and the browser takes those back.
      if (event.target instanceof Element && event.target.closest('dialog')) return;
      event.preventDefault();
      desk.act({ kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [desk]);
}
