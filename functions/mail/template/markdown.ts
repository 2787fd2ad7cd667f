import MarkdownIt, { type StateBlock, type StateCore, type Token } from 'markdown-it';
import { INNER_PX, type Look } from './look.ts';
import type { Marks } from './marks.ts';
import type { Piece } from './pieces.ts';

/** What Markdown needs to know of a letter: its Liquid stands in it as marks. */
export type MarkdownSetting = {
  readonly language: string;
  readonly look: Look;
  readonly marks: Marks;
  readonly pieces: readonly Piece[];
};

const QUOTES: Readonly<Record<string, string[]>> = {
  fr: ['«\u00a0', '\u00a0»', '‹\u00a0', '\u00a0›'],
  de: ['„', '“', '‚', '‘'],
};
export const BUTTON = '{.button}';

/** Markdown as HTML in the letter's own look. Raw HTML in it is shown as text. */
export function renderMarkdown(source: string, setting: MarkdownSetting): string {
  const md = new MarkdownIt({
    html: false,
    linkify: true,
    typographer: true,
    quotes: QUOTES[setting.language] ?? ['“', '”', '‘', '’'],
  });
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  // Addresses are judged later, where a bad one is told with its line.
  md.validateLink = () => true;
  md.block.ruler.before('code', 'liquid_line', (...args) => liquidLine(setting, ...args), {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  md.core.ruler.after('inline', 'loops_over_lists', (state) => {
    loopsOverLists(state.tokens, setting);
  });
  md.core.ruler.push('looks', (state) => {
    if (setting.language === 'fr') spaceFrench(state);
    dress(state.tokens, setting.look);
  });
  md.renderer.rules.liquid_line = (tokens, at) => `${tokens[at]!.content}\n`;
  return md.render(source);
}

/** A line of tags alone is a block: `{% if … %}` around paragraphs, not inside one. */
function liquidLine(
  { marks, pieces }: MarkdownSetting,
  state: StateBlock,
  line: number,
  _end: number,
  silent: boolean,
): boolean {
  const content = state.src
    .slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line])
    .trim();
  const parts = marks.split(content);
  const isLine =
    parts.length > 0 &&
    parts.every((part) =>
      'text' in part ? part.text.trim() === '' : pieces[part.index]?.kind === 'tag',
    );
  if (!isLine || silent) return isLine;
  const token = state.push('liquid_line', '', 0);
  token.content = content;
  token.map = [line, line + 1];
  state.line = line + 1;
  return true;
}

/** A loop around a list makes one list of many items, not many lists of one. */
function loopsOverLists(tokens: Token[], { marks, pieces }: MarkdownSetting): void {
  const tagAt = (index: number) => {
    const token = tokens[index];
    const parts = token?.type === 'liquid_line' ? marks.split(token.content) : [];
    const [part] = parts;
    const piece = parts.length === 1 && part && 'kind' in part ? pieces[part.index] : undefined;
    return piece?.kind === 'tag' ? piece.name : undefined;
  };
  for (let index = 0; index < tokens.length - 1; index += 1) {
    const list = tokens[index + 1]!;
    if (tagAt(index) !== 'for' || !list.type.endsWith('_list_open')) continue;
    const close = tokens.findIndex(
      (token, at) =>
        at > index &&
        token.level === list.level &&
        token.type === list.type.replace('open', 'close'),
    );
    if (close === -1 || tagAt(close + 1) !== 'endfor') continue;
    [tokens[index], tokens[index + 1]] = [tokens[index + 1]!, tokens[index]!];
    [tokens[close], tokens[close + 1]] = [tokens[close + 1]!, tokens[close]!];
  }
}

/** French sets a space before these signs, and no line may end in front of one. */
export const frenchSpaces = (text: string) =>
  text.replace(/ (?=[;:!?»€%])/g, '\u00a0').replace(/« /g, '«\u00a0');

function spaceFrench(state: StateCore): void {
  for (const block of state.tokens)
    for (const token of block.children ?? [])
      if (token.type === 'text') token.content = frenchSpaces(token.content);
}

/** Puts the look on the elements, and makes buttons of paragraphs that ask for it. */
function dress(tokens: Token[], look: Look): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'inline' && isButton(token)) makeButton(tokens, index, look);
    for (const one of [token, ...(token.children ?? [])]) dressOne(one, look);
    if (token.type === 'paragraph_open' && tokens[index + 3]?.type === 'blockquote_close')
      token.attrSet('style', 'margin:0');
    if (
      token.type === 'inline' &&
      token.children?.length === 1 &&
      token.children[0]!.type === 'image'
    ) {
      token.children[0]!.attrSet('style', look.picture);
      token.children[0]!.attrSet('width', String(INNER_PX));
    }
  }
}

function dressOne(token: Token, look: Look): void {
  const style = look.elements[token.tag];
  if (style === undefined || token.nesting < 0 || token.hidden) return;
  const own = token.attrGet('style');
  if (own === null) token.attrSet('style', style);
  else if (!String(own).startsWith('display')) token.attrSet('style', `${style};${own}`);
  if (token.tag === 'td') token.attrSet('class', 'cell');
}

/** `[Read on](https://…){.button}` alone in its paragraph. */
function isButton({ children }: Token): boolean {
  if (!children || children.length < 3) return false;
  const last = children.at(-1)!;
  const closings = children.filter(({ type }) => type === 'link_close').length;
  return (
    children[0]!.type === 'link_open' &&
    closings === 1 &&
    children.at(-2)!.type === 'link_close' &&
    last.type === 'text' &&
    last.content.trim() === BUTTON
  );
}

function makeButton(tokens: Token[], index: number, { button }: Look): void {
  const [open, inline, close] = [tokens[index - 1]!, tokens[index]!, tokens[index + 1]!];
  const cell = `<td align="center" bgcolor="${button.colour}" style="${button.cell}">`;
  for (const [token, content] of [
    [
      open,
      `<table role="presentation" class="button" border="0" cellpadding="0" cellspacing="0" style="margin:8px 0 26px"><tr>${cell}`,
    ],
    [close, '</td></tr></table>\n'],
  ] as const)
    Object.assign(token, { type: 'html_block', tag: '', hidden: false, content });
  inline.children!.pop();
  inline.children![0]!.attrSet('style', button.link);
}
