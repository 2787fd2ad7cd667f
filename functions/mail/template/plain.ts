import type { Escape } from './escapes.ts';
import type { Marks } from './marks.ts';
import { guarded, type Node } from './nodes.ts';
import type { Piece } from './pieces.ts';

/** Text without markup, with its Liquid in place of the marks. */
export function plainNodes(
  text: string,
  { marks, pieces }: { readonly marks: Marks; readonly pieces: readonly Piece[] },
  escape: Escape,
): Node[] {
  return guarded(
    marks.split(text).map((part): Node => {
      if ('text' in part) return { kind: 'text', text: part.text };
      const piece = pieces[part.index];
      if (piece?.kind === 'tag')
        return {
          kind: 'tag',
          name: piece.name,
          liquid: piece.liquid,
          place: escape === 'in_subject' ? 'subject' : 'plain',
        };
      if (piece?.kind !== 'output') throw new Error('a mark without its piece');
      const inUrl =
        part.kind === 'w' ? 'in_plain_url' : part.kind === 'p' ? 'in_plain_url_part' : escape;
      return { kind: 'output', liquid: piece.liquid, escape: inUrl };
    }),
  );
}
