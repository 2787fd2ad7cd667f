import {
  everyBlock,
  wordsFor,
  wordsIn,
  type Block,
  type BlockLetter,
  type Words,
} from '../mail/blocks/block.ts';
import type { Remark } from '../mail/template/lint.ts';
import { STARTERS, type Starter } from './starters.ts';

/** What is good as it stands: it says nothing of a house that is not its own. */
const MAY_STAY: ReadonlySet<string> = new Set([
  'one-thing subject',
  'one-thing preheader',
  'three-things subject',
  'three-things title',
  'sale small',
  'thanks subject',
  'thanks preheader',
  'thanks thanks',
  'thanks ask',
]);
type Inbox = { readonly subject: Words; readonly preheader?: Words | undefined };

/**
 * What a letter still says in the words of the letter it began with, and not of its house, in any of its
 * languages: the words themselves in an inbox, a block by its id.
 */
export function untouchedRemarks(
  letter: BlockLetter,
  { subject, preheader = '' }: Inbox,
  languages: readonly string[],
): Remark[] {
  const blocks = everyBlock(letter);
  return languages.flatMap((language) =>
    [
      ...[subject, preheader].map((words) => wordsFor(words, language)).filter(isOurs),
      ...blocks
        .filter(({ block }) => textsOf(block, language).some(isOurs))
        .map(({ block }) => block.id),
    ].map((what) => ({
      ...{ code: 'words-of-a-starter', level: 'error', what },
      ...(languages.length > 1 && { language }),
    })),
  );
}

/** What its readers are told; a picture that is not there yet is told to nobody, and a button may say what ours say. */
function textsOf(block: Block, language: string): string[] {
  if (block.kind === 'button' || (block.kind === 'picture' && block.url === '')) return [];
  return Object.values(wordsIn(block)).map((words) => wordsFor(words, language));
}

/** A text without its marks: an editor writes them in its own way. */
const plain = (text: string) =>
  text
    .replace(/<[^>]*>|&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const OURS: ReadonlySet<string> = new Set(STARTERS.flatMap(wordsToChange).map(plain));
const isOurs = (text: string) => OURS.has(plain(text));

function wordsToChange({ id, subject, preheader, content }: Starter): string[] {
  const said = { subject, preheader };
  const inbox = (['subject', 'preheader'] as const)
    .filter((name) => !MAY_STAY.has(`${id} ${name}`))
    .flatMap((name) => Object.values(said[name]));
  const blocks = everyBlock(content.source)
    .filter(({ block }) => block.kind !== 'button' && !MAY_STAY.has(`${id} ${block.id}`))
    .flatMap(({ block }) => Object.values(wordsIn(block)))
    .flatMap((words) => (typeof words === 'string' ? [words] : Object.values(words)));
  return [...inbox, ...blocks].filter((text) => !text.includes('person.greeting'));
}
