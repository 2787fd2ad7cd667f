import { Button, TextInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useReducer, useState } from 'react';
import { useHouse } from '../api/house.ts';
import { campaignQuery } from '../api/queries.ts';
import type { Campaign } from '../api/shapes.ts';
import { Choices } from '../shell/choices.tsx';
import { ButtonLink } from '../shell/button-link.tsx';
import { Leaving } from '../shell/leaving.tsx';
import { Page } from '../shell/page.tsx';
import { Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { withWords } from '../words/words.ts';
import { AudienceChoice } from './audience-choice.tsx';
import { Columns } from './columns.tsx';
import { beginning, step } from './history.ts';
import { languageName } from './language-name.ts';
import { startOf } from './kept.ts';
import { languagesIn, type Letter } from './letter.ts';
import { Mend } from './mend.tsx';
import { Met } from './met.tsx';
import { Preview } from './preview.tsx';
import { SavingLine } from './saving-line.tsx';
import { useSaving } from './saving.ts';
import { TestToMe } from './test-to-me.tsx';
import { TopicChoice } from './topic-choice.tsx';
import './composer.css';

/** Only who writes in blocks fetches what that takes. */
const BlocksDesk = lazy(() =>
  withWords('blocks', import('./blocks/desk.tsx')).then((room) => ({ default: room.BlocksDesk })),
);

/** And who looks back. */
const VersionsSheet = lazy(() =>
  withWords('versions', import('./versions/versions.tsx')).then((room) => ({
    default: room.VersionsSheet,
  })),
);

/** What is copied at each date of a series is written like a draft. */
const WRITTEN: readonly string[] = ['draft', 'recurring', 'ended'];

/** Where a letter is written. What has left is looked at elsewhere. */
export function Write() {
  const { id } = useParams({ from: '/inside/campaigns/$id/write' });
  const { data } = useSuspenseQuery(campaignQuery(id));
  if (!WRITTEN.includes(data.body.state))
    return <Navigate to="/campaigns/$id" params={{ id }} search={{}} replace />;
  return <Desk key={id} campaign={data.body} version={data.version} />;
}

function Desk({ campaign, version }: { readonly campaign: Campaign; readonly version: string }) {
  const { t } = useWords();
  const { brand, may } = useHouse();
  const [start] = useState(() => startOf(campaign));
  const [history, act] = useReducer(step, undefined, () => beginning(start.letter, brand.language));
  const letter = history.now;
  const take = useCallback((taken: Letter) => act({ kind: 'take', letter: taken }), []);
  const { saving, remarks, meeting, endMeeting, flush, bringBack, isHere } = useSaving(
    { campaign, version },
    start,
    letter,
    take,
  );
  const [isLookingBack, setLookingBack] = useState(false);
  const isReady = saving.kind === 'saved' && remarks.length === 0;
  const [beside, setBeside] = useState<string>(brand.language);
  const languages = [...new Set([...brand.languages, ...languagesIn(letter)])];
  const shown = beside === 'all' ? languages : [beside];
  const write = (place: string, text: string) =>
    act({ kind: 'write', place, text, at: performance.now() });
  useUndoKeys(act);
  const choice = languages.length > 1 && (
    <Choices
      label={t('compose.languages')}
      value={beside}
      choices={[...languages, 'all'].map((value) => ({
        value,
        label: value === 'all' ? t('compose.beside') : languageName(value),
      }))}
      onChoose={setBeside}
    />
  );
  const { format } = campaign.content;

  return (
    <Page
      wide
      title={letter['name'] || t('compose.unnamed')}
      above={
        <Link to="/campaigns" search={{}}>
          {t('campaigns.title')}
        </Link>
      }
      lead={<SavingLine saving={saving} letter={letter} />}
      acts={
        <>
          <Steps
            history={history}
            onUndo={() => act({ kind: 'undo' })}
            onRedo={() => act({ kind: 'redo' })}
          />
          <Button variant="subtle" onClick={() => setLookingBack(true)}>
            {t('compose.versions')}
          </Button>
          {may('campaigns:test') && (
            <TestToMe id={campaign.id} language={shown[0]!} disabled={!isReady} />
          )}
          <ButtonLink to="/campaigns/$id/when" params={{ id: campaign.id }}>
            {t('act.when')}
          </ButtonLink>
        </>
      }
    >
      <Leaving isHere={isHere} bring={flush} means={t('leaving.letter')} />
      {saving.kind === 'saved' && <Mend places={remarks} letter={letter} />}
      {meeting && (
        <Met
          meeting={meeting}
          mine={letter}
          onTakeTheirs={() => {
            take({ ...letter, ...pick(meeting.theirs, meeting.both) });
            endMeeting();
          }}
          onKeepMine={endMeeting}
        />
      )}
      {isLookingBack && (
        <Suspense fallback={<Waiting />}>
          <VersionsSheet
            {...{ campaign, letter, languages: shown }}
            onBringBack={may('campaigns:write') ? bringBack : undefined}
            onClose={() => setLookingBack(false)}
          />
        </Suspense>
      )}
      {format === 'blocks' ? (
        <Suspense fallback={<Waiting />}>
          <BlocksDesk {...{ campaign, letter, act, choice, languages: shown }} />
        </Suspense>
      ) : (
        <div className="desk-room">
          <div className="desk" data-beside={shown.length > 1 || undefined}>
            <div className="stack">
              <div className="desk-name">
                <TextInput
                  label={t('compose.name')}
                  description={t('compose.nameMeans')}
                  value={letter['name'] ?? ''}
                  maxLength={120}
                  onChange={({ currentTarget }) => write('name', currentTarget.value)}
                />
                <TopicChoice value={letter['topic'] ?? ''} onChoose={(id) => write('topic', id)} />
                <AudienceChoice
                  letter={letter}
                  onChoose={(audience) => write('audience', audience)}
                />
              </div>
              {choice}
              <Columns letter={letter} languages={shown} format={format} onWrite={write} />
            </div>
            <Preview campaign={campaign} letter={letter} language={shown[0]!} />
          </div>
        </div>
      )}
    </Page>
  );
}

const pick = (letter: Letter, places: readonly string[]): Letter =>
  Object.fromEntries(places.map((place) => [place, letter[place] ?? '']));

function Steps(props: {
  readonly history: ReturnType<typeof beginning>;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}) {
  const { t } = useWords();
  return (
    <>
      <Button variant="subtle" disabled={props.history.past.length === 0} onClick={props.onUndo}>
        {t('compose.undo')}
      </Button>
      <Button variant="subtle" disabled={props.history.future.length === 0} onClick={props.onRedo}>
        {t('compose.redo')}
      </Button>
    </>
  );
}

/** The keys people know. The browser's own undo does not see what somebody else wrote. */
function useUndoKeys(act: (step: { kind: 'undo' } | { kind: 'redo' }) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      act({ kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [act]);
}
