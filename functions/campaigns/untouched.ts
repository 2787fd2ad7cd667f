import { everyBlock, wordsIn, type Block, type BlockLetter } from '../mail/blocks/block.ts';
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
type Inbox = { readonly subject: string; readonly preheader: string };

/** What a letter still says in the words of the letter it began with, and not of its house; by the block's id. */
export function untouchedRemarks(letter: BlockLetter, inbox: Inbox, language: string): Remark[] {
  const blocks = everyBlock(letter).filter(({ block }) => textsOf(block, language).some(isOurs));
  return [
    ...[inbox.subject, inbox.preheader].filter(isOurs),
    ...blocks.map(({ block }) => block.id),
  ].map((what) => ({ code: 'words-of-a-starter', level: 'error', what }));
}

/** What its readers are told; a picture that is not there yet is told to nobody, and a button may say what ours say. */
function textsOf(block: Block, language: string): string[] {
  if (block.kind === 'button' || (block.kind === 'picture' && block.url === '')) return [];
  return Object.values(wordsIn(block)).flatMap((words) => {
    if (typeof words === 'string') return [words];
    return words[language] ?? Object.values(words)[0] ?? [];
  });
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
