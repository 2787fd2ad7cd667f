import type { Ports, Write } from '../base/ports.ts';
import type { Reader } from '../people/person.ts';
import type { DropBecause } from '../policy/decision.ts';
import { leftOutWrites } from './figures.ts';
import { readPublications } from './store.ts';

type Waits = Pick<Reader, 'waiting'>;

/** What no longer waits for somebody's letter because of what they did: on the books in the write that does it. */
export function waitsNoMoreWrites(
  ports: Pick<Ports, 'table'>,
  before: Pick<Reader, 'personId' | 'waiting'>,
  after: Waits,
  because: DropBecause,
): Promise<Write[]> {
  return writesFor(ports, before.personId, missing(before, after), because, 1);
}

/** Taken back: it waits again, and the books forget that it did not. */
export function waitsAgainWrites(
  ports: Pick<Ports, 'table'>,
  taken: { readonly before: Waits; readonly after: Waits },
  now: Pick<Reader, 'personId' | 'waiting'>,
  back: Waits,
  because: DropBecause,
): Promise<Write[]> {
  const left = new Set(missing(taken.before, taken.after));
  const again = missing(back, now).filter((number) => left.has(number));
  return writesFor(ports, now.personId, again, because, -1);
}

const missing = (before: Waits, after: Waits) =>
  before.waiting.filter((number) => !after.waiting.includes(number));

async function writesFor(
  ports: Pick<Ports, 'table'>,
  seed: string,
  numbers: readonly number[],
  r: DropBecause,
  by: 1 | -1,
): Promise<Write[]> {
  if (numbers.length === 0) return [];
  const out = numbers.map((n) => ({ n, r }));
  return leftOutWrites(out, await readPublications(ports, numbers), { seed, by });
}
