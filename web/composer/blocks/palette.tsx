import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useRef } from 'react';
import { useWords } from '../../words/speak.tsx';
import { Icon } from './icons.tsx';
import { KINDS, type Kind } from './shape.ts';

/** What a letter is made of. A click or a key adds after the chosen block; a hand drags where it wants. */
export function Palette({ onAdd }: { readonly onAdd: (kind: Kind) => void }) {
  const { t } = useWords();
  return (
    <ul className="plain palette" aria-label={t('blocks.palette')}>
      {KINDS.map((kind) => (
        <li key={kind}>
          <Piece kind={kind} onAdd={onAdd} />
        </li>
      ))}
    </ul>
  );
}

function Piece({ kind, onAdd }: { readonly kind: Kind; readonly onAdd: (kind: Kind) => void }) {
  const { named } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(
    () => draggable({ element: button.current!, getInitialData: () => ({ kind }) }),
    [kind],
  );
  return (
    <button ref={button} type="button" className="piece" onClick={() => onAdd(kind)}>
      <Icon name={kind} />
      <span>{named('block', kind)}</span>
    </button>
  );
}
