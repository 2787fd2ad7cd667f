import { expect, test } from 'vitest';
import { shardOf } from '../../functions/base/id.ts';
import { keys } from '../../functions/base/keys.ts';
import { Database } from '../../infra/local/database.ts';
import { SqliteTable } from '../../infra/local/sqlite-table.ts';
import { describeTable } from '../ports/table.ts';

describeTable("the laptop's table", async () => {
  const database = new Database(':memory:');
  return { table: new SqliteTable(database), close: () => database.close() };
});

test('people of a folder from before readers lay apart are all there, at their versions', async () => {
  const database = new Database(':memory:');
  database.define(
    `create table people (segment integer not null, pk text not null, sk text not null,
       version integer not null, data text not null, due_shard integer, due_at integer,
       primary key (segment, pk, sk)) strict, without rowid;
     create index people_due on people (due_shard, due_at, pk, sk) where due_at is not null;
     insert into people values (${shardOf('P#ada', 65_536)}, 'P#ada', 'profile', 3, '{"name":"Ada"}', null, null),
       (${shardOf('P#ada', 65_536)}, 'P#ada', 'reader', 7, '{"pace":"weekly"}', 5, 40);`,
  );
  for (const time of ['brought over', 'opened again']) {
    const table = new SqliteTable(database);
    const page = await table.scanPeople({ index: 0, of: 1 }, undefined, 10);
    expect(page, time).toMatchObject({
      rows: [
        {
          key: keys.reader('ada'),
          version: 7,
          data: { pace: 'weekly' },
          due: { shard: 5, at: 40 },
        },
        { key: keys.profile('ada'), version: 3, data: { name: 'Ada' } },
      ],
    });
    const found = await table.getMany([
      keys.profile('ada'),
      keys.reader('bob'),
      keys.reader('ada'),
    ]);
    expect(found.map((row) => row?.version)).toEqual([3, undefined, 7]);
    expect(table.dueUntil(40)).toBe(1);
  }
  await database.close();
});
