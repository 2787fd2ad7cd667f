import type { Editor } from '@tiptap/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../../words/speak.tsx';
import type { DeskLetter } from '../desk-letter.ts';
import type { Letter } from '../letter.ts';
import { usePart } from '../use-letter.ts';
import {
  added,
  doubled,
  freshId,
  movedTo,
  neighbourOf,
  removed,
  spotAfter,
  steppedIn,
} from './change.ts';
import type { DeskActs } from './desk-context.ts';
import { ORDER, shapePlace } from './flat.ts';
import { companyOf, orderFrom, spotOf, type Spot } from './order.ts';
import { freshShape, shapeFrom, type Kind, type Shape } from './shape.ts';

type Heard = {
  readonly onEditor: (editor: Editor | undefined) => void;
  readonly onTag: () => void;
  readonly onSettings: () => void;
  readonly onSelect: () => void;
  readonly onPicture: (file: File) => void;
};

type Acts = DeskActs & {
  readonly show: (id: string) => void;
  readonly addPicture: (url: string) => void;
};

/** What can be done at the desk: it changes the letter, keeps the focus with it, and says what it did. */
export function useActs(desk: DeskLetter, heard: Heard) {
  const { t, named } = useWords();
  const [selected, setSelected] = useState<string>();
  const [said, setSaid] = useState('');
  const wanted = useRef<{
    readonly id: string;
    readonly into: boolean;
    readonly language?: string | undefined;
  }>(null);
  const now = useRef({ selected, heard });
  // Where a block is to be gone to is known when it stands there.
  usePart(desk, (letter) => letter[ORDER]);
  const editor = useRef<Editor>(undefined);
  useEffect(() => {
    now.current = { selected, heard };
    if (!wanted.current) return;
    const { id, into, language } = wanted.current;
    const block = document.getElementById(`block-${id}`);
    if (!block) return;
    wanted.current = null;
    const field = into
      ? (block.querySelector<HTMLElement>(`[contenteditable=true][lang="${language}"]`) ??
        block.querySelector<HTMLElement>('[contenteditable=true], input, textarea, .body button'))
      : null;
    (field ?? block).focus({ preventScroll: true });
    block.scrollIntoView({ block: 'nearest' });
  });

  const nameOf = useCallback(
    (from: Letter, id: string) => named('block', kindOf(from, id)),
    [named],
  );
  const acts = useMemo(() => {
    const turn = (change: (from: Letter) => Letter) => desk.act({ kind: 'turn', turn: change });
    const select = (id: string | undefined) => {
      setSelected(id);
      now.current.heard.onSelect();
    };
    const goTo = (id: string | undefined, into = false, language?: string) => {
      setSelected(id);
      if (id !== undefined) wanted.current = { id, into, language };
    };
    const tellPlace = (change: (from: Letter) => Letter, id: string, key: 'moved' | 'added') => {
      const next = change(desk.now());
      const order = orderFrom(next[ORDER]);
      const spot = spotOf(order, id);
      if (spot)
        setSaid(
          t(`blocks.said.${key}`, {
            name: nameOf(next, id),
            at: spot.at + 1,
            of: companyOf(order, spot),
          }),
        );
    };
    const put = (shape: Shape, spot: Spot): string | undefined => {
      const from = desk.now();
      const id = freshId(from, shape.kind);
      const change = (before: Letter) => added(before, shape, id, spot);
      if (change(from) === from) {
        setSaid(t('blocks.said.full'));
        return undefined;
      }
      tellPlace(change, id, 'added');
      turn(change);
      select(id);
      return id;
    };
    const afterChosen = (kind: Kind) => spotAfter(desk.now(), now.current.selected, kind);
    const given: Acts = {
      write: (place, text) => desk.act({ kind: 'write', place, text, at: performance.now() }),
      turn,
      select,
      show: (id) => {
        select(id);
        wanted.current = { id, into: true };
      },
      add: (kind, to) => {
        const id = put(freshShape(kind), to ?? afterChosen(kind));
        if (id !== undefined) goTo(id, true);
      },
      addPicture: (url) => {
        const id = put({ kind: 'picture', url, width: 'full' }, afterChosen('picture'));
        if (id !== undefined) goTo(id);
      },
      takePicture: (file) => now.current.heard.onPicture(file),
      goOn: (from) => {
        const block = from.closest('[data-block]');
        if (!block) return;
        const { lang } = from;
        const texts = block.querySelectorAll<HTMLElement>(`[contenteditable=true][lang="${lang}"]`);
        const next = [...texts].at([...texts].indexOf(from) + 1);
        if (next) return next.focus();
        const after = block.id.replace(/^block-/, '');
        const id = put(freshShape('text'), spotAfter(desk.now(), after, 'text'));
        if (id !== undefined) goTo(id, true, lang);
      },
      step: (id, by) => {
        const change = (from: Letter) => steppedIn(from, id, by);
        tellPlace(change, id, 'moved');
        turn(change);
        goTo(id, document.activeElement?.closest('.field') !== null && isIn(id));
      },
      move: (id, to) => {
        const change = (from: Letter) => movedTo(from, id, to);
        tellPlace(change, id, 'moved');
        turn(change);
        goTo(id);
      },
      double: (id) => {
        const from = desk.now();
        const copy = freshId(from, kindOf(from, id));
        turn((before) => doubled(before, id, copy));
        setSaid(t('blocks.said.doubled', { name: nameOf(from, id) }));
        goTo(copy);
      },
      remove: (id) => {
        const from = desk.now();
        setSaid(t('blocks.said.removed', { name: nameOf(from, id) }));
        turn((before) => removed(before, id));
        goTo(neighbourOf(from, id));
      },
      setEditor: (came, only) => {
        if (came === undefined && editor.current !== only) return;
        editor.current = came;
        now.current.heard.onEditor(came);
      },
      showTag: (on) => {
        editor.current = on;
        now.current.heard.onEditor(on);
        now.current.heard.onTag();
      },
      showSettings: () => now.current.heard.onSettings(),
    };
    return given;
  }, [desk, t, nameOf]);
  return { acts, selected, said };
}

const isIn = (id: string) => document.activeElement?.closest('[data-block]')?.id === `block-${id}`;

function kindOf(letter: Letter, id: string): Kind {
  const text = letter[shapePlace(id)];
  return text === undefined || text === '' ? 'text' : shapeFrom(text).kind;
}
