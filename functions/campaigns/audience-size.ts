import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { candidateReadersOf } from './candidates.ts';
import type { Held } from './store.ts';

/** Parts of the file that are read side by side. */
const SEGMENTS = 4;

/** Stops counting as soon as it is known, so that a large house does not wait for a number nobody asked for. */
export async function isMoreThan(
  ports: Pick<Ports, 'table' | 'now'>,
  held: Held,
  most: number,
  at: Instant,
): Promise<boolean> {
  return (await readersOf(ports, held, at, most)) > most;
}

/** How many readers it is for at a moment; counting ends soon after there are more than `most`. */
export async function readersOf(
  ports: Pick<Ports, 'table' | 'now'>,
  held: Held,
  at: Instant,
  most = Infinity,
): Promise<number> {
  const read = await candidateReadersOf({ table: ports.table, now: () => at }, held, SEGMENTS);
  let count = 0;
  const countPart = async (index: number): Promise<void> => {
    let from: string | undefined;
    do {
      const page = await read(index, from);
      from = page.next;
      count += page.people.length;
    } while (from !== undefined && count <= most);
  };
  await Promise.all(Array.from({ length: SEGMENTS }, (_, index) => countPart(index)));
  return count;
}
