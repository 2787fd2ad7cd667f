import { engine, globalsOf } from './engine.ts';
import { onOneLine } from './escapes.ts';
import type { TemplateProblem } from './letter.ts';
import { LetterRefused, type Piece } from './pieces.ts';
import { readLiquid } from './read.ts';

/** Short texts in Liquid that stand beside a letter, in other letters and in lists. */
type Where = 'title' | 'summary';

/** What the author of a title or a summary must mend. */
export function inlineProblems(where: Where, text: string): readonly TemplateProblem[] {
  try {
    readLiquid({ where, source: text }, { lines: false });
    return [];
  } catch (error) {
    if (error instanceof LetterRefused) return error.problems;
    throw error;
  }
}

/** The text with its Liquid as it stands and everything else escaped for the template around it. */
export function inlined(text: string, escape: (fixed: string) => string): string {
  const pieces = piecesOf(text);
  if (!pieces) return escape(withoutLiquid(text));
  return pieces
    .map((piece) => (piece.kind === 'text' ? escape(piece.text) : asLiquid(piece)))
    .join('');
}

/** The text as one plain line, filled for one reader or with every fallback. */
export function filledLine(
  text: string,
  language: string,
  context: Readonly<Record<string, unknown>>,
): string {
  if (!LIQUID.test(text)) return onOneLine(text);
  const pieces = piecesOf(text);
  if (!pieces) return onOneLine(withoutLiquid(text));
  const liquid = pieces
    .map((piece) => (piece.kind === 'text' ? piece.text : asLiquid(piece, ' | in_subject')))
    .join('');
  try {
    const globals = globalsOf(language);
    return onOneLine(engine.parseAndRenderSync(liquid, context, { globals }) as string);
  } catch {
    return onOneLine(withoutLiquid(text));
  }
}

const LIQUID = /\{[{%]/;

function asLiquid(piece: Exclude<Piece, { kind: 'text' }>, escape = ''): string {
  return piece.kind === 'tag' ? piece.liquid : `{{ ${piece.liquid}${escape} }}`;
}

/** Undefined for what cannot be read: it was published before texts of its kind were checked. */
function piecesOf(text: string): readonly Piece[] | undefined {
  try {
    return readLiquid({ where: 'title', source: text }, { lines: false }).pieces;
  } catch (error) {
    if (error instanceof LetterRefused) return undefined;
    throw error;
  }
}

const withoutLiquid = (text: string) => text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '');
