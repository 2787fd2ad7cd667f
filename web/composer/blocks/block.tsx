import { memo, useRef, type KeyboardEvent } from 'react';
import { ConditionSaid } from '../../segments/condition-said.tsx';
import { useWords } from '../../words/speak.tsx';
import { useBlockLetter } from '../use-letter.ts';
import { Body } from './body.tsx';
import { useDesk } from './desk-context.ts';
import { useHandle, useNeighbours } from './dragging.ts';
import { shapePlace } from './flat.ts';
import { Icon, type IconName } from './icons.tsx';
import type { Held, Spot } from './order.ts';
import { shapeFrom } from './shape.ts';

export type BlockProps = {
  readonly held: Held;
  readonly spot: Spot;
  /** How many stand beside it. */
  readonly of: number;
  readonly languages: readonly string[];
  readonly selected: string | undefined;
};

/** A block as the letter shows it, to be chosen, moved and written in. */
export const BlockView = memo(function BlockView(props: BlockProps) {
  const { held, spot, of, languages, selected } = props;
  const { id } = held;
  const { t, named } = useWords();
  const { desk, select, step, remove } = useDesk();
  const letter = useBlockLetter(desk, id);
  const frame = useRef<HTMLDivElement>(null);
  const edge = useNeighbours(frame, id, spot);
  const text = letter[shapePlace(id)];
  if (text === undefined || text === '') return null;
  const shape = shapeFrom(text);
  const name = named('block', shape.kind);
  const isSelected = selected === id;

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const own = frame.current;
    const target = event.target as Element;
    if (!own || target.closest('[data-block], dialog') !== own) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      step(id, event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'Escape' && event.target !== own) {
      event.preventDefault();
      own.focus();
    } else if (event.target === own) onFrame(event, own, () => remove(id));
  };
  return (
    <div
      ref={frame}
      id={`block-${id}`}
      data-block={shape.kind}
      data-holder={held.rows.length > 0 || undefined}
      data-selected={isSelected || undefined}
      data-edge={edge}
      className="block"
      role="group"
      tabIndex={0}
      aria-label={t('blocks.one', { name, at: spot.at + 1, of })}
      onKeyDown={press}
      onFocus={(event) => {
        event.stopPropagation();
        if (!isSelected) select(id);
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
        if (!isSelected) select(id);
      }}
    >
      {shape.showIf && (
        <p className="shown-to">
          <Icon name="shown" />
          <span>
            <ConditionSaid condition={shape.showIf} />
          </span>
        </p>
      )}
      <Body {...{ letter, held, shape, languages, selected }} />
      {isSelected && <Tools id={id} name={name} />}
    </div>
  );
}, isSameBlock);

/** Arrows lead from block to block, Enter into its text, Delete takes it away. */
function onFrame(event: KeyboardEvent, own: HTMLElement, remove: () => void): void {
  const all = [...document.querySelectorAll<HTMLElement>('.paper [data-block]')];
  const beside = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (beside !== undefined && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    all[all.indexOf(own) + beside]?.focus();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    own
      .querySelector<HTMLElement>('[contenteditable=true], input, textarea, .body button')
      ?.focus();
  } else if (event.key === 'Delete' || event.key === 'Backspace') {
    event.preventDefault();
    remove();
  }
}

function Tools({ id, name }: { readonly id: string; readonly name: string }) {
  const handle = useRef<HTMLSpanElement>(null);
  useHandle(handle, id);
  const { t } = useWords();
  const { step, double, remove, showSettings } = useDesk();
  const tool = (icon: IconName, label: string, run: () => void, className = '') => (
    <button
      type="button"
      className={`tool ${className}`}
      aria-label={label}
      title={label}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div className="tools" role="group" aria-label={t('blocks.tools', { name })}>
      <span ref={handle} className="tool handle" title={t('blocks.drag')}>
        <Icon name="drag" />
      </span>
      {tool('up', t('blocks.up'), () => step(id, -1))}
      {tool('down', t('blocks.down'), () => step(id, 1))}
      {tool('double', t('blocks.double'), () => double(id))}
      {tool('remove', t('blocks.remove'), () => remove(id))}
      {tool('settings', t('blocks.settings'), showSettings, 'only-narrow')}
    </div>
  );
}

/** A block is drawn anew for what changes of it, and not for what is chosen elsewhere. */
function isSameBlock(one: BlockProps, other: BlockProps): boolean {
  const { held, spot } = one;
  const ids = [held.id, ...held.rows.flat()];
  const chosen = (id: string | undefined) => (id !== undefined && ids.includes(id) ? id : '');
  return (
    one.languages === other.languages &&
    one.of === other.of &&
    spot.at === other.spot.at &&
    spot.row === other.spot.row &&
    spot.holder === other.spot.holder &&
    chosen(one.selected) === chosen(other.selected) &&
    JSON.stringify(held) === JSON.stringify(other.held)
  );
}
