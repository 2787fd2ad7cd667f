import { canonical } from '../../shell/canonical.ts';
import type { Block, BlockLetter, Leaf } from '../../../functions/mail/blocks/block.ts';

export type { Block, BlockLetter, Leaf };
export type Kind = Block['kind'];
export type Condition = NonNullable<Block['showIf']>;

/** What of a block is not text: as it is kept on the desk, one entry a block. */
export type Shape<Of extends Block = Block> = Of extends Block
  ? Omit<Of, 'id' | 'words' | 'alt' | 'by' | 'role' | 'columns' | 'blocks' | 'answers'> &
      (Of extends { kind: 'question' } ? { readonly answers: readonly string[] } : unknown) &
      (Of extends { kind: 'signature' } ? { readonly answers: boolean } : unknown)
  : never;
export type ShapeOf<Name extends Kind> = Extract<Shape, { kind: Name }>;

/** What can be put into a letter, in the order of the palette. */
export const KINDS = [
  'heading',
  'text',
  'picture',
  'button',
  'columns',
  'section',
  'quote',
  'divider',
  'space',
  'question',
  'signature',
  'pace',
  'html',
] as const satisfies readonly Kind[];

/** Which texts a block has, beside the answers of a question. */
export const FIELDS: Readonly<Record<Kind, readonly ('words' | 'alt' | 'by' | 'role')[]>> = {
  heading: ['words'],
  text: ['words'],
  picture: ['alt'],
  button: ['words'],
  divider: [],
  space: [],
  quote: ['words', 'by'],
  pace: [],
  signature: ['role'],
  html: ['words'],
  question: ['words'],
  columns: [],
  section: [],
};

/** Blocks that hold others; they stand in no other. */
export const holds = (kind: Kind): kind is 'columns' | 'section' =>
  kind === 'columns' || kind === 'section';

/** A block as it comes from the palette. */
export function freshShape(kind: Kind): Shape {
  switch (kind) {
    case 'heading':
      return { kind, level: 2 };
    case 'text':
      return { kind, size: 'normal' };
    case 'picture':
      return { kind, url: '', width: 'full' };
    case 'button':
      return { kind, link: '' };
    case 'space':
      return { kind, height: 'medium' };
    case 'signature':
      return { kind, name: '', answers: true };
    case 'question':
      return { kind, answers: ['a', 'b'] };
    case 'columns':
      return { kind, split: '1-1' };
    case 'section':
      return { kind, tone: 'quiet' };
    case 'divider':
    case 'quote':
    case 'pace':
    case 'html':
      return { kind };
  }
}

/** The same text for the same shape, whoever wrote its parts in which order. */
export const textOfShape = (shape: object) => canonical(shape);
export const shapeFrom = (text: string) => JSON.parse(text) as Shape;
