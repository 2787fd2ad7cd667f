import { useWords } from '../words/speak.tsx';
import { useBlockNamed } from './blocks/block-named.ts';
import { ORDER } from './blocks/flat.ts';
import { orderFrom } from './blocks/order.ts';
import { languageName } from './language-name.ts';
import type { Letter } from './letter.ts';

/** "content.source.fr:3:1" as one would say it: the text in French, line 3, sign 1. */
export function usePlaceSaid(letter: Letter): (path: string) => string {
  const { t, named } = useWords();
  const blockNamed = useBlockNamed(letter);
  return (path) => {
    const [, whole = path, line, column] = /^(.*?)(?::(\d+):(\d+))?$/.exec(path) ?? [];
    const parts = whole.split('.');
    const block = parts.indexOf('blocks');
    if (block >= 0) {
      const id = idAt(letter, parts.slice(block + 1));
      return (id !== undefined && blockNamed(id)?.name) || named('place-of', 'source');
    }
    const [field = '', language] = parts[0] === 'content' ? parts.slice(1) : parts;
    const name = named('place-of', field);
    const place = language === undefined ? name : `${name} (${languageName(language)})`;
    return line === undefined ? place : t('mend.at', { place, line, column: column ?? 1 });
  };
}

/** The block that stands at "2", or at "2.columns.0.1". */
function idAt(letter: Letter, [at, kind, ...rest]: readonly string[]): string | undefined {
  const held = orderFrom(letter[ORDER])[Number(at)];
  if (kind === 'columns') return held?.rows[Number(rest[0])]?.[Number(rest[1])] ?? held?.id;
  if (kind === 'blocks') return held?.rows[0]?.[Number(rest[0])] ?? held?.id;
  return held?.id;
}
