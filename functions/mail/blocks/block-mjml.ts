import { say } from '../../base/words.ts';
import { inLanguage, type Brand } from '../../people/brand.ts';
import { escaped } from '../template/escapes.ts';
import { COLUMN_PX, INNER_PX } from '../template/look.ts';
import { frenchSpaces } from '../template/markdown.ts';
import type { Block, BlockLetter, Leaf, Words } from './block.ts';
import { blockLookOf, type BlockLook } from './block-look.ts';
import { fragmentOf, plainWords } from './fragment.ts';

/** The letter as MJML in one language, and for each of its lines which block it came from. */
export type BlockMjml = { readonly source: string; readonly pathOfLine: readonly string[] };

type Line = { readonly text: string; readonly path: string };
type Setting = { readonly brand: Brand; readonly language: string; readonly look: BlockLook };

export function mjmlOfBlocks(letter: BlockLetter, brand: Brand, language: string): BlockMjml {
  const look = blockLookOf(brand.colour);
  const setting = { brand, language, look };
  const lines: Line[] = [
    ours(`<mjml>`),
    ...look.head.map(ours),
    ours(`<mj-body width="${COLUMN_PX}px" background-color="${look.page}" css-class="page">`),
    ours(masthead(setting)),
    ours(`<mj-wrapper css-class="card" ${look.card}>`),
    ...rowsOf(letter.blocks).flatMap((row) => rowLines(row, setting)),
    ours('</mj-wrapper>'),
    ours('</mj-body>'),
    ours('</mjml>'),
  ];
  return {
    source: lines.map(({ text }) => text).join('\n'),
    pathOfLine: lines.map(({ path }) => path),
  };
}

const ours = (text: string): Line => ({ text, path: 'blocks' });

function masthead({ brand, look }: Setting): string {
  const name = escaped(brand.name);
  const inside = brand.logoUrl
    ? `<mj-image src="${escaped(brand.logoUrl)}" alt="${name}" height="40px" width="160px" align="left" padding="0" css-class="name" />`
    : `<mj-text css-class="name" ${look.name}>${name}</mj-text>`;
  return `<mj-section css-class="head" padding="12px 40px 20px"><mj-column padding="0">${inside}</mj-column></mj-section>`;
}

type Placed<Kind extends Block> = { readonly block: Kind; readonly path: string };
type Row =
  | { readonly kind: 'leaves'; readonly leaves: readonly Placed<Leaf>[] }
  | ({ readonly kind: 'box' } & Placed<Extract<Block, { kind: 'columns' | 'section' }>>);

/** Leaves that follow each other share one row. */
function rowsOf(blocks: readonly Block[]): Row[] {
  const rows: Row[] = [];
  for (const [at, block] of blocks.entries()) {
    const path = `blocks.${at}`;
    if (block.kind === 'columns' || block.kind === 'section') {
      rows.push({ kind: 'box', block, path });
      continue;
    }
    const last = rows.at(-1);
    const leaf = { block, path };
    if (last?.kind === 'leaves') rows.splice(-1, 1, { ...last, leaves: [...last.leaves, leaf] });
    else rows.push({ kind: 'leaves', leaves: [leaf] });
  }
  return rows;
}

const SECTION = '<mj-section padding="0"><mj-column padding="0">';
const SECTION_END = '</mj-column></mj-section>';

function rowLines(row: Row, setting: Setting): Line[] {
  if (row.kind === 'leaves')
    return [
      ours(SECTION),
      ...row.leaves.flatMap((leaf) => leafLines(leaf, setting, INNER_PX)),
      ours(SECTION_END),
    ];
  const { block, path } = row;
  const inside =
    block.kind === 'columns'
      ? columnsLines({ block, path }, setting)
      : toneLines({ block, path }, setting);
  return inside.length === 0 ? [] : shownIf(block, path, inside);
}

const SHARES: Readonly<Record<string, readonly number[]>> = {
  '1-1': [50, 50],
  '1-2': [36, 64],
  '2-1': [64, 36],
  '1-1-1': [33.33, 33.33, 33.33],
};
const GUTTER_PX = 20;

