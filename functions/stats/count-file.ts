import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { peopleIn } from '../people/store.ts';
import { isDue, NOBODY, withPerson, type FileCount } from './file-count.ts';
import { fileCountWrite, readFileCount } from './store.ts';

/** People are read by so many hands at once, and each reads so many rows a message: none takes long. */
const HANDS = 8;
const ROWS_A_HAND = 1_000;
type Running = NonNullable<FileCount['running']>;

/** Whether it is time to count: one read, asked each minute. */
export async function fileCountIsDue(ports: Pick<Ports, 'table' | 'now'>): Promise<boolean> {
  return isDue((await readFileCount(ports)).it, ports.now());
}

/**
 * Counts everybody once, some thousands a message, and posts itself for the rest. Two who count at
 * once get in each other's way only so far that one of them ends; lost on the way, the next minute
 * goes on from the same place.
 */
export async function countFile(
  ports: Pick<Ports, 'table' | 'now' | 'queue'>,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<void> {
  const { it, version } = await readFileCount(ports);
  const now = ports.now();
  if (!anew && !isDue(it, now)) return;
  const running = await further(ports, it.running ?? begun(now));
  const isOver = running.places.every((place) => place === null);
  const after: FileCount = isOver
    ? { format: 1, done: { at: running.at, sums: running.sums }, running: null }
    : { ...it, running };
  const outcome = await ports.table.writeAll([fileCountWrite(after, version)]);
  if (outcome === 'written' && !isOver) await postCount(ports);
}

/** Sets a count going, whenever the last one was. */
export async function countAnew(ports: Pick<Ports, 'queue'>): Promise<void> {
  await ports.queue.post('work', [{ body: { do: 'count-file', anew: true } }]);
}

export async function postCount(ports: Pick<Ports, 'queue'>): Promise<void> {
  await ports.queue.post('work', [{ body: { do: 'count-file' } }]);
}

const begun = (at: Instant): Running => ({
  at,
  sums: NOBODY,
  places: Array<string>(HANDS).fill(''),
});

async function further({ table }: Pick<Ports, 'table'>, running: Running): Promise<Running> {
  const pages = await Promise.all(
    running.places.map(async (place, index) => {
      if (place === null) return { people: [], next: null };
      const from = place === '' ? undefined : place;
      const page = await table.scanPeople({ index, of: HANDS }, from, ROWS_A_HAND);
      return { people: peopleIn(page), next: page.next ?? null };
    }),
  );
  let { sums } = running;
  for (const { people } of pages)
    for (const { reader, profile } of people)
      sums = withPerson(sums, { reader: reader.it, profile: profile.it }, running.at);
  return { ...running, sums, places: pages.map(({ next }) => next) };
}
