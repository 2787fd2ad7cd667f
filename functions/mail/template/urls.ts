import type { Escape } from './escapes.ts';
import type { Marks } from './marks.ts';
import type { Piece } from './pieces.ts';
import type { Attribute } from './spots.ts';

/** What stands in an address: how each output is escaped, or what its author must mend. */
export type UrlRead = {
  readonly escapes: ReadonlyMap<number, Escape>;
  readonly wrong: readonly {
    readonly index?: number;
    readonly detail: string;
    readonly remedy: string;
  }[];
};

/** How much of an address is written: nothing, a scheme not yet, the host not yet, or enough for parts to follow. */
type Reached = 'nothing' | 'scheme' | 'host' | 'parts' | 'differs';

const WHOLE = 'Write the whole address, beginning with https://, http://, mailto: or tel:.';

/**
 * Reads one address. An output may stand for all of it or for a part after the host; where a block
 * chooses between addresses, each branch is read from the block's beginning.
 */
export function readUrl({ value }: Attribute, marks: Marks, pieces: readonly Piece[]): UrlRead {
  const escapes = new Map<number, Escape>();
  const wrong: { index?: number; detail: string; remedy: string }[] = [];
  const blocks: { readonly before: string; readonly ends: Reached[]; hasElse: boolean }[] = [];
  let written = '';
  let differs = false;
  const reached = (): Reached => (differs ? 'differs' : reachedBy(written));

  function output(index: number): void {
    const so = reached();
    if (so === 'nothing') written = 'https://whole/';
    if (so === 'nothing' || so === 'parts')
      escapes.set(index, so === 'nothing' ? 'in_url' : 'in_url_part');
    else if (so === 'host')
      wrong.push({
        index,
        detail: 'Part of a host name cannot change from reader to reader.',
        remedy: 'Let the output stand for the whole address, or after the host.',
      });
    else
      wrong.push({ index, detail: 'An address cannot go on with an output here.', remedy: WHOLE });
  }

  function tag(index: number, name: string): void {
    if (name === 'for')
      wrong.push({
        index,
        detail: 'An address cannot be made by a loop.',
        remedy: 'Put the loop around the whole link.',
      });
    const block = blocks.at(-1);
    if (name === 'if' || name === 'unless' || name === 'case' || name === 'for') {
      blocks.push({ before: written, ends: [], hasElse: false });
      return;
    }
    if (!block) return;
    if (name === 'else') block.hasElse = true;
    if (name !== 'when' || written !== block.before) block.ends.push(reached());
    if (!name.startsWith('end')) {
      written = block.before;
      return;
    }
    blocks.pop();
    if (!block.hasElse) block.ends.push(reachedBy(block.before));
    if (block.ends.includes('scheme'))
      wrong.push({ index, detail: 'One of these addresses is not whole.', remedy: WHOLE });
    differs = block.ends.some((end) => end !== block.ends[0]);
  }

  for (const part of marks.split(value)) {
    if ('text' in part) {
      if (part.text.trim() !== '' && differs)
        wrong.push({
          detail: 'The branches before this leave the address half written.',
          remedy: 'Write the whole address in each branch.',
        });
      written += part.text;
      continue;
    }
    const piece = pieces[part.index];
    if (piece?.kind === 'output') output(part.index);
    else if (piece?.kind === 'tag') tag(part.index, piece.name);
  }
  if (reached() === 'scheme')
    wrong.push({
      detail: `"${shown(written)}" is not an address a letter can lead to.`,
      remedy: WHOLE,
    });
  return { escapes, wrong };
}

const shown = (url: string) => (url.length > 60 ? `${url.slice(0, 57)}…` : url);

function reachedBy(written: string): Reached {
  const url = written.trim();
  if (url === '') return 'nothing';
  if (/^(?:mailto:|tel:|#)/i.test(url)) return 'parts';
  const host = /^https?:\/\/[^/?#\\\s]*([/?#])?/i.exec(url);
  if (!host) return 'scheme';
  return host[1] === undefined ? 'host' : 'parts';
}