function columnsLines(
  { block, path }: Placed<Extract<Block, { kind: 'columns' }>>,
  setting: Setting,
): Line[] {
  const shares = SHARES[block.split]!;
  const columns = block.columns.map((leaves, column) => {
    // Each gives up its part of the gutters, so that equal columns hold equal pictures.
    const left = Math.round((column * GUTTER_PX) / shares.length);
    const right = Math.round(((shares.length - 1 - column) * GUTTER_PX) / shares.length);
    const width = (INNER_PX * shares[column]!) / 100 - left - right;
    const lines = leaves.flatMap((leaf, at) =>
      leafLines({ block: leaf, path: `${path}.columns.${column}.${at}` }, setting, width),
    );
    const open = `<mj-column width="${shares[column]}%" padding="0 ${right}px 0 ${left}px" css-class="side">`;
    return [{ text: open, path }, ...lines, { text: '</mj-column>', path }];
  });
  return [
    { text: '<mj-section padding="0">', path },
    ...columns.flat(),
    { text: '</mj-section>', path },
  ];
}

function toneLines(
  { block, path }: Placed<Extract<Block, { kind: 'section' }>>,
  setting: Setting,
): Line[] {
  const { look } = setting;
  const lines = block.blocks.flatMap((leaf, at) =>
    leafLines({ block: leaf, path: `${path}.blocks.${at}` }, setting, INNER_PX - 48),
  );
  if (lines.length === 0) return [];
  const open = `<mj-section padding="0 0 20px"><mj-column css-class="box" padding="22px 24px 6px" background-color="${look.tones[block.tone]}" border-radius="10px">`;
  return [{ text: open, path }, ...lines, { text: SECTION_END, path }];
}

/** Whoever is not meant gets nothing of it: the letter's own condition, asked for each reader. */
function shownIf({ id, showIf }: Block, path: string, lines: readonly Line[]): Line[] {
  if (showIf === undefined) return [...lines];
  return [{ text: `{% if shown["${id}"] %}`, path }, ...lines, { text: '{% endif %}', path }];
}

function leafLines({ block, path }: Placed<Leaf>, setting: Setting, widthPx: number): Line[] {
  const text = leafMjml(block, setting, widthPx);
  return text === '' ? [] : shownIf(block, path, [{ text, path }]);
}

/** One component on one line; nothing for a block that says nothing yet. */
function leafMjml(leaf: Leaf, setting: Setting, widthPx: number): string {
  const { look, language } = setting;
  switch (leaf.kind) {
    case 'heading': {
      const words = said(leaf.words, setting);
      const name = `h${leaf.level}`;
      return (
        words &&
        text(
          look.headings[leaf.level - 1]!,
          `<${name} style="margin:0;font-size:inherit;line-height:inherit">${words}</${name}>`,
        )
      );
    }
    case 'text': {
      const html = frenchIn(setting, inLanguage(leaf.words, language, setting.brand));
      const rich = fragmentOf(html, 'text', (name) => look.rich[name]);
      const shown = leaf.size === 'small' ? look.small : look.text;
      return hasWords(rich) ? text(shown, withoutLastSpace(rich)) : '';
    }
    case 'picture':
      return leaf.url && picture(leaf, setting, widthPx);
    case 'button': {
      const words = said(leaf.words, setting);
      return words && leaf.link
        ? `<mj-button css-class="button" href="${attribute(leaf.link)}" ${look.button}>${words}</mj-button>`
        : '';
    }
    case 'divider':
      return `<mj-divider css-class="line" ${look.divider} />`;
    case 'space':
      return `<mj-spacer height="${SPACES[leaf.height]}px" />`;
    case 'quote': {
      const words = said(leaf.words, setting);
      const by = leaf.by === undefined ? '' : said(leaf.by, setting);
      const byLine = by && `<p style="${look.by}">— ${by}</p>`;
      return (
        words &&
        text(
          look.text,
          `<blockquote style="${look.quote}"><p style="margin:0">${words}</p>${byLine}</blockquote>`,
        )
      );
    }
    case 'question':
      return question(leaf, setting);
    case 'pace':
      return text(look.small, paceSentence(language));
    case 'signature':
      return signature(leaf, setting);
    case 'html': {
      const html = fragmentOf(inLanguage(leaf.words, language, setting.brand), 'html');
      return html && `<mj-text css-class="own" ${look.own}>${html}</mj-text>`;
    }
  }
}

