import { LiquidError, type TagToken, Tokenizer, type TopLevelToken, TypeGuards } from 'liquidjs';
import { fault, type Fault } from './faults.ts';
import { checkNames, checkOutput, checkTagWords } from './check.ts';
import { BLOCKS } from './engine.ts';
import { SOURCE_LENGTH_MOST } from './letter.ts';
import { type AuthorText, LetterRefused, type Piece, problemAt, refuse } from './pieces.ts';

/** An author's text taken apart, and the data it asks for. */
export type Read = { readonly pieces: readonly Piece[]; readonly uses: readonly string[] };

const DEPTH_MOST = 8;
const LOOPS_MOST = 2;
const PIECES_MOST = 1_000;
const TAG_LENGTH_MOST = 1_000;

/**
 * Takes an author's text apart and refuses, with line and column, whatever is not on our list.
 * `{%-` is resolved here. In Markdown a tag alone on its line is a line of its own anyway, so
 * there it trims nothing: gluing the lines together would undo the list or paragraph around it.
 */
export function readLiquid(
  text: AuthorText,
  options: { readonly lines: boolean; readonly roots?: readonly string[] },
): Read {
  if (text.source.length > SOURCE_LENGTH_MOST)
    refuse(text, 0, fault('text-too-long', { most: SOURCE_LENGTH_MOST }));
  refuseTooMany(text);
  const tokens = withoutComments(text, tokensOf(text));
  checkTokens(text, tokens);
  return {
    uses: checkNames(withoutGaps(text, tokens), options.roots),
    pieces: piecesOf(text, tokens, options),
  };
}

