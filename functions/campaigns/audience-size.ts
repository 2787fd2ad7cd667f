import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { peopleIn } from '../people/store.ts';
import { audienceOf } from './candidate.ts';
import { spelledOf } from './conditions.ts';
import type { Held } from './store.ts';

const ROWS_A_PAGE = 1_000;

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
  const audience = audienceOf(await spelledOf(ports, held));
  let from: string | undefined;
  let count = 0;
  do {
    const page = await ports.table.scanPeople({ index: 0, of: 1 }, from, ROWS_A_PAGE);
    from = page.next;
    for (const person of peopleIn(page)) if (audience(person, at)) count += 1;
  } while (from !== undefined && count <= most);
  return count;
}
