import { fault } from './faults.ts';
import type { TemplateProblem } from './letter.ts';
import type { Marks } from './marks.ts';
import type { Piece } from './pieces.ts';
import { scanHtml } from './spots.ts';
import type { Part, Tell } from './tell.ts';

/**
 * Whether all Liquid of the source is still in the HTML, every tag once and in its order, with
 * something between two tags where there was something: what would silently go to everyone, or to
 * nobody, is refused.
 */
export function lostLiquid(
  html: string,
  source: Part,
  marks: Marks,
  tell: Tell,
): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const found = marks.split(html).filter((part) => 'kind' in part);
  const seen = new Set(found.map(({ index }) => index));
  const lost = (index: number) => problems.push(tell.atPiece(index, fault('liquid-lost')));
  const tags: number[] = [];
  for (const [at, piece] of source.pieces.entries()) {
    if (piece.kind === 'text') continue;
    if (!seen.has(source.first + at)) lost(source.first + at);
    else if (piece.kind === 'tag') tags.push(source.first + at);
  }
  if (problems.length > 0) return problems.slice(0, 20);

  const inHtml = found.filter(({ index }) => tags.includes(index));
  for (const [at, index] of tags.entries()) {
    const [mark, next] = [inHtml[at], inHtml[at + 1]];
    const hadWords = source.pieces
      .slice(index - source.first + 1, (tags[at + 1] ?? index) - source.first)
      .some((piece) => piece.kind === 'output' || (piece.kind === 'text' && says(piece.text)));
    const isMoved =
      mark?.index !== index || (next && hadWords && html.slice(mark.end, next.begin).trim() === '');
    if (isMoved) return [tell.atPiece(index, fault('tag-moves'))];
  }
  return inHtml.length > tags.length ? [tell.atPiece(tags[0]!, fault('tag-twice'))] : [];
}

/** Whether it has more than blanks and comments. */
const says = (text: string) => text.replace(/<!--[^]*?-->/g, '').trim() !== '';

/** Whether a link that every reader has leads out. Then the author wrote the foot, and we add none. */
export function leadsOut(html: string, marks: Marks, pieces: readonly Piece[]): boolean {
  let depth = 0;
  return scanHtml(html, marks).spots.some(({ index, attribute, context }) => {
    const piece = pieces[index];
    if (piece?.kind === 'tag') {
      if (['if', 'unless', 'case', 'for'].includes(piece.name)) depth += 1;
      else if (piece.name.startsWith('end')) depth -= 1;
      return false;
    }
    return (
      depth === 0 &&
      !context.startsWith('Outlook') &&
      attribute?.element === 'a' &&
      attribute.name === 'href' &&
      attribute.value.trim() === marks.of(index) &&
      piece?.kind === 'output' &&
      piece.liquid === 'links.unsubscribe'
    );
  });
}

/** A picture of one pixel shows nothing; it is there to count. */
export function pixels(html: string, tell: Tell): TemplateProblem[] {
  return [...html.matchAll(/<img\b[^>]*>/g)]
    .filter(
      ([img]) =>
        /\s(?:width|height)="[01](?:px)?"/.test(img) ||
        /(?:^|[;"\s])(?:width|height):\s*[01]px/.test(img),
    )
    .map(([img]) =>
      tell.atWords(/src="([^"]*)"/.exec(img)?.[1] ?? '', fault('picture-of-one-pixel')),
    );
}