/** Asked first: reading thousands of tags only to refuse them takes its time. */
function refuseTooMany(text: AuthorText): void {
  const openings = text.source.matchAll(/\{[{%]/g);
  const [tooMany] = openings.drop(PIECES_MOST).take(1);
  if (tooMany) refuse(text, tooMany.index, fault('tags-too-many', { most: PIECES_MOST }));
}

function tokensOf(text: AuthorText): TopLevelToken[] {
  // Liquid would read the rest of the text as raw before we could say that there is no such tag.
  const raw = /\{%-?\s*raw\b/.exec(text.source);
  if (raw) refuse(text, raw.index, fault('tag-raw'));
  try {
    return new Tokenizer(text.source).readTopLevelTokens();
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const [opening, closing] = error.message.startsWith('tag') ? ['{%', '%}'] : ['{{', '}}'];
    return refuse(text, error.token.begin, fault('never-closed', { opening, closing }));
  }
}

/** Nothing between `comment` and `endcomment` is read; `{% # … %}` is a comment of its own. */
function withoutComments(text: AuthorText, tokens: readonly TopLevelToken[]): TopLevelToken[] {
  let comment: TagToken | undefined;
  const kept = tokens.filter((token) => {
    const tag = TypeGuards.isTagToken(token) ? token : undefined;
    if (comment) {
      if (tag?.name === 'endcomment') comment = undefined;
      return false;
    }
    if (tag?.name === 'comment') comment = tag;
    return !comment && tag?.name !== '#';
  });
  if (comment) refuse(text, comment.begin, fault('comment-never-closed'));
  return kept;
}

/** The same text with blanks for what was left out, so that every other place stays where it is. */
function withoutGaps(text: AuthorText, tokens: readonly TopLevelToken[]): AuthorText {
  let source = '';
  for (const { begin, end } of [
    ...tokens,
    { begin: text.source.length, end: text.source.length },
  ]) {
    source += text.source.slice(source.length, begin).replace(/[^\n]/g, ' ');
    source += text.source.slice(begin, end);
  }
  return { ...text, source };
}

/** Everything that can be told token by token, all problems at once. */
function checkTokens(text: AuthorText, tokens: readonly TopLevelToken[]): void {
  const problems = [];
  const open: TagToken[] = [];
  for (const token of tokens) {
    if (TypeGuards.isHTMLToken(token)) continue;
    const say: Say = (it) => problemAt(text, token.begin, it);
    if (token.end - token.begin > TAG_LENGTH_MOST)
      problems.push(say(fault('tag-too-long', { most: TAG_LENGTH_MOST })));
    else if (TypeGuards.isTagToken(token)) problems.push(...checkTag(token, open, say));
    else problems.push(...checkOutput(token, say));
  }
  for (const token of open)
    problems.push(
      problemAt(
        text,
        token.begin,
        fault('tag-never-closed', { name: token.name, end: BLOCKS[token.name]!.end }),
      ),
    );
  if (problems.length > 0) throw new LetterRefused(problems.slice(0, 20));
}

type Say = (fault: Fault) => ReturnType<typeof problemAt>;
const KNOWN = new Set(
  Object.entries(BLOCKS).flatMap(([name, { between, end }]) => [name, ...between, end]),
);

/** Follows what is open, and changes it. */
function checkTag(token: TagToken, open: TagToken[], say: Say) {
  const { name } = token;
  if (!KNOWN.has(name))
    return [say(fault('tag-unknown', { name, known: Object.keys(BLOCKS).join(', ') }))];
  const problems = checkTagWords(token, say);
  const block = open.at(-1);
  if (Object.hasOwn(BLOCKS, name)) {
    open.push(token);
    if (open.length > DEPTH_MOST) problems.push(say(fault('tags-too-deep', { most: DEPTH_MOST })));
    if (open.filter((tag) => tag.name === 'for').length > LOOPS_MOST)
      problems.push(say(fault('loops-too-deep', { most: LOOPS_MOST })));
  } else if (block && BLOCKS[block.name]!.end === name) open.pop();
  else if (!block || !BLOCKS[block.name]!.between.includes(name))
    problems.push(
      say(
        block
          ? fault('tag-misplaced', { name, within: block.name, end: BLOCKS[block.name]!.end })
          : fault('tag-alone', { name }),
      ),
    );
  return problems;
}

function piecesOf(
  text: AuthorText,
  tokens: readonly TopLevelToken[],
  options: { readonly lines: boolean },
): Piece[] {
  const trims = (index: number, side: 'trimLeft' | 'trimRight') => {
    const token = tokens[index];
    if (!token || TypeGuards.isHTMLToken(token) || !token[side]) return false;
    return !(options.lines && TypeGuards.isTagToken(token) && isAlone(tokens, index));
  };
  const pieces: Piece[] = [];
  let inCaseHead = false;
  for (const [index, token] of tokens.entries()) {
    const { begin } = token;
    if (TypeGuards.isTagToken(token)) {
      inCaseHead = token.name === 'case';
      pieces.push({ kind: 'tag', name: token.name, liquid: `{% ${token.content} %}`, begin });
    } else if (TypeGuards.isOutputToken(token)) {
      pieces.push({ kind: 'output', liquid: token.content, begin });
    } else {
      let fixed = token.getText();
      if (trims(index - 1, 'trimRight')) fixed = fixed.trimStart();
      if (trims(index + 1, 'trimLeft')) fixed = fixed.trimEnd();
      if (fixed !== '') pieces.push({ kind: 'text', text: fixed, begin });
      if (inCaseHead && fixed.trim() !== '') refuse(text, begin, fault('text-before-when'));
    }
  }
  return pieces;
}

/** Whether nothing but blanks and other tags shares the line of this tag. */
function isAlone(tokens: readonly TopLevelToken[], index: number): boolean {
  return isBlankUntilLineEnd(tokens, index, -1) && isBlankUntilLineEnd(tokens, index, 1);
}

function isBlankUntilLineEnd(
  tokens: readonly TopLevelToken[],
  from: number,
  step: 1 | -1,
): boolean {
  for (let index = from + step; ; index += step) {
    const token = tokens[index];
    if (!token) return true;
    if (TypeGuards.isTagToken(token)) continue;
    if (!TypeGuards.isHTMLToken(token)) return false;
    const [near = '', ...others] =
      step === 1 ? token.getText().split('\n') : token.getText().split('\n').reverse();
    if (near.trim() !== '') return false;
    if (others.length > 0) return true;
  }
}
