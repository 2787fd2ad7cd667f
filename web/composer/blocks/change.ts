import type { Letter } from '../letter.ts';
import { isOf, ORDER, shapePlace } from './flat.ts';
import {
  companyOf,
  heldIn,
  idsIn,
  moved,
  orderFrom,
  spotOf,
  stepped,
  textOfOrder,
  withAt,
  without,
  type Order,
  type Spot,
} from './order.ts';
import { holds, shapeFrom, textOfShape, type Kind, type Shape } from './shape.ts';

const BLOCKS_MOST = 80;
const ROW_MOST = 40;

const kindOf = (letter: Letter, id: string) => shapeFrom(letter[shapePlace(id)]!).kind;
const orderOf = (letter: Letter) => orderFrom(letter[ORDER]);
const inOrder = (letter: Letter, order: Order): Letter => ({
  ...letter,
  [ORDER]: textOfOrder(order),
});

/** A name that no other block has, nor one that somebody else puts in at this moment. */
export function freshId(letter: Letter, kind: string): string {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  const id = `${kind}-${chance.toString(36)}`;
  return letter[shapePlace(id)] === undefined ? id : freshId(letter, kind);
}

/** Where a new block goes: after the chosen one; what holds others, after what holds the chosen one. */
export function spotAfter(letter: Letter, chosen: string | undefined, kind: Kind): Spot {
  const order = orderOf(letter);
  const spot = chosen === undefined ? undefined : spotOf(order, chosen);
  if (chosen === undefined || spot === undefined) return { holder: null, row: 0, at: order.length };
  const held = heldIn(order, chosen);
  if (!holds(kind) && held.rows[0]?.length === 0) return { holder: chosen, row: 0, at: 0 };
  if (spot.holder !== null && holds(kind)) {
    const outer = order.findIndex(({ id }) => id === spot.holder);
    return { holder: null, row: 0, at: outer + 1 };
  }
  return { ...spot, at: spot.at + 1 };
}

export function added(letter: Letter, shape: Shape, id: string, to: Spot): Letter {
  const { kind } = shape;
  const order = orderOf(letter);
  if (companyOf(order, to) >= (to.holder === null ? BLOCKS_MOST : ROW_MOST)) return letter;
  if (holds(kind) && to.holder !== null) return letter;
  const rows = kind === 'columns' ? [[], []] : kind === 'section' ? [[]] : [];
  return {
    ...inOrder(letter, withAt(order, { id, rows }, to)),
    [shapePlace(id)]: textOfShape(shape),
  };
}

/** Without it and all it holds. */
export function removed(letter: Letter, id: string): Letter {
  const order = orderOf(letter);
  const gone = [id, ...heldIn(order, id).rows.flat()];
  const kept = Object.entries(letter).filter(([place]) => !gone.some((one) => isOf(one, place)));
  return inOrder(Object.fromEntries(kept), without(order, id));
}

/** Twice, with all it holds, under names of its own; the second is called as is said. */
export function doubled(letter: Letter, id: string, as: string): Letter {
  const order = orderOf(letter);
  const spot = spotOf(order, id);
  if (spot === undefined) return letter;
  let next = letter;
  const copy = (from: string, to = freshId(next, kindOf(next, from))): string => {
    const entries = Object.entries(next)
      .filter(([place]) => isOf(from, place))
      .map(([place, text]) => [`block/${to}${place.slice(6 + from.length)}`, text] as const);
    next = { ...next, ...Object.fromEntries(entries) };
    return to;
  };
  const rows = heldIn(order, id).rows;
  const held = { id: copy(id, as), rows: rows.map((row) => row.map((leaf) => copy(leaf))) };
  return inOrder(next, withAt(order, held, { ...spot, at: spot.at + 1 }));
}

export const steppedIn = (letter: Letter, id: string, by: -1 | 1): Letter =>
  inOrder(letter, stepped(orderOf(letter), id, by));
export const movedTo = (letter: Letter, id: string, to: Spot): Letter =>
  inOrder(letter, moved(orderOf(letter), id, to));

/** The block that stands where this one stood, for the eye and the focus to go on from. */
export function neighbourOf(letter: Letter, id: string): string | undefined {
  const order = orderOf(letter);
  const gone = new Set([id, ...heldIn(order, id).rows.flat()]);
  const ids = idsIn(order);
  const at = ids.indexOf(id);
  return ids.slice(at).find((one) => !gone.has(one)) ?? ids.slice(0, Math.max(at, 0)).at(-1);
}

/** Another split may need one column more, or give up one: then what it held moves to the one before. */
export function split(letter: Letter, id: string, shape: Shape & { kind: 'columns' }): Letter {
  const count = shape.split.split('-').length;
  const order = orderOf(letter).map((held) => {
    if (held.id !== id) return held;
    const rows = [...held.rows, []].slice(0, count);
    const rest = held.rows.slice(count).flat();
    return { id, rows: rows.with(-1, [...rows.at(-1)!, ...rest]) };
  });
  return { ...inOrder(letter, order), [shapePlace(id)]: textOfShape(shape) };
}
