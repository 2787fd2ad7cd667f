import type { Editor } from '@tiptap/core';
import { createContext, use } from 'react';
import type { DeskLetter } from '../desk-letter.ts';
import type { Letter } from '../letter.ts';
import type { Kind } from './shape.ts';
import type { Spot } from './order.ts';

/** What every part of the desk may do. None of it changes while one writes. */
export type DeskActs = {
  readonly write: (place: string, text: string) => void;
  readonly turn: (turn: (letter: Letter) => Letter) => void;
  readonly select: (id: string | undefined) => void;
  readonly add: (kind: Kind, to?: Spot) => void;
  /** From a finished line to the next text of its block, or to a new text below. */
  readonly goOn: (from: HTMLElement) => void;
  /** A picture that came by itself: it is kept, and stands below the chosen block. */
  readonly takePicture: (file: File) => void;
  readonly step: (id: string, by: -1 | 1) => void;
  readonly double: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly move: (id: string, to: Spot) => void;
  /** The text one writes in now; it is let go only by itself. */
  readonly setEditor: (editor: Editor | undefined, only?: Editor) => void;
  readonly showTag: (editor: Editor) => void;
  readonly showSettings: () => void;
};

/** The letter itself, and what may be done to it. */
export type Desk = DeskActs & { readonly desk: DeskLetter };

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const acts = use(DeskContext);
  if (!acts) throw new Error('no desk: <BlocksDesk> must stand above');
  return acts;
}
