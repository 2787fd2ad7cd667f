import type { TemplateProblem } from './letter.ts';
import { type AuthorText, type Piece, problemAt } from './pieces.ts';

/** Tells a problem at its place in the author's text, whatever the letter has been through meanwhile. */
export type Tell = {
  /** At a piece of Liquid, by its index in the letter. */
  readonly atPiece: (index: number, detail: string, remedy: string) => TemplateProblem;
  /** At words that stand in the source; at its beginning when they do not stand there so. */
  readonly atWords: (words: string, detail: string, remedy: string) => TemplateProblem;
  /** At a line of the source as it is with marks in it, where a tag over two lines is one. */
  readonly atLine: (line: number, detail: string, remedy: string) => TemplateProblem;
};

/** A text of the letter, its pieces, and the index of the first of them in the letter. */
export type Part = {
  readonly text: AuthorText;
  readonly pieces: readonly Piece[];
  readonly first: number;
};

export function tellerOf(parts: readonly Part[], source: Part): Tell {
  return {
    atPiece: (index, detail, remedy) => {
      const part = parts.find(
        ({ first, pieces }) => index >= first && index < first + pieces.length,
      );
      const piece = part?.pieces[index - part.first];
      if (!part || !piece) throw new Error('a mark without its piece');
      return problemAt(part.text, piece.begin, detail, remedy);
    },
    atWords: (words, detail, remedy) =>
      problemAt(source.text, source.text.source.indexOf(words), detail, remedy),
    atLine: (line, detail, remedy) =>
      problemAt(source.text, offsetOfLine(source, line), detail, remedy),
  };
}

function offsetOfLine({ text, pieces }: Part, line: number): number {
  let left = line - 1;
  for (const piece of pieces) {
    if (left === 0) return piece.begin;
    if (piece.kind !== 'text') continue;
    const start = Math.max(text.source.indexOf(piece.text, piece.begin), piece.begin);
    for (let at = 0; at < piece.text.length; at += 1)
      if (piece.text[at] === '\n' && (left -= 1) === 0) return start + at + 1;
  }
  return 0;
}
