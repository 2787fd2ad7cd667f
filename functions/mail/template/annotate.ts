import { fault, type Fault } from './faults.ts';
import type { Escape } from './escapes.ts';
import type { TemplateProblem } from './letter.ts';
import type { Marks } from './marks.ts';
import { guarded, type Node } from './nodes.ts';
import type { Piece } from './pieces.ts';
import type { Tell } from './tell.ts';
import { type Attribute, scanHtml, type Spot } from './spots.ts';
import { readUrl } from './urls.ts';

export type Annotated = {
  readonly nodes: readonly Node[];
  readonly problems: readonly TemplateProblem[];
  /** For the text part: which outputs are a whole address and which a part of one. */
  readonly urlEscapes: ReadonlyMap<number, Escape>;
};

/** Gives every output the escape of its place in the HTML, and refuses what has no safe place. */
export function annotateHtml(
  html: string,
  marks: Marks,
  pieces: readonly Piece[],
  tell: Tell,
): Annotated {
  const { spots, urls } = scanHtml(html, marks);
  const problems: TemplateProblem[] = [];
  const urlEscapes = new Map<number, Escape>();
  for (const attribute of urls) {
    const { escapes, wrong } = readUrl(attribute, marks, pieces);
    for (const [index, escape] of escapes) urlEscapes.set(index, escape);
    for (const { index, fault } of wrong) {
      const [first] = marks.split(attribute.value).filter((part) => 'kind' in part);
      const at = index ?? first?.index;
      problems.push(
        at === undefined ? tell.atWords(attribute.value, fault) : tell.atPiece(at, fault),
      );
    }
  }
  problems.push(
    ...spots.flatMap((spot) => refusal(spot, pieces, tell)),
    ...unevenBranches(spots, pieces, tell),
  );
  const nodes: Node[] = [];
  let at = 0;
  for (const spot of spots) {
    nodes.push(
      { kind: 'text', text: html.slice(at, spot.begin) },
      nodeOf(spot, pieces, urlEscapes),
    );
    at = spot.end;
  }
  nodes.push({ kind: 'text', text: html.slice(at) });
  return {
    problems,
    urlEscapes,
    nodes: guarded(nodes.filter((node) => node.kind !== 'text' || node.text !== '')),
  };
}

function nodeOf(
  spot: Spot,
  pieces: readonly Piece[],
  urlEscapes: ReadonlyMap<number, Escape>,
): Node {
  const piece = pieces[spot.index];
  const place = spot.place === 'nowhere' ? 'text' : spot.place;
  if (piece?.kind === 'tag') return { kind: 'tag', name: piece.name, liquid: piece.liquid, place };
  if (piece?.kind !== 'output') throw new Error('a mark without its piece');
  const inUrl = urlEscapes.get(spot.index) ?? 'in_url_part';
  const escape = place === 'url' ? inUrl : place === 'attribute' ? 'in_attribute' : 'in_text';
  return { kind: 'output', liquid: piece.liquid, escape };
}

const PERSONAL = /\b(?:person|links|frequency|why)\b/;

function refusal(
  { index, why, attribute }: Spot,
  pieces: readonly Piece[],
  tell: Tell,
): TemplateProblem[] {
  if (why) return [tell.atPiece(index, fault(why))];
  const piece = pieces[index];
  if (
    attribute &&
    isPicture(attribute) &&
    piece?.kind !== 'text' &&
    PERSONAL.test(piece?.liquid ?? '')
  )
    return [tell.atPiece(index, fault('picture-personal'))];
  return [];
}

const isPicture = ({ name, element }: Attribute) =>
  name === 'src' || name === 'background' || (name === 'href' && element === 'image');

/** Each branch must leave the letter where the block found it, or the rest would read differently for some. */
function unevenBranches(
  spots: readonly Spot[],
  pieces: readonly Piece[],
  tell: Tell,
): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const open: { readonly context: string; branch: number }[] = [];
  for (const { index, context } of spots) {
    const piece = pieces[index];
    if (piece?.kind !== 'tag') continue;
    const isEnd = piece.name.startsWith('end');
    const block = open.at(-1);
    if (!isEnd && !['else', 'elsif', 'when'].includes(piece.name))
      open.push({ context, branch: index });
    else if (block) {
      if (context !== block.context)
        problems.push(tell.atPiece(block.branch, unevenness(block.context, context)));
      block.branch = index;
      if (isEnd) open.pop();
    }
  }
  return problems.slice(0, 5);
}

function unevenness(before: string, after: string): Fault {
  const [begins, ends] = [nameOf(before), nameOf(after)];
  return fault('branches-differ', {
    ...{ before: begins.kind, beforeName: begins.name },
    ...{ after: ends.kind, afterName: ends.name },
  });
}

function nameOf(context: string): { kind: 'attribute' | 'element' | 'outside'; name: string } {
  const attribute = / <(\S+) (\S+?)=/.exec(context);
  if (attribute) return { kind: 'attribute', name: attribute[2]! };
  const name = context
    .replace(/^Outlook /, '')
    .split('|')
    [context.startsWith('Outlook ') ? 1 : 0]?.split(' ')
    .at(-1);
  return name ? { kind: 'element', name } : { kind: 'outside', name: '' };
}
