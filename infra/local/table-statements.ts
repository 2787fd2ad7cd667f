import { DUE_SHARDS, type TableName } from '../../functions/base/ports.ts';
import type { Database } from './database.ts';
import { keyColumns, OTHERS, READERS } from './table-schema.ts';

/** A row as it lies on the disk. */
export type StoredRow = {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly data: string;
  readonly due_shard: number | null;
  readonly due_at: number | null;
};

/** One whose key was asked for. */
export type FoundRow = Omit<StoredRow, 'pk' | 'sk'>;

export const COLUMNS = 'pk, sk, version, data, due_shard, due_at';

/** Everything we ever ask of one of the two tables, ready to run: a wrong word fails at the start. */
export function statementsOf(database: Database, table: TableName) {
  const keys = keyColumns(table);
  const here = keys.map((key) => `${key} = ?`).join(' and ');
  const inPartition =
    table === 'people' ? `part in (${READERS}, ${OTHERS}) and segment = ? and pk = ?` : 'pk = ?';
  const insert = `insert into ${table} (data, due_shard, due_at, ${keys.join(', ')}, version)
    values (?, ?, ?, ${keys.map(() => '?').join(', ')}, 1)`;
  const change = 'version = version + 1, data = ?, due_shard = ?, due_at = ?';
  const ask = (sql: string) =>
    database.prepare<StoredRow>(`select ${COLUMNS} from ${table} ${sql}`);
  return {
    get: database.prepare<FoundRow>(
      `select version, data, due_shard, due_at from ${table} where ${here}`,
    ),
    /** The same for a list of places, as JSON: one call for a batch, and `asked` says which it is. */
    getMany: database.prepare<FoundRow & { readonly asked: number }>(
      `select place.key as asked, version, data, due_shard, due_at
       from json_each(?) as place cross join ${table}
         where ${keys.map((key, at) => `${table}.${key} = place.value ->> ${at}`).join(' and ')}`,
    ),
    create: database.prepare(`${insert} on conflict do nothing`),
    replace: database.prepare(`update ${table} set ${change} where ${here} and version = ?`),
    put: database.prepare(
      `${insert} on conflict do update set version = version + 1, data = excluded.data,
         due_shard = excluded.due_shard, due_at = excluded.due_at`,
    ),
    remove: database.prepare(`delete from ${table} where ${here}`),
    removeVersion: database.prepare(`delete from ${table} where ${here} and version = ?`),
    oldestFirst: ask(`where ${inPartition} and sk > ? and sk >= ? and sk < ? order by sk limit ?`),
    newestFirst: ask(
      `where ${inPartition} and sk < ? and sk >= ? and sk < ? order by sk desc limit ?`,
    ),
    due: ask(
      `where due_shard = ? and due_at <= ? and (due_at, pk, sk) > (?, ?, ?)
       order by due_at, pk, sk limit ?`,
    ),
    firstDueAfter: database.prepare<{ due_at: number | null }>(
      `${SHARDS} select min((select due_at from ${table} where due_shard = number and due_at > ?
         order by due_at limit 1)) as due_at from shard`,
    ),
    dueUntil: database.prepare<{ due_rows: number }>(
      `${SHARDS} select count(*) as due_rows from shard
         join ${table} on due_shard = number and due_at <= ?`,
    ),
  };
}

/** The due index is by shard: what is asked of all of them is asked of one after the other. */
const SHARDS = `with recursive shard (number) as
  (select 0 union all select number + 1 from shard where number < ${DUE_SHARDS - 1})`;
