import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Row } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import { Reader } from '../people/person.ts';
import { readBrand, readerWrite, readPeople, type Person } from '../people/store.ts';
import type { Delivery } from './delivery.ts';
import { dueLetter, leftEmpty, type DueLetter } from './due-letter.ts';
import { leftOutWrites } from './figures.ts';
import { redateMissed } from './missed-letters.ts';
import { openMailings } from './open-letters.ts';
import type { Publication } from './publication.ts';
import { messagesFor, rowsOf, rowWrites } from './rows.ts';
import { readPublications } from './store.ts';

/** Readers planned in one all-or-none write. */
const READERS_A_PAGE = 400;
const PAGES_A_CALL = 25;
const ROWS_A_WRITE = 80;

const Cursor = z.object({
  after: z.object({ at: z.number(), pk: z.string(), sk: z.string() }).nullable(),
  sequence: z.int(),
});

/**
 * Makes the letters that are due in one shard of the index of digest dates. Each page's rows and the
 * cursor are written all-or-none: a crash resumes at the cursor, and the claim on the reader row
 * guards against a letter planned twice. Answers whether there may be more to plan.
 */
export async function planLetters(ports: Ports, shard: number): Promise<'done' | 'more'> {
  const brand = await readBrand(ports);
  for (let page = 0; page < PAGES_A_CALL; page += 1) {
    const row = await ports.table.get(keys.planCursor('letters', shard));
    const cursor = Cursor.parse(row?.data ?? { after: null, sequence: 0 });
    const due = await firstDue(ports, shard, ports.now(), cursor.after ?? undefined);
    if (due.length === 0) {
      await redateMissed(ports, shard, brand);
      return 'done';
    }
    const fitting = thatFit(await planReaders(ports, brand, due), shard, cursor.sequence);
    const { rows } = fitting;
    const mailingIds = await openMailings(ports, brand, rows);
    const last = due[fitting.readers - 1]!;
    const after = { at: last.due!.at, pk: last.key.pk, sk: last.key.sk };
    const outcome = await ports.table.writeAll([
      {
        kind: 'put',
        key: keys.planCursor('letters', shard),
        data: { after, sequence: cursor.sequence + rows.length },
        expected: row?.version ?? 0,
      },
      ...mailingIds.flatMap((mailingId) =>
        rowWrites(
          rows.filter((one) => one.mailingId === mailingId),
          ports.now(),
        ),
      ),
    ]);
    if (outcome === 'conflict') return 'more';
    await ports.queue.post('editorial', messagesFor(rows));
  }
  return 'more';
}

async function firstDue(
  ports: Pick<Ports, 'table'>,
  shard: number,
  until: Instant,
  after: { at: Instant; pk: string; sk: string } | undefined,
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of ports.table.due('people', shard, until, after)) {
    rows.push(row);
    if (rows.length >= READERS_A_PAGE) break;
  }
  return rows;
}

/** As many of the readers, in their order, as fit one all-or-none write. */
function thatFit(
  planned: readonly (DueLetter | undefined)[],
  segment: number,
  firstSequence: number,
): { readonly readers: number; readonly rows: Delivery[] } {
  for (let readers = planned.length; ; readers = Math.ceil(readers / 2)) {
    const byMailing = Map.groupBy(
      planned.slice(0, readers).filter((one) => one !== undefined),
      ({ mailingId }) => mailingId,
    );
    const rows: Delivery[] = [];
    for (const [mailingId, lines] of byMailing)
      rows.push(
        ...rowsOf({ mailingId, segment, firstSequence: firstSequence + rows.length }, lines),
      );
    if (rows.length <= ROWS_A_WRITE || readers <= 1) return { readers, rows };
  }
}

/** One answer a row due, in the same order. */
async function planReaders(
  ports: Ports,
  brand: Brand,
  due: readonly Row[],
): Promise<(DueLetter | undefined)[]> {
  const ids = due.map((row) => Reader.parse(row.data).personId);
  const people = await readPeople(ports, ids);
  const numbers = new Set(people.flatMap((person) => person?.reader.it.waiting ?? []));
  const publications = await readPublications(ports, [...numbers]);
  const now = ports.now();
  const empty: Person[] = [];
  const planned = people.map((person): DueLetter | undefined => {
    if (!person) return undefined;
    const asked = { reader: person.reader.it, profile: person.profile.it };
    const due = dueLetter(asked, publications, brand, now);
    if (due === 'empty') empty.push(person);
    return typeof due === 'string' ? undefined : due;
  });
  await leaveEmpty(ports, brand, empty, publications);
  return planned;
}

/** Nothing empty is ever sent: what fell out stands on the books of the campaigns it came from. */
async function leaveEmpty(
  ports: Ports,
  brand: Brand,
  people: readonly Person[],
  publications: ReadonlyMap<number, Publication>,
): Promise<void> {
  const now = ports.now();
  const empty = people.map(({ reader, profile }) =>
    leftEmpty({ reader: reader.it, profile: profile.it }, publications, brand, now),
  );
  const outcomes = await ports.table.writeEach(
    empty.map(({ after }, index) => readerWrite(after, people[index]!.reader.version)),
  );
  const out = empty.flatMap((one, index) => (outcomes[index] === 'written' ? one.out : []));
  await ports.table.writeEach(leftOutWrites(out, publications));
}
