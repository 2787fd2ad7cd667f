import * as z from 'zod';
import { Language } from '../../people/brand.ts';
import { ConditionField } from '../../people/condition-schema.ts';
import type { Condition } from '../../people/condition.ts';
import { isPictureUrl } from '../picture.ts';
import { fragmentProblem } from './fragment.ts';

/** One text for every language, or one a language. A letter on the desk may still lack some. */
const Words = (max: number) =>
  z.union([z.string().max(max), z.record(Language, z.string().max(max))]);
export type Words = string | Readonly<Record<string, string>>;

const RichWords = Words(20_000).superRefine((words, context) => {
  for (const [language, html] of Object.entries(
    typeof words === 'string' ? { '': words } : words,
  )) {
    const problem = fragmentProblem(html, 'text');
    if (problem !== undefined)
      context.addIssue({
        code: 'custom',
        message: problem,
        path: language === '' ? [] : [language],
      });
  }
});

/** An https address, or nothing yet. Liquid may stand for all of it or for a part after the host. */
const Address = z
  .string()
  .max(2_000)
  .refine(
    (text) => text === '' || /^(?:https:\/\/|mailto:|tel:|\{\{)/.test(text),
    'must begin with https://, mailto: or tel:',
  );
const PictureUrl = z
  .string()
  .max(2_000)
  .refine((text) => text === '' || isPictureUrl(text), 'must begin with https://');

const shared = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a-z, 0-9 and -'),
  /** Whoever does not meet it gets the letter without this block. */
  showIf: ConditionField.optional(),
};

/** What stands in a column of a letter. */
export const Leaf = z.discriminatedUnion('kind', [
  z.strictObject({
    ...shared,
    kind: z.literal('heading'),
    level: z.int().min(1).max(3).default(2),
    words: Words(300),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('text'),
    words: RichWords,
    /** Small is for conditions and notes. */
    size: z.enum(['normal', 'small']).default('normal'),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('picture'),
    url: PictureUrl,
    /** Nothing, for a picture that only pleases. */
    alt: Words(300),
    link: Address.optional(),
    width: z.enum(['full', 'half']).default('full'),
  }),
  z.strictObject({ ...shared, kind: z.literal('button'), words: Words(80), link: Address }),
  z.strictObject({ ...shared, kind: z.literal('divider') }),
  z.strictObject({
    ...shared,
    kind: z.literal('space'),
    height: z.enum(['small', 'medium', 'large']).default('medium'),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('quote'),
    words: Words(1_000),
    by: Words(120).optional(),
  }),
  /** At which pace they read us, and where to change it. */
  z.strictObject({ ...shared, kind: z.literal('pace') }),
  /** Who writes, and reads the answers. */
  z.strictObject({
    ...shared,
    kind: z.literal('signature'),
    name: z.string().max(80),
    role: Words(120).optional(),
    picture: PictureUrl.optional(),
    answers: z.boolean().default(true),
  }),
  z.strictObject({ ...shared, kind: z.literal('html'), words: Words(30_000) }),
  /** Answered with one tap and a button: a tap alone may be a scanner's. */
  z.strictObject({
    ...shared,
    kind: z.literal('question'),
    words: Words(300),
    answers: z
      .array(z.strictObject({ id: shared.id, words: Words(80) }))
      .min(2)
      .max(5)
      .refine(
        (answers) => new Set(answers.map(({ id }) => id)).size === answers.length,
        'two answers have the same id',
      ),
    /** The field of the reader that keeps the answer's id, for conditions to ask. */
    field: z
      .string()
      .regex(/^[a-zA-Z][\w-]{0,39}$/, 'must begin with a letter; letters, digits, - and _ follow')
      .optional(),
  }),
]);
export type Leaf = z.infer<typeof Leaf>;
const Leaves = z.array(Leaf).max(40);

export const Block = z.discriminatedUnion('kind', [
  ...Leaf.options,
  z.strictObject({
    ...shared,
    kind: z.literal('columns'),
    /** Shares of the width; on a phone they stand one below the other. */
    split: z.enum(['1-1', '1-2', '2-1', '1-1-1']).default('1-1'),
    columns: z.array(Leaves).min(2).max(3),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('section'),
    tone: z.enum(['quiet', 'brand']).default('quiet'),
    blocks: Leaves,
  }),
]);
export type Block = z.infer<typeof Block>;

/** A letter made of blocks. The footer is not among them: every letter has it, and nobody can take it out. */
export const BlockLetter = z
  .strictObject({ blocks: z.array(Block).max(80) })
  .superRefine(({ blocks }, context) => {
    for (const [at, block] of blocks.entries())
      if (block.kind === 'columns' && block.columns.length !== block.split.split('-').length)
        context.addIssue({
          code: 'custom',
          message: `"${block.split}" takes ${block.split.split('-').length} columns`,
          path: ['blocks', at, 'columns'],
        });
    const ids = everyBlock({ blocks }).map(({ block }) => block.id);
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice !== undefined)
      context.addIssue({
        code: 'custom',
        message: `two blocks have the id "${twice}"`,
        path: ['blocks'],
      });
  });
export type BlockLetter = z.infer<typeof BlockLetter>;

type Placed = { readonly block: Block; readonly path: string };

/** Each block with where it stands: "blocks.2.columns.0.1". */
export function everyBlock({ blocks }: BlockLetter): Placed[] {
  return blocks.flatMap((block, at): Placed[] => {
    const path = `blocks.${at}`;
    const inside = (leaves: readonly Leaf[], where: string) =>
      leaves.map((leaf, index) => ({ block: leaf, path: `${path}.${where}.${index}` }));
    if (block.kind === 'columns')
      return [
        { block, path },
        ...block.columns.flatMap((leaves, column) => inside(leaves, `columns.${column}`)),
      ];
    if (block.kind === 'section') return [{ block, path }, ...inside(block.blocks, 'blocks')];
    return [{ block, path }];
  });
}

/** As its readers see it: who has none of their language reads the first. */
export const wordsFor = (words: Words, language: string): string =>
  typeof words === 'string' ? words : (words[language] ?? Object.values(words)[0] ?? '');

/** Every text of a block, by the name of its field. */
export function wordsIn(block: Block): Readonly<Record<string, Words>> {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'button':
    case 'html':
      return { words: block.words };
    case 'picture':
      return { alt: block.alt };
    case 'quote':
      return { words: block.words, ...(block.by === undefined ? {} : { by: block.by }) };
    case 'question':
      return {
        words: block.words,
        ...Object.fromEntries(block.answers.map(({ words }, at) => [`answers.${at}.words`, words])),
      };
    case 'signature':
      return block.role === undefined ? {} : { role: block.role };
    case 'divider':
    case 'space':
    case 'pace':
    case 'columns':
    case 'section':
      return {};
  }
}

/** The languages that any of its texts is written in. */
export function languagesOfBlocks(letter: BlockLetter): string[] {
  const spoken = everyBlock(letter).flatMap(({ block }) =>
    Object.values(wordsIn(block)).flatMap((words) =>
      typeof words === 'string' ? [] : Object.keys(words),
    ),
  );
  return [...new Set(spoken)];
}

/** Who sees a block that is not for everybody, by its id. */
export function conditionsOf(letter: BlockLetter): Record<string, Condition> {
  return Object.fromEntries(
    everyBlock(letter).flatMap(({ block: { id, showIf } }) =>
      showIf === undefined ? [] : [[id, showIf] as const],
    ),
  );
}
