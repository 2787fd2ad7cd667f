import type { Editor } from '@tiptap/core';
import { memo, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Campaign } from '../../api/shapes.ts';
import { Choices } from '../../shell/choices.tsx';
import { Sheet } from '../../shell/sheet.tsx';
import { useWords } from '../../words/speak.tsx';
import type { DeskLetter } from '../desk-letter.ts';
import { NameField } from '../name-field.tsx';
import { Preview, PREVIEW_REST_MS, usePreview } from '../preview.tsx';
import { Remarks } from '../remarks.tsx';
import { AudienceChoice } from '../audience-choice.tsx';
import { TopicField } from '../topic-choice.tsx';
import { usePart, useRestedLetter } from '../use-letter.ts';
import { Canvas } from './canvas.tsx';
import { DeskContext } from './desk-context.ts';
import { shapePlace } from './flat.ts';
import { Icon } from './icons.tsx';
import { Inspector } from './inspector.tsx';
import { LinkSheet } from './link-sheet.tsx';
import { Palette } from './palette.tsx';
import { PictureSheet } from './picture-sheet.tsx';
import { useRoom } from './room.ts';
import { Subjects } from './subjects.tsx';
import { TagSheet } from './tag-sheet.tsx';
import { Toolbar } from './toolbar.tsx';
import { useActs } from './acts.ts';
import { useBlockNamed } from './block-named.ts';
import './blocks.css';
import './paper.css';

type View = 'write' | 'preview';
type DeskProps = {
  readonly campaign: Campaign;
  readonly desk: DeskLetter;
  /** The languages that are written now, one beside the other. */
  readonly languages: readonly string[];
  /** The choice of languages, where there is one. */
  readonly choice: ReactNode;
};

/** A letter of blocks: what it is made of, the letter itself, and what is chosen in it. */
export const BlocksDesk = memo(function BlocksDesk(props: DeskProps) {
  const { campaign, desk, languages, choice } = props;
  const { t } = useWords();
  const { room, isNarrow } = useRoom();
  const [view, setView] = useState<View>('write');
  const [tab, setTab] = useState<'block' | 'letter'>('block');
  const [editor, setEditor] = useState<Editor>();
  const [sheet, setSheet] = useState<'palette' | 'settings' | 'tag' | 'link'>();
  const [pasted, setPasted] = useState<File>();
  const { acts, selected, said } = useActs(desk, {
    onEditor: setEditor,
    onTag: () => setSheet('tag'),
    onSettings: () => setSheet('settings'),
    onSelect: () => setTab('block'),
    onPicture: setPasted,
  });
  const within = useMemo(() => ({ ...acts, desk }), [acts, desk]);
  const closeSheet = () => setSheet(undefined);
  const isThere = usePart(desk, (letter) => Boolean(letter[shapePlace(selected ?? '')]));
  const chosen = isThere ? selected : undefined;
  const open = (id: string) => {
    setView('write');
    closeSheet();
    acts.show(id);
  };
  useKeys(editor, () => setSheet('link'));

  const settings =
    chosen === undefined ? (
      <p className="soft">{t('blocks.noneChosen')}</p>
    ) : (
      <Inspector key={chosen} id={chosen} languages={languages} />
    );
  const aboutLetter = (
    <div className="stack">
      <NameField desk={desk} />
      <TopicField desk={desk} />
      <AudienceChoice desk={desk} onChoose={(audience) => acts.write('audience', audience)} />
    </div>
  );
  return (
    <DeskContext value={within}>
      <div ref={room} className="desk-room">
        <div className="blocks-bar">
          <Choices
            label={t('blocks.view')}
            value={view}
            choices={[
              { value: 'write', label: t('blocks.view.write') },
              { value: 'preview', label: t('preview.title') },
            ]}
            onChoose={setView}
          />
          {choice}
        </div>
        <p className="hidden" role="status">
          {said}
        </p>
        {view === 'preview' ? (
          <div className="blocks-preview">
            <Preview campaign={campaign} desk={desk} languages={languages} onOpen={open} />
          </div>
        ) : (
          <div className="blocks-desk" data-beside={languages.length > 1 || undefined}>
            {!isNarrow && <Palette onAdd={acts.add} />}
            <div className="blocks-middle">
              <Toolbar
                editor={editor}
                onLink={() => setSheet('link')}
                onTag={() => setSheet('tag')}
              />
              <Subjects desk={desk} languages={languages} />
              <Canvas languages={languages} selected={selected} />
              {isNarrow && (
                <div className="blocks-add">
                  <button type="button" className="add-button" onClick={() => setSheet('palette')}>
                    <Icon name="section" />
                    {t('blocks.add')}
                  </button>
                  <button type="button" className="add-button" onClick={() => setSheet('settings')}>
                    <Icon name="settings" />
                    {t('blocks.settings')}
                  </button>
                </div>
              )}
            </div>
            {!isNarrow && (
              <aside className="inspector" aria-label={t('blocks.inspector')}>
                <h2 className="hidden">{t('blocks.inspector')}</h2>
                <Choices
                  label={t('blocks.inspector')}
                  value={tab}
                  choices={[
                    { value: 'block', label: t('blocks.tab.block') },
                    { value: 'letter', label: t('blocks.tab.letter') },
                  ]}
                  onChoose={setTab}
                />
                {tab === 'block' ? settings : aboutLetter}
                <LetterRemarks
                  campaign={campaign}
                  desk={desk}
                  language={languages[0]!}
                  onOpen={acts.show}
                />
              </aside>
            )}
          </div>
        )}
      </div>
      {sheet === 'palette' && (
        <Sheet title={t('blocks.add')} onClose={closeSheet}>
          <Palette
            onAdd={(kind) => {
              closeSheet();
              acts.add(kind);
            }}
          />
        </Sheet>
      )}
      {sheet === 'settings' && (
        <Sheet title={t('blocks.settings')} onClose={closeSheet}>
          {settings}
          <hr className="rule" />
          {aboutLetter}
          <LetterRemarks campaign={campaign} desk={desk} language={languages[0]!} onOpen={open} />
        </Sheet>
      )}
      {pasted && (
        <PictureSheet
          file={pasted}
          onClose={() => setPasted(undefined)}
          onChoose={({ url }) => {
            setPasted(undefined);
            acts.addPicture(url);
          }}
        />
      )}
      {sheet === 'tag' && editor && <TagSheet editor={editor} onClose={closeSheet} />}
      {sheet === 'link' && editor && <LinkSheet editor={editor} onClose={closeSheet} />}
    </DeskContext>
  );
});

/** The remarks of the preview, beside the letter; each leads to its block. */
const LetterRemarks = memo(function LetterRemarks(props: {
  readonly campaign: Campaign;
  readonly desk: DeskLetter;
  readonly language: string;
  readonly onOpen: (id: string) => void;
}) {
  const letter = useRestedLetter(props.desk, PREVIEW_REST_MS);
  const { data } = usePreview({ ...props, letter }, '');
  const blockNamed = useBlockNamed(letter);
  if (!data) return null;
  return (
    <Remarks
      remarks={data.remarks}
      bytes={data.bytes}
      blockNamed={blockNamed}
      onOpen={props.onOpen}
    />
  );
});

/** Ctrl+K asks where the chosen words lead; Alt+F10 leads to the toolbar, as in other editors. */
function useKeys(editor: Editor | undefined, onLink: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.altKey && event.key === 'F10') {
        event.preventDefault();
        document.querySelector<HTMLElement>('.toolbar button:enabled')?.focus();
      }
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      if (!editor?.isFocused || !editor.schema.marks['link']) return;
      event.preventDefault();
      onLink();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
