import { shardOf } from '../../functions/base/id.ts';
import { DUE_SHARDS, type Key, type TableName } from '../../functions/base/ports.ts';
import type { Database } from './database.ts';

/** A row as it lies on the disk. */
export type StoredRow = {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly data: string;
  readonly due_shard: number | null;
  readonly due_at: number | null;
};

/** People lie in the order of a hash, so that any share of it can be read on its own. */
export const SEGMENTS = 65_536;

/** Where a row lies: the values of its table's key columns. */
export function placeOf(key: Key): (string | number)[] {
  return key.in === 'people' ? [shardOf(key.pk, SEGMENTS), key.pk, key.sk] : [key.pk, key.sk];
}

/** Everything we ever ask of one of the two tables, ready to run: a wrong word fails at the start. */
export function statementsOf(database: Database, table: TableName) {
  const keys = table === 'people' ? ['segment', 'pk', 'sk'] : ['pk', 'sk'];
  const here = keys.map((key) => `${key} = ?`).join(' and ');
  const inPartition = keys
    .slice(0, -1)
    .map((key) => `${key} = ?`)
    .join(' and ');
  const columns = 'pk, sk, version, data, due_shard, due_at';
  // People lie on the disk in the order of a scan: a batch of fifty, claimed, changes a few pages and not fifty.
  const ordered = table === 'people' ? ', without rowid' : '';
  database.define(
    `create table if not exists ${table} (
       ${table === 'people' ? 'segment integer not null,' : ''}
       pk text not null, sk text not null, version integer not null, data text not null,
       due_shard integer, due_at integer, primary key (${keys.join(', ')})) strict${ordered};
     create index if not exists ${table}_due on ${table} (due_shard, due_at, pk, sk)
       where due_at is not null;`,
  );
  const insert = `insert into ${table} (data, due_shard, due_at, ${keys.join(', ')}, version)
    values (?, ?, ?, ${keys.map(() => '?').join(', ')}, 1)`;
  const change = 'version = version + 1, data = ?, due_shard = ?, due_at = ?';
  const ask = (sql: string) =>
    database.prepare<StoredRow>(`select ${columns} from ${table} ${sql}`);
  return {
    get: ask(`where ${here}`),
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
