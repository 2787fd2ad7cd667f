import { shardOf } from '../../functions/base/id.ts';
import type { Key, TableName } from '../../functions/base/ports.ts';
import type { Database } from './database.ts';

/** People lie in the order of a hash, so that any share of it can be read on its own. */
export const SEGMENTS = 65_536;

/**
 * Readers lie apart from all else about people: a claim writes small rows, and one page holds the
 * twenty that are claimed next. What else is known of them is not moved with it.
 */
export const READERS = 0;
export const OTHERS = 1;

export const keyColumns = (table: TableName) =>
  table === 'people' ? ['part', 'segment', 'pk', 'sk'] : ['pk', 'sk'];

/** Where a row lies: the values of its table's key columns. */
export function placeOf(key: Key): (string | number)[] {
  const partition = partitionOf(key.in, key.pk);
  return key.in === 'people'
    ? [key.sk === 'reader' ? READERS : OTHERS, ...partition, key.sk]
    : [...partition, key.sk];
}

export function partitionOf(table: TableName, pk: string): (string | number)[] {
  return table === 'people' ? [shardOf(pk, SEGMENTS), pk] : [pk];
}

/** The two tables as they lie on the disk, made when there are none. */
export function defineTables(database: Database): void {
  setApart(database);
  database.define(`${schemaOf('people')} ${schemaOf('records')}`);
}

function schemaOf(table: TableName): string {
  // People lie on the disk in the order of a scan: a batch of fifty, claimed, changes a few pages and not fifty.
  const [own, ordered] =
    table === 'people'
      ? ['part integer not null, segment integer not null,', ', without rowid']
      : ['', ''];
  return `create table if not exists ${table} (
      ${own} pk text not null, sk text not null, version integer not null, data text not null,
      due_shard integer, due_at integer, primary key (${keyColumns(table).join(', ')})) strict${ordered};
    create index if not exists ${table}_due on ${table} (due_shard, due_at, pk, sk)
      where due_at is not null;`;
}

/** In a folder from before readers lay apart, all people lay in one order: they are brought over once. */
function setApart(database: Database): void {
  const columns = database.prepare<{ name: string }>(
    "select name from pragma_table_info('people')",
  );
  const names = columns.all().map(({ name }) => name);
  if (names.length === 0 || names.includes('part')) return;
  database.define(
    `begin;
     drop index people_due;
     alter table people rename to people_in_one;
     ${schemaOf('people')}
     insert into people (part, segment, pk, sk, version, data, due_shard, due_at)
       select iif(sk = 'reader', ${READERS}, ${OTHERS}) as part, segment, pk, sk, version, data,
         due_shard, due_at from people_in_one order by part, segment, pk, sk;
     drop table people_in_one;
     commit;`,
  );
}
