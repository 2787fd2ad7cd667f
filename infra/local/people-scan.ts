import { TABLE_LIMITS } from '../../functions/base/ports.ts';
import { shardOf } from '../../functions/base/id.ts';
import type { Database } from './database.ts';
import { OTHERS, READERS, SEGMENTS } from './table-schema.ts';
import { COLUMNS, type StoredRow } from './table-statements.ts';

type Scanned = StoredRow & { readonly segment: number };
type Segment = { readonly index: number; readonly of: number };
type Page = { readonly rows: StoredRow[]; readonly next: string | undefined };

/**
 * Pages of one share of the people: so many readers, and what else is known of those. A page ends
 * between two people, never inside one: the limit gives way only where one person alone is longer.
 * The mark of a page is its last person.
 */
export function scanOf(database: Database) {
  const readers = database.prepare<Scanned>(
    `select segment, ${COLUMNS} from people
     where part = ${READERS} and (segment, pk) > (?, ?) and segment < ?
     order by segment, pk limit ?`,
  );
  const others = database.prepare<Scanned>(
    `select segment, ${COLUMNS} from people
     where part = ${OTHERS} and (segment, pk) > (?, ?) and (segment, pk) <= (?, ?)
     order by segment, pk, sk limit ?`,
  );
  const person = database.prepare<Scanned>(
    `select segment, ${COLUMNS} from people
     where part in (${READERS}, ${OTHERS}) and segment = ? and pk = ? order by sk`,
  );

  const all = (segment: Segment, from: string | undefined, limit: number): Page => {
    const { start, end } = boundsOf(segment, from);
    const most = Math.max(1, Math.floor(limit / 2));
    const first = readers.all(start, from ?? '', end, most);
    const last = first.length < most ? undefined : first.at(-1)!;
    const until = last ? [last.segment, last.pk] : [end, ''];
    const second = others.all(start, from ?? '', ...until, limit + 1);
    const found = inOrder(first, second);
    const fits = rowsThatFit(found, limit);
    if (fits === found.length) return { rows: found, next: last?.pk };
    const rows = wholePeople(found, fits);
    const mark = rows.at(-1)?.pk ?? found[0]!.pk;
    if (rows.length > 0) return { rows, next: mark };
    return { rows: person.all(shardOf(mark, SEGMENTS), mark), next: mark };
  };
  const alone = (segment: Segment, from: string | undefined, limit: number): Page => {
    const { start, end } = boundsOf(segment, from);
    const rows = readers.all(start, from ?? '', end, limit);
    return { rows, next: rows.length < limit ? undefined : rows.at(-1)?.pk };
  };
  return { all, readers: alone };
}

function boundsOf({ index, of }: Segment, from: string | undefined) {
  return {
    start: from === undefined ? Math.floor((index * SEGMENTS) / of) : shardOf(from, SEGMENTS),
    end: Math.floor(((index + 1) * SEGMENTS) / of),
  };
}

/** Both kinds of rows, person by person. */
function inOrder(readers: readonly Scanned[], others: readonly Scanned[]): Scanned[] {
  const rows: Scanned[] = [];
  let at = 0;
  for (const reader of readers) {
    while (at < others.length && isBefore(others[at]!, reader)) rows.push(others[at++]!);
    rows.push(reader);
  }
  return [...rows, ...others.slice(at)];
}

const isBefore = (one: Scanned, other: Scanned) =>
  one.segment < other.segment || (one.segment === other.segment && one.pk < other.pk);

function rowsThatFit(rows: readonly StoredRow[], limit: number): number {
  let bytes = 0;
  const tooMany = rows.findIndex(({ data }, index) => {
    bytes += Buffer.byteLength(data);
    return index >= limit || bytes > TABLE_LIMITS.pageBytes;
  });
  return tooMany < 0 ? rows.length : tooMany;
}

function wholePeople<Line extends StoredRow>(rows: readonly Line[], fits: number): Line[] {
  const cut = rows[fits]!.pk;
  let length = fits;
  while (length > 0 && rows[length - 1]!.pk === cut) length -= 1;
  return rows.slice(0, length);
}
