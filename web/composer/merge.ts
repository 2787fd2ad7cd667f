import { ORDER, shapePlace } from './blocks/flat.ts';
import { joinedOrder } from './blocks/join-order.ts';
import { orderFrom, textOfOrder } from './blocks/order.ts';
import { isSame, type Letter } from './letter.ts';

export type Merged = {
  readonly letter: Letter;
  /** What of theirs stands here now. */
  readonly theirs: readonly string[];
  /** Where both wrote: mine stands until somebody chooses. */
  readonly both: readonly string[];
};

/**
 * Two hands on one letter: each keeps what only they changed; where both wrote, mine stands and it
 * is said. A block that one took out and the other wrote in is such a place, with all it says.
 */
export function merge(base: Letter, mine: Letter, theirs: Letter): Merged {
  const letter: Record<string, string> = { ...mine };
  const taken: string[] = [];
  const both: string[] = [];
  const isTorn = tornIn(base, mine, theirs);
  for (const key of new Set([base, mine, theirs].flatMap((one) => Object.keys(one)))) {
    if (key === ORDER) continue;
    const [was, is, came] = [base[key] ?? '', mine[key] ?? '', theirs[key] ?? ''];
    if (came === is) continue;
    if (isTorn(blockOf(key))) both.push(key);
    else if (came === was) continue;
    else if (is !== was) both.push(key);
    else {
      letter[key] = came;
      taken.push(key);
    }
  }
  if (theirs[ORDER] === undefined && mine[ORDER] === undefined)
    return { letter, theirs: taken, both };
  const [was, is, came] = [base, mine, theirs].map((one) => orderFrom(one[ORDER]));
  const { order, isTorn: isOrderTorn } = joinedOrder(was!, is!, came!, letter);
  letter[ORDER] = textOfOrder(order);
  if (isOrderTorn) both.push(ORDER);
  else if (theirs[ORDER] !== base[ORDER] && letter[ORDER] !== mine[ORDER]) taken.push(ORDER);
  return { letter, theirs: taken, both };
}

/**
 * What both hands began with. Where the house has what was sent from here, of which no answer came,
 * nobody else wrote.
 */
export function beforeUs(base: Letter, sent: readonly Letter[], theirs: Letter): Letter {
  const isMine = (place: string) =>
    sent.some((one) => isSame({ [place]: one[place] ?? '' }, { [place]: theirs[place] ?? '' }));
  const places = new Set([base, theirs].flatMap((one) => Object.keys(one)));
  return Object.fromEntries(
    [...places].map((place) => [place, (isMine(place) ? theirs : base)[place] ?? '']),
  );
}

/** Mine, with theirs where both wrote. */
export function withTheirs(mine: Letter, theirs: Letter, both: readonly string[]): Letter {
  const picked = both.map((place) => [place, theirs[place] ?? ''] as const);
  const letter = { ...mine, ...Object.fromEntries(picked) };
  if (letter[ORDER] === undefined) return letter;
  const [here, there] = [orderFrom(mine[ORDER]), orderFrom(theirs[ORDER])];
  const [first, second] = both.includes(ORDER) ? [there, here] : [here, there];
  const { order } = joinedOrder(second, first, second, letter);
  return { ...letter, [ORDER]: textOfOrder(order) };
}

const blockOf = (place: string) =>
  place.startsWith('block/') ? place.slice(6).split('/', 1)[0]! : '';

/** Which blocks one hand took out while the other wrote in them. */
function tornIn(base: Letter, mine: Letter, theirs: Letter): (id: string) => boolean {
  const written = (one: Letter) => {
    const ids = new Set<string>();
    for (const key of new Set([...Object.keys(base), ...Object.keys(one)]))
      if ((one[key] ?? '') !== (base[key] ?? '')) ids.add(blockOf(key));
    return ids;
  };
  const [byMe, byThem] = [written(mine), written(theirs)];
  const isIn = (letter: Letter, id: string) => (letter[shapePlace(id)] ?? '') !== '';
  return (id) =>
    id !== '' &&
    isIn(base, id) &&
    isIn(mine, id) !== isIn(theirs, id) &&
    byMe.has(id) &&
    byThem.has(id);
}
