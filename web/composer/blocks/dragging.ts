import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useState, type RefObject } from 'react';
import { useDesk } from './desk-context.ts';
import type { Spot } from './order.ts';
import { holds, type Kind } from './shape.ts';

type Edge = 'before' | 'after';
/** What a hand carries: a new block from the palette, or one of the letter. */
type Carried = { readonly kind?: unknown; readonly id?: unknown; readonly isHolder?: unknown };

const fits = ({ kind, isHolder }: Carried, spot: Spot) =>
  spot.holder === null || (isHolder !== true && !holds(kind as Kind));

/** A block is carried by its handle, and is seen as it goes. */
export function useHandle(handle: RefObject<HTMLElement | null>, id: string): void {
  useEffect(() => {
    const element = handle.current!;
    return draggable({
      element,
      getInitialData: () => ({
        id,
        isHolder: element.closest('[data-holder]')?.id === `block-${id}`,
      }),
      onGenerateDragPreview: ({ nativeSetDragImage }) => {
        const block = element.closest('[data-block]');
        if (block) nativeSetDragImage?.(block, 24, 24);
      },
    });
  }, [handle, id]);
}

/** Others are laid before or after it: before or after is where the hand is. */
export function useNeighbours(
  frame: RefObject<HTMLElement | null>,
  id: string,
  { holder, row, at }: Spot,
): Edge | undefined {
  const [edge, setEdge] = useState<Edge>();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const to = (y: number) => ({ holder, row, at: edgeAt(element, y) === 'after' ? at + 1 : at });
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data['id'] !== id && fits(source.data, { holder, row, at }),
      getData: ({ input }) => to(input.clientY),
      onDrag: ({ location }) => {
        const isHere = location.current.dropTargets[0]?.element === element;
        setEdge(isHere ? edgeAt(element, location.current.input.clientY) : undefined);
      },
      onDragLeave: () => setEdge(undefined),
      onDrop: () => setEdge(undefined),
    });
  }, [frame, id, holder, row, at]);
  return edge;
}

function edgeAt(element: HTMLElement, y: number): Edge {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? 'before' : 'after';
}

/** A row in which nothing stands yet takes what is let fall on it. */
export function useEmptyRow(
  place: RefObject<HTMLElement | null>,
  holder: string | null,
  row: number,
) {
  useEffect(
    () =>
      dropTargetForElements({
        element: place.current!,
        canDrop: ({ source }) =>
          source.data['id'] !== holder && fits(source.data, { holder, row, at: 0 }),
        getData: () => ({ holder, row, at: 0 }),
      }),
    [place, holder, row],
  );
}

/** What was let fall goes where it fell. */
export function useDrops(): void {
  const { add, move } = useDesk();
  useEffect(
    () =>
      monitorForElements({
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets[0];
          if (!target) return;
          const to = target.data as Spot;
          const { kind, id } = source.data as Carried;
          if (typeof id === 'string') move(id, to);
          else if (typeof kind === 'string') add(kind as Kind, to);
        },
      }),
    [add, move],
  );
}
