import { useCallback } from 'react';
import { useWords } from '../../words/speak.tsx';
import type { Letter } from '../letter.ts';
import { isOf, ORDER, shapePlace } from './flat.ts';
import { idsIn, orderFrom } from './order.ts';
import { shapeFrom } from './shape.ts';

const WORDS_MOST = 32;
export type NamedBlock = { readonly id: string; readonly name: string };

/** Which block a remark speaks of, by its id or by its picture, as one would call it. */
export function useBlockNamed(letter: Letter): (what: string) => NamedBlock | undefined {
  const { named } = useWords();
  return useCallback(
    (what) => {
      if (what === '') return undefined;
      const ids = idsIn(orderFrom(letter[ORDER]));
      const id = ids.find((one) => one === what) ?? ids.find((one) => pictures(letter, one, what));
      const text = letter[shapePlace(id ?? '')];
      if (id === undefined || text === undefined || text === '') return undefined;
      const words = Object.entries(letter).find(
        ([place, said]) => isOf(id, place) && place.includes('.') && said !== '',
      )?.[1];
      const plain = words
        // What is marked within a word stays one word.
        ?.replace(/<\/?(?:a|b|em|i|s|strong|u)(?:\s[^>]*)?>/g, '')
        .replace(/<[^>]*>|\{[{%][^]*?[%}]\}/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      const name = named('block', shapeFrom(text).kind);
      if (plain === undefined || plain === '') return { id, name };
      const short =
        plain.length > WORDS_MOST ? `${plain.slice(0, WORDS_MOST - 1).trimEnd()}…` : plain;
      return { id, name: `${name} · ${short}` };
    },
    [letter, named],
  );
}

function pictures(letter: Letter, id: string, url: string): boolean {
  const text = letter[shapePlace(id)];
  if (text === undefined || text === '') return false;
  const shape = shapeFrom(text);
  return shape.kind === 'picture' && shape.url === url;
}
