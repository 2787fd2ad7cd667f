import type { Letter } from '../letter.ts';
import { ALL, textsFrom, type Texts } from '../texts.ts';
import { idsIn, orderFrom, textOfOrder, type Held } from './order.ts';
import {
  FIELDS,
  shapeFrom,
  textOfShape,
  type Block,
  type BlockLetter,
  type Leaf,
} from './shape.ts';

/**
 * A letter of blocks on the desk, flat: "order", "block/title", "block/title/words.fr". Two people
 * who write in different blocks, or in different languages of one, never meet.
 */
export const ORDER = 'order';
export const shapePlace = (id: string) => `block/${id}`;
export const wordsPlace = (id: string, field: string, language: string) =>
  `block/${id}/${field}.${language}`;
/** Whether an entry is of this block: its shape or one of its texts. */
export const isOf = (id: string, place: string) =>
  place.startsWith('block/') && place.slice(6).split('/', 1)[0] === id;

export function flatOf({ blocks }: BlockLetter): Letter {
  const letter: Record<string, string> = {};
  const lay = (block: Block) => {
    const { id, ...rest } = block;
    const put = (field: string, texts: Texts | undefined) => {
      if (texts === undefined) return;
      const each = typeof texts === 'string' ? { [ALL]: texts } : texts;
      for (const [language, text] of Object.entries(each))
        letter[wordsPlace(id, field, language)] = text;
    };
    const shape: Record<string, unknown> = { ...rest };
    for (const field of FIELDS[block.kind]) {
      put(field, shape[field] as Texts | undefined);
      delete shape[field];
    }
    if (block.kind === 'question') {
      for (const answer of block.answers) put(`answers/${answer.id}`, answer.words);
      shape['answers'] = block.answers.map((answer) => answer.id);
    }
    delete shape['columns'];
    delete shape['blocks'];
    letter[shapePlace(id)] = textOfShape(shape);
  };
  const order = blocks.map((block): Held => {
    const rows =
      block.kind === 'columns' ? block.columns : block.kind === 'section' ? [block.blocks] : [];
    for (const each of [block, ...rows.flat()]) lay(each);
    return { id: block.id, rows: rows.map((row) => row.map(({ id }) => id)) };
  });
  return { ...letter, [ORDER]: textOfOrder(order) };
}

/** The letter as the API takes it. What two hands left without a place comes last, so that no word is lost. */
export function blocksOf(letter: Letter): BlockLetter {
  const texts = textsIn(letter);
  const order = orderFrom(letter[ORDER]);
  const placed = new Set(idsIn(order));
  const orphans = Object.keys(letter)
    .filter((place) => place.startsWith('block/') && !place.slice(6).includes('/'))
    .filter((place) => letter[place] !== '' && !placed.has(place.slice(6)))
    .map((place): Held => ({ id: place.slice(6), rows: [] }));
  const made = (id: string, rows: Held['rows']): Block[] => {
    const text = letter[shapePlace(id)];
    if (text === undefined || text === '') return [];
    const shape = shapeFrom(text);
    const spoken = (field: string) => textsFrom(texts.get(`${id}/${field}`) ?? []) ?? {};
    const leaves = (row: readonly string[]) => row.flatMap((leaf) => made(leaf, []) as Leaf[]);
    const words = FIELDS[shape.kind].map((field) => [field, spoken(field)] as const);
    const kept = words.filter(
      ([field]) => (field !== 'by' && field !== 'role') || texts.has(`${id}/${field}`),
    );
    const block = { ...shape, id, ...Object.fromEntries(kept) };
    if (shape.kind === 'question')
      return [
        {
          ...block,
          answers: shape.answers.map((answer) => ({
            id: answer,
            words: spoken(`answers/${answer}`),
          })),
        } as Block,
      ];
    if (shape.kind === 'columns') {
      const count = shape.split.split('-').length;
      const columns = Array.from({ length: count }, (_, at) => leaves(rows[at] ?? []));
      return [{ ...block, columns } as Block];
    }
    if (shape.kind === 'section') return [{ ...block, blocks: leaves(rows[0] ?? []) } as Block];
    return [block as Block];
  };
  return { blocks: [...order, ...orphans].flatMap(({ id, rows }) => made(id, rows)) };
}

/** Every text that says something, by "title/words", with its languages. */
function textsIn(letter: Letter): Map<string, [language: string, text: string][]> {
  const texts = new Map<string, [string, string][]>();
  for (const [place, text] of Object.entries(letter)) {
    const dot = place.lastIndexOf('.');
    if (!place.startsWith('block/') || dot < 0 || text.trim() === '') continue;
    const name = place.slice(6, dot);
    texts.set(name, [...(texts.get(name) ?? []), [place.slice(dot + 1), text]]);
  }
  return texts;
}
