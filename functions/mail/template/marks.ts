import { createHash } from 'node:crypto';
import type { Piece } from './pieces.ts';

/**
 * While Markdown, MJML and the sanitiser work on a letter, each output and each tag stands in it as
 * a mark: a word of small letters and digits that none of them would touch. Its middle comes from a
 * hash of the letter, so no author can write one.
 */
export type Marks = {
  readonly of: (index: number) => string;
  /** Another kind of mark for the same piece: a letter of its own tells them apart. */
  readonly as: (kind: MarkKind, index: number) => string;
  /** Takes a text apart at its marks. */
  readonly split: (text: string) => readonly Part[];
};

/** x: a piece of Liquid. w, p: an output that is a whole address, or a part of one, in the text part. c: a comment kept aside. */
export type MarkKind = 'x' | 'w' | 'p' | 'c';
export type Part =
  | { readonly text: string }
  | {
      readonly kind: MarkKind;
      readonly index: number;
      readonly begin: number;
      readonly end: number;
    };

export function marksFor(content: string): Marks {
  const word = `mq${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
  const pattern = new RegExp(`${word}([xwpc])(\\d+)z`, 'g');
  const as = (kind: MarkKind, index: number) => `${word}${kind}${index}z`;
  return {
    as,
    of: (index) => as('x', index),
    split: (text) => {
      // Most texts that are looked through hold none.
      if (!text.includes(word)) return text === '' ? [] : [{ text }];
      const parts: Part[] = [];
      let at = 0;
      for (const match of text.matchAll(pattern)) {
        const end = match.index + match[0].length;
        if (match.index > at) parts.push({ text: text.slice(at, match.index) });
        parts.push({
          kind: match[1] as MarkKind,
          index: Number(match[2]),
          begin: match.index,
          end,
        });
        at = end;
      }
      if (at < text.length) parts.push({ text: text.slice(at) });
      return parts;
    },
  };
}

/** The author's text with marks in place of its Liquid; `first` is the index of its first piece in the letter. */
export function marked(pieces: readonly Piece[], first: number, marks: Marks): string {
  return pieces
    .map((piece, index) => (piece.kind === 'text' ? piece.text : marks.of(first + index)))
    .join('');
}
