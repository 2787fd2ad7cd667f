import type { Brand } from '../../people/brand.ts';
import { escaped } from '../template/escapes.ts';
import { COLUMN_PX, INNER_PX } from '../template/look.ts';
import type { Block, BlockLetter, Leaf } from './block.ts';
import { blockLookOf } from './block-look.ts';
import { leafMjml, type Setting } from './leaf-mjml.ts';

/** The letter as MJML in one language, and for each of its lines which block it came from. */
export type BlockMjml = { readonly source: string; readonly pathOfLine: readonly string[] };

type Line = { readonly text: string; readonly path: string };

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
