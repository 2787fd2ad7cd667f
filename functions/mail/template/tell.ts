import type { Fault } from './faults.ts';
import type { TemplateProblem } from './letter.ts';
import { marked, type Marks } from './marks.ts';
import { type AuthorText, type Piece, problemAt } from './pieces.ts';

/** Tells a problem at its place in the author's text, whatever the letter has been through meanwhile. */
export type Tell = {
  /** At a piece of Liquid, by its index in the letter. */
  readonly atPiece: (index: number, fault: Fault) => TemplateProblem;
  /** At words that stand in the source; at its beginning when they do not stand there so. */
  readonly atWords: (words: string, fault: Fault) => TemplateProblem;
  /** At a character or a line of the source as it is with marks in it, where a tag over two lines is one. */
  readonly atOffset: (offset: number, fault: Fault) => TemplateProblem;
  readonly atLine: (line: number, fault: Fault) => TemplateProblem;
};

/** A text of the letter, its pieces, and the index of the first of them in the letter. */
export type Part = {
  readonly text: AuthorText;
  readonly pieces: readonly Piece[];
  readonly first: number;
};

export function tellerOf(parts: readonly Part[], source: Part, marks: Marks): Tell {
  return {
    atPiece: (index, fault) => {
      const part = parts.find(
        ({ first, pieces }) => index >= first && index < first + pieces.length,
      );
      const piece = part?.pieces[index - part.first];
      if (!part || !piece) throw new Error('a mark without its piece');
      return problemAt(part.text, piece.begin, fault);
    },
    atWords: (words, fault) => problemAt(source.text, source.text.source.indexOf(words), fault),
    atOffset: (offset, fault) =>
      problemAt(source.text, authorsOffset(source, marks, offset), fault),
    atLine: (line, fault) => {
      const lines = marked(source.pieces, source.first, marks).split('\n');
      const offset = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
      return problemAt(source.text, authorsOffset(source, marks, offset), fault);
    },
  };
}

/** Where a character of the marked text stands in the author's own. */
function authorsOffset({ text, pieces, first }: Part, marks: Marks, offset: number): number {
  let left = offset;
  for (const [at, piece] of pieces.entries()) {
    const length = piece.kind === 'text' ? piece.text.length : marks.of(first + at).length;
    if (left >= length) left -= length;
    else if (piece.kind !== 'text') return piece.begin;
    else return Math.max(text.source.indexOf(piece.text, piece.begin), piece.begin) + left;
  }
  return text.source.length;
}
