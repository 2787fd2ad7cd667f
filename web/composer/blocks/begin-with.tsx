import { useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useHouse } from '../../api/house.ts';
import { brandQuery } from '../../api/queries.ts';
import { useWords } from '../../words/speak.tsx';
import { blankBlocks, blankMarkdown, fromStarter, type Beginning } from './begin.ts';
import { BroughtAlong } from './brought-along.tsx';
import { shapeFrom, textOfShape, type BlockLetter } from './shape.ts';
import { flatOf } from './flat.ts';
import { idsIn, orderFrom } from './order.ts';
import { startersQuery, type Starter } from './queries.ts';
import './begin.css';

const BLANK = ['empty', 'markdown', 'html'] as const;

/** A letter to start from, a blank page, or one brought along. */
export function BeginWith({
  onChoose,
}: {
  readonly onChoose: (beginning: Beginning | undefined) => void;
}) {
  const { t, language } = useWords();
  const { brand } = useHouse();
  const { data } = useSuspenseQuery(startersQuery);
  const { data: settings } = useSuspenseQuery(brandQuery);
  // Nobody has said yet who signs: what stands there in the meantime is nobody's name.
  const signs = brand.notSaidYet.includes('sender') ? '' : settings.body.sender.name;
  const [chosen, setChosen] = useState(data.items[0]?.id ?? 'empty');
  const [first] = useState(() => {
    const starter = data.items[0];
    return starter ? fromStarter(starter, brand, signs) : blankBlocks;
  });
  useEffect(() => onChoose(first), [first, onChoose]);
  const choose = (id: string) => {
    setChosen(id);
    const starter = data.items.find((one) => one.id === id);
    if (starter) onChoose(fromStarter(starter, brand, signs));
    else if (id === 'empty') onChoose(blankBlocks);
    else onChoose(id === 'markdown' ? blankMarkdown(brand) : undefined);
  };
  const card = (id: string, name: string, means: string, starter?: Starter) => (
    <label key={id} className="begin-card">
      <input
        type="radio"
        name="begin"
        value={id}
        checked={chosen === id}
        onChange={() => choose(id)}
      />
      <Sketch id={id} starter={starter} />
      <span className="begin-name">{name}</span>
      <span className="soft small">{means}</span>
    </label>
  );
  return (
    <fieldset className="begin">
      <legend>{t('begin.from')}</legend>
      <h2>{t('begin.letter')}</h2>
      <div className="begin-cards">
        {data.items.map((starter) =>
          card(starter.id, starter.name[language], starter.purpose[language], starter),
        )}
      </div>
      <h2>{t('begin.blank')}</h2>
      <div className="begin-cards">
        {BLANK.map((id) => card(id, t(`begin.${id}`), t(`begin.${id}.means`)))}
      </div>
      {chosen === 'html' && <BroughtAlong onChoose={onChoose} />}
    </fieldset>
  );
}

/** The shape of a letter, at a glance. */
function Sketch({ id, starter }: { readonly id: string; readonly starter: Starter | undefined }) {
  const [kinds] = useState(() => {
    if (!starter) return [];
    const flat = flatOf(starter.content.source as unknown as BlockLetter);
    return idsIn(orderFrom(flat['order'])).map((one) =>
      shapeFrom(flat[`block/${one}`] ?? textOfShape({ kind: 'space' })),
    );
  });
  return (
    <span className="sketch" data-id={id} aria-hidden="true">
      {kinds.slice(0, 9).map(({ kind }, at) => (
        <i key={at} data-kind={kind} />
      ))}
    </span>
  );
}
