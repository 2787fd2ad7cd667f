import type { Remark } from '../template/lint.ts';
import {
  everyBlock,
  wordsFor,
  wordsIn,
  type Block,
  type BlockLetter,
  type Words,
} from './block.ts';

/** What of a letter of blocks nobody would see, or would see in another language; by the block's id. */
export function blockRemarks(
  letter: BlockLetter,
  languages: readonly string[],
  language: string,
): Remark[] {
  return everyBlock(letter).flatMap(({ block }): Remark[] => {
    if (isEmpty(block, language)) return [{ code: 'block-empty', level: 'advice', what: block.id }];
    const missing = Object.values(wordsIn(block)).some((words) => lacks(words, languages));
    return missing ? [{ code: 'not-translated', level: 'advice', what: block.id }] : [];
  });
}

/** Whether the letter goes without it, because something it needs is not there yet. */
function isEmpty(block: Block, language: string): boolean {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'quote':
    case 'html':
      return isBlank(block.words, language);
    case 'question':
      return (
        isBlank(block.words, language) ||
        block.answers.some(({ words }) => isBlank(words, language))
      );
    case 'button':
      return isBlank(block.words, language) || block.link === '';
    case 'picture':
      return block.url === '';
    case 'signature':
      return block.name.trim() === '';
    case 'columns':
      return block.columns.every((leaves) => leaves.length === 0);
    case 'section':
      return block.blocks.length === 0;
    case 'divider':
    case 'space':
    case 'pace':
      return false;
  }
}

const saysNothing = (text: string) => text.replace(/<[^>]*>/g, '').trim() === '';

const isBlank = (words: Words, language: string) => saysNothing(wordsFor(words, language));

const lacks = (words: Words, languages: readonly string[]) =>
  typeof words !== 'string' &&
  Object.values(words).some((text) => !saysNothing(text)) &&
  languages.some((language) => saysNothing(words[language] ?? ''));
