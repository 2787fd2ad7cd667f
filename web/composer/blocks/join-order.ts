import type { Letter } from '../letter.ts';
import { shapePlace } from './flat.ts';
import { idsIn, spotOf, withAt, type Held, type Order } from './order.ts';
import { shapeFrom } from './shape.ts';

type Joined = {
  readonly order: Order;
  /** Both moved what was there, each elsewhere: mine stands. */
  readonly isTorn: boolean;
};

/**
 * One order of two hands on one letter: what one of them put in, took out or moved, where the other
 * left it as it was. Whatever stands in the letter has a place.
 */
export function joinedOrder(base: Order, mine: Order, theirs: Order, letter: Letter): Joined {
  const inAll = new Set(idsIn(base));
  for (const other of [mine, theirs]) {
    const there = new Set(idsIn(other));
    for (const id of inAll) if (!there.has(id)) inAll.delete(id);
  }
  const [was, is, came] = [base, mine, theirs].map((order) => wayThrough(order, inAll));
  const isMoved = came !== was;
  const [start, other] = isMoved && is === was ? [theirs, mine] : [mine, theirs];
  const placed = idsIn(other).reduce(
    (order, id) => {
      const stands = (letter[shapePlace(id)] ?? '') !== '';
      return stands && spotOf(order, id) === undefined ? nearby(order, other, id) : order;
    },
    standing(start, letter),
  );
  return { order: fitted(placed, letter), isTorn: isMoved && is !== was && is !== came };
}

/** Where these stand, as one reads. */
const wayThrough = (order: Order, ids: ReadonlySet<string>): string =>
  order
    .flatMap(({ id, rows }) => [
      id,
      ...rows.flatMap((row, at) => row.map((leaf) => `${id}/${at}/${leaf}`)),
    ])
    .filter((way) => ids.has(way.slice(way.lastIndexOf('/') + 1)))
    .join(' ');

/** Without what is no more; what it held and still is stands where it stood. */
function standing(order: Order, letter: Letter): Order {
  const stands = (id: string) => (letter[shapePlace(id)] ?? '') !== '';
  return order.flatMap(({ id, rows }): Held[] => {
    const left = rows.map((row) => row.filter(stands));
    return stands(id) ? [{ id, rows: left }] : left.flat().map((leaf) => ({ id: leaf, rows: [] }));
  });
}

/** After what it comes after in the other order, as far as that is here. */
function nearby(order: Order, other: Order, id: string): Order {
  const { holder, row, at } = spotOf(other, id)!;
  const held = other.find((one) => one.id === id);
  const own: Held = { id, rows: held?.rows.map(() => []) ?? [] };
  const beside =
    holder === null
      ? other.map((one) => one.id)
      : (other.find((one) => one.id === holder)?.rows[row] ?? []);
  const before = beside.slice(0, at).findLast((one) => spotOf(order, one));
  if (before !== undefined) {
    const spot = spotOf(order, before)!;
    if (own.rows.length === 0 || spot.holder === null)
      return withAt(order, own, { ...spot, at: spot.at + 1 });
  }
  const home = order.find((one) => one.id === holder);
  if (home && home.rows.length > 0)
    return withAt(order, own, { holder, row: Math.min(row, home.rows.length - 1), at: 0 });
  return withAt(order, own, {
    ...{ holder: null, row: 0 },
    at: holder === null && before === undefined ? 0 : order.length,
  });
}

/** As many columns as the block has; what stood in one more moves to the last. */
const fitted = (order: Order, letter: Letter): Order =>
  order.map((held) => {
    const shape = shapeFrom(letter[shapePlace(held.id)]!);
    if (shape.kind !== 'columns') return held;
    const count = shape.split.split('-').length;
    return {
      id: held.id,
      rows: Array.from({ length: count }, (_, at) =>
        at === count - 1 ? held.rows.slice(at).flat() : (held.rows[at] ?? []),
      ),
    };
  });
