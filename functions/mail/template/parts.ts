import type { LetterSource, TemplateProblem } from './letter.ts';
import { marksFor, type Marks } from './marks.ts';
import { type AuthorText, LetterRefused, type Piece } from './pieces.ts';
import { type Read, readLiquid } from './read.ts';
import { type Part, tellerOf, type Tell } from './tell.ts';

/** A letter taken apart: its texts, all pieces in one row, and the marks that stand for them. */
export type Parts = {
  readonly subject: Part;
  readonly preheader: Part;
  readonly source: Part;
  readonly footHtml: Part;
  readonly footText: Part;
  readonly pieces: readonly Piece[];
  readonly marks: Marks;
  readonly tell: Tell;
  /** What the letter asks for, with its foot and without. */
  readonly uses: { readonly withFoot: readonly string[]; readonly without: readonly string[] };
};

/** Reads every text of a letter and gathers what is wrong in any of them. */
export function readLetter(letter: LetterSource): Parts {
  const problems: TemplateProblem[] = [];
  const pieces: Piece[] = [];
  const uses: (readonly string[])[] = [];
  const read = (where: AuthorText['where'], source: string): Part => {
    const text = { where, source };
    const first = pieces.length;
    const lines = where === 'source' && letter.format === 'markdown';
    const roots = letter.format === 'blocks' ? ['shown'] : [];
    const found = readOrGather(text, { lines, roots }, problems);
    pieces.push(...found.pieces);
    uses.push(found.uses);
    return { text, pieces: found.pieces, first };
  };
  const subject = read('subject', withOneLineEnd(letter.subject));
  const preheader = read('preheader', withOneLineEnd(letter.preheader ?? ''));
  const source = read('source', withOneLineEnd(letter.source));
  const footHtml = read('footer', letter.footer.html);
  const footText = read('footer', letter.footer.text);
  if (problems.length > 0) throw new LetterRefused(problems.slice(0, 20));
  const marks = marksFor(
    JSON.stringify([letter.subject, letter.preheader, letter.source, letter.footer]),
  );
  return {
    ...{ subject, preheader, source, footHtml, footText, pieces },
    marks,
    tell: tellerOf([subject, preheader, source, footHtml, footText], source, marks),
    uses: { without: sorted(uses.slice(0, 3)), withFoot: sorted(uses) },
  };
}

function readOrGather(
  text: AuthorText,
  options: Parameters<typeof readLiquid>[1],
  problems: TemplateProblem[],
): Read {
  try {
    return readLiquid(text, options);
  } catch (error) {
    if (!(error instanceof LetterRefused)) throw error;
    problems.push(...error.problems);
    return { pieces: [], uses: [] };
  }
}

/** Lines and columns are the same on every machine. */
const withOneLineEnd = (source: string) => source.replace(/\r\n?/g, '\n');

const sorted = (uses: readonly (readonly string[])[]) => [...new Set(uses.flat())].sort();