const SPACES = { small: 12, medium: 28, large: 56 };

const text = (attributes: string, inside: string) =>
  `<mj-text css-class="ink" ${attributes}>${inside}</mj-text>`;

function picture(
  { url, alt, link, width }: Extract<Leaf, { kind: 'picture' }>,
  setting: Setting,
  widthPx: number,
): string {
  const px = Math.floor(width === 'half' ? widthPx / 2 : widthPx);
  const href = link ? ` href="${attribute(link)}"` : '';
  return `<mj-image src="${attribute(url)}" alt="${said(alt, setting)}" width="${px}px"${href} ${setting.look.picture} />`;
}

/** The sentence of the foot, where its author wants it said. */
function paceSentence(language: string): string {
  const pace = say(language, 'mail.footer.pace', { pace: '%PACE%' });
  const change = escaped(say(language, 'mail.footer.change'));
  return `${escaped(pace).replace('%PACE%', '{{ frequency }}')} ${escaped(say(language, 'mail.footer.question'))} <a href="{{ links.preferences }}" style="text-decoration:underline;color:inherit">${change}</a>`;
}

function signature(
  { name, role, picture: url, answers }: Extract<Leaf, { kind: 'signature' }>,
  setting: Setting,
): string {
  if (name.trim() === '') return '';
  const { look, language } = setting;
  const who = plainWords(name);
  const roleLine = role === undefined ? '' : said(role, setting);
  const answer = answers ? say(language, 'mail.block.answers', { name: name.trim() }) : '';
  const lines = [
    `<strong>${who}</strong>`,
    ...[roleLine, escaped(answer)]
      .filter(Boolean)
      .map((line) => `<span style="${look.role}">${line}</span>`),
  ].join('<br>');
  const face = url
    ? `<td width="72" valign="top"><img src="${attribute(url)}" alt="" width="56" height="56" style="display:block;border-radius:28px"></td>`
    : '';
  return text(
    look.signature,
    `<table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr>${face}<td valign="middle" style="${look.signed}">${lines}</td></tr></table>`,
  );
}

/** Each answer is a link to a page that shows it and has a button; the letter itself changes nothing. */
function question(
  { id, words, answers }: Extract<Leaf, { kind: 'question' }>,
  setting: Setting,
): string {
  const asked = said(words, setting);
  const each = answers.map((answer) => ({ id: answer.id, words: said(answer.words, setting) }));
  if (asked === '' || each.some((answer) => answer.words === '')) return '';
  const { look } = setting;
  const rows = each.map(
    (answer) =>
      `<tr><td style="padding:0 0 10px"><a href="{{ links.answer }}?q=${id}&amp;a=${answer.id}" class="answer" style="${look.answer}">${answer.words}</a></td></tr>`,
  );
  return text(
    look.text,
    `<p style="${look.asked}">${asked}</p><table role="presentation" border="0" cellpadding="0" cellspacing="0">${rows.join('')}</table>`,
  );
}

function said(words: Words, setting: Setting): string {
  return plainWords(frenchIn(setting, inLanguage(words, setting.language, setting.brand)));
}

const frenchIn = ({ language }: Setting, text: string) =>
  language === 'fr' ? text.replace(/\{\{[^]*?\}\}|\{%[^]*?%\}|<[^>]*>|[^{<]+/g, spaced) : text;
const spaced = (part: string) => (/^[{<]/.test(part) ? part : frenchSpaces(part));

/** An address as its author wrote it: Liquid in it is read before any quote. */
const attribute = (url: string) => plainWords(url);

const hasWords = (html: string) => html.replace(/<[^>]*>/g, '').trim() !== '';

/** What stands last in a text needs no space below: its block has one. */
const withoutLastSpace = (html: string) =>
  html.replace(
    /style="margin:0 0 \d+px([^"]*)"(?=[^]*$)(?![^]*style="margin:0 0 )/,
    'style="margin:0$1"',
  );
