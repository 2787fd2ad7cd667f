import { memo, useMemo, useRef } from 'react';
import { useHouse } from '../../api/house.ts';
import { useWords } from '../../words/speak.tsx';
import { languageName } from '../language-name.ts';
import { usePart } from '../use-letter.ts';
import { BlockView } from './block.tsx';
import { coloursOf } from './colours.ts';
import { useDesk } from './desk-context.ts';
import { useDrops, useEmptyRow } from './dragging.ts';
import { ORDER } from './flat.ts';
import { orderFrom } from './order.ts';

type CanvasProps = {
  readonly languages: readonly string[];
  readonly selected: string | undefined;
};

/** The letter, on its own paper, between the house's name and the foot that nobody can take out. */
export const Canvas = memo(function Canvas({ languages, selected }: CanvasProps) {
  const { t } = useWords();
  const { brand } = useHouse();
  const { desk } = useDesk();
  const laid = usePart(desk, (letter) => letter[ORDER]);
  const order = useMemo(() => orderFrom(laid), [laid]);
  useDrops();
  return (
    <section
      className="paper"
      aria-label={t('blocks.letter')}
      data-many={languages.length > 1 || undefined}
      style={coloursOf(brand.colour)}
    >
      <p className="paper-name">{brand.name}</p>
      <div className="paper-card">
        {languages.length > 1 && (
          <div className="beside paper-languages" data-many aria-hidden="true">
            {languages.map((language) => (
              <span key={language}>{languageName(language)}</span>
            ))}
          </div>
        )}
        {order.length === 0 && <Beginning />}
        {order.map((held, at) => (
          <BlockView
            key={held.id}
            held={held}
            spot={{ holder: null, row: 0, at }}
            of={order.length}
            languages={languages}
            selected={selected}
          />
        ))}
      </div>
      <p className="paper-foot">{t('blocks.foot')}</p>
    </section>
  );
});

function Beginning() {
  const { t } = useWords();
  const { add } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  useEmptyRow(place, null, 0);
  return (
    <div ref={place} className="beginning">
      <p>{t('blocks.beginning')}</p>
      <div className="row">
        {(['heading', 'text', 'picture'] as const).map((kind) => (
          <button key={kind} type="button" className="words" onClick={() => add(kind)}>
            {t(`blocks.put.${kind}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
