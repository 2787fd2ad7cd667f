import { fault, type Fault } from './faults.ts';
import type { Escape } from './escapes.ts';
import type { Marks } from './marks.ts';
import type { Piece } from './pieces.ts';
import type { Attribute } from './spots.ts';

/** What stands in an address: how each output is escaped, or what its author must mend. */
export type UrlRead = {
  readonly escapes: ReadonlyMap<number, Escape>;
  readonly wrong: readonly { readonly index?: number; readonly fault: Fault }[];
};

/** How much of an address is written: nothing, a scheme not yet, the host not yet, or enough for parts to follow. */
type Reached = 'nothing' | 'scheme' | 'host' | 'parts' | 'differs';

/**
 * Reads one address. An output may stand for all of it or for a part after the host; where a block
 * chooses between addresses, each branch is read from the block's beginning.
 */
export function readUrl({ value }: Attribute, marks: Marks, pieces: readonly Piece[]): UrlRead {
  const escapes = new Map<number, Escape>();
  const wrong: { index?: number; fault: Fault }[] = [];
  const blocks: { readonly before: string; readonly ends: Reached[]; hasElse: boolean }[] = [];
  let written = '';
  let differs = false;
  const reached = (): Reached => (differs ? 'differs' : reachedBy(written));

  function output(index: number): void {
    const so = reached();
    if (so === 'nothing') written = 'https://whole/';
    if (so === 'nothing' || so === 'parts')
      escapes.set(index, so === 'nothing' ? 'in_url' : 'in_url_part');
    else wrong.push({ index, fault: fault(so === 'host' ? 'host-changes' : 'address-goes-on') });
  }

  function tag(index: number, name: string): void {
    if (name === 'for') wrong.push({ index, fault: fault('address-by-loop') });
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
    if (block.ends.includes('scheme')) wrong.push({ index, fault: fault('address-not-whole') });
    differs = block.ends.some((end) => end !== block.ends[0]);
  }

  for (const part of marks.split(value)) {
    if ('text' in part) {
      if (part.text.trim() !== '' && differs) wrong.push({ fault: fault('address-half-written') });
      written += part.text;
      continue;
    }
    const piece = pieces[part.index];
    if (piece?.kind === 'output') output(part.index);
    else if (piece?.kind === 'tag') tag(part.index, piece.name);
  }
  if (reached() === 'scheme')
    wrong.push({ fault: fault('address-unknown', { address: shown(written) }) });
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
