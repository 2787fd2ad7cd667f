import { TABLE_LIMITS } from '../../functions/base/ports.ts';
import { shardOf } from '../../functions/base/id.ts';
import type { Database } from './database.ts';
import { SEGMENTS, type StoredRow } from './table-statements.ts';

type Page = { readonly rows: StoredRow[]; readonly next: string | undefined };

/**
 * Pages of one share of the people. A page ends between two people, never inside one: the limit
 * gives way only where one person alone is longer. The mark of a page is its last person.
 */
export function scanOf(database: Database) {
  const columns = 'pk, sk, version, data, due_shard, due_at';
  const after = database.prepare<StoredRow>(
    `select ${columns} from people where (segment, pk) > (?, ?) and segment < ?
     order by segment, pk, sk limit ?`,
  );
  const person = database.prepare<StoredRow>(
    `select ${columns} from people where segment = ? and pk = ? order by sk`,
  );

  return (
    { index, of }: { readonly index: number; readonly of: number },
    from: string | undefined,
    limit: number,
  ): Page => {
    const start =
      from === undefined ? Math.floor((index * SEGMENTS) / of) : shardOf(from, SEGMENTS);
    const end = Math.floor(((index + 1) * SEGMENTS) / of);
    const found = after.all(start, from ?? '', end, limit + 1);
    const fits = rowsThatFit(found, limit);
    if (fits === found.length) return { rows: found, next: undefined };
    const rows = wholePeople(found, fits);
    const last = rows.at(-1)?.pk ?? found[0]!.pk;
    if (rows.length > 0) return { rows, next: last };
    return { rows: person.all(shardOf(last, SEGMENTS), last), next: last };
  };
}

function rowsThatFit(rows: readonly StoredRow[], limit: number): number {
  let bytes = 0;
  const tooMany = rows.findIndex(({ data }, index) => {
    bytes += Buffer.byteLength(data);
    return index >= limit || bytes > TABLE_LIMITS.pageBytes;
  });
  return tooMany < 0 ? rows.length : tooMany;
}

function wholePeople(rows: readonly StoredRow[], fits: number): StoredRow[] {
  const cut = rows[fits]!.pk;
  let length = fits;
  while (length > 0 && rows[length - 1]!.pk === cut) length -= 1;
  return rows.slice(0, length);
}
