/** Where each block stands, by its id: a leaf alone, or a block that holds rows of leaves. */
export type Held = { readonly id: string; readonly rows: readonly (readonly string[])[] };
export type Order = readonly Held[];
/** The row at the end of which, or before which, a block comes. */
export type Spot = { readonly holder: string | null; readonly row: number; readonly at: number };

export const orderFrom = (text: string | undefined): Order =>
  text === undefined || text === ''
    ? []
    : (JSON.parse(text) as (string | [string, ...string[][]])[]).map((entry) =>
        typeof entry === 'string'
          ? { id: entry, rows: [] }
          : { id: entry[0], rows: entry.slice(1) as string[][] },
      );
export const textOfOrder = (order: Order) =>
  JSON.stringify(order.map(({ id, rows }) => (rows.length === 0 ? id : [id, ...rows])));

/** Every id, in the order one reads. */
export const idsIn = (order: Order) => order.flatMap(({ id, rows }) => [id, ...rows.flat()]);

export function spotOf(order: Order, id: string): Spot | undefined {
  for (const [at, held] of order.entries()) {
    if (held.id === id) return { holder: null, row: 0, at };
    for (const [row, ids] of held.rows.entries()) {
      const index = ids.indexOf(id);
      if (index >= 0) return { holder: held.id, row, at: index };
    }
  }
  return undefined;
}

/** How many stand where this one stands. */
export function companyOf(order: Order, { holder, row }: Spot): number {
  return holder === null
    ? order.length
    : (order.find(({ id }) => id === holder)?.rows[row]?.length ?? 0);
}

export function without(order: Order, id: string): Order {
  return order
    .filter((held) => held.id !== id)
    .map((held) => ({ ...held, rows: held.rows.map((row) => row.filter((one) => one !== id)) }));
}

export function withAt(order: Order, held: Held, { holder, row, at }: Spot): Order {
  if (holder === null) return order.toSpliced(at, 0, held);
  return order.map((outer) =>
    outer.id === holder
      ? {
          ...outer,
          rows: outer.rows.map((ids, index) =>
            index === row ? ids.toSpliced(at, 0, held.id) : ids,
          ),
        }
      : outer,
  );
}

export const heldIn = (order: Order, id: string): Held =>
  order.find((held) => held.id === id) ?? { id, rows: [] };

/** To where it now stands before; among its own row it is taken out first. */
export function moved(order: Order, id: string, to: Spot): Order {
  const from = spotOf(order, id);
  const held = heldIn(order, id);
  if (from === undefined || (held.rows.length > 0 && to.holder !== null)) return order;
  const isAfter = from.holder === to.holder && from.row === to.row && from.at < to.at;
  return withAt(without(order, id), held, isAfter ? { ...to, at: to.at - 1 } : to);
}

/**
 * One step up or down as one reads: within its row, then into the row beside it, then out. A block
 * that holds others steps over whole blocks.
 */
export function stepped(order: Order, id: string, by: -1 | 1): Order {
  const spot = spotOf(order, id);
  if (spot === undefined) return order;
  const at = spot.at + by;
  if (at >= 0 && at < companyOf(order, spot)) {
    const neighbour = spot.holder === null ? order[at]! : undefined;
    const isLeaf = heldIn(order, id).rows.length === 0;
    // A leaf walks through what holds others instead of jumping over it.
    if (neighbour && neighbour.rows.length > 0 && isLeaf) {
      const row = by > 0 ? 0 : neighbour.rows.length - 1;
      const end = by > 0 ? 0 : neighbour.rows[row]!.length;
      return moved(order, id, { holder: neighbour.id, row, at: end });
    }
    return withAt(without(order, id), heldIn(order, id), { ...spot, at });
  }
  if (spot.holder === null) return order;
  const outer = order.findIndex((held) => held.id === spot.holder);
  const beside = order[outer]!.rows[spot.row + by];
  if (beside)
    return moved(order, id, {
      ...spot,
      row: spot.row + by,
      at: by > 0 ? 0 : beside.length,
    });
  return moved(order, id, { holder: null, row: 0, at: by > 0 ? outer + 1 : outer });
}
