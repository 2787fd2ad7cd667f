import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../infra/local/database.ts';

/** A database on a disk that says when it is done only when we let it. */
async function onSlowDisk() {
  const folder = await mkdtemp(join(tmpdir(), 'database-'));
  const waiting: ((error: Error | null) => void)[] = [];
  const database = new Database(join(folder, 'a.sqlite'), (_file, done) => waiting.push(done));
  database.define('create table notes (name text primary key) strict');
  const insert = database.prepare('insert into notes values (?)');
  const all = database.prepare<{ name: string }>('select name from notes order by name');
  onTestFinished(async () => {
    for (const done of waiting.splice(0)) done(null);
    await database.close();
    await rm(folder, { recursive: true });
  });
  const answered: string[] = [];
  const told = (what: string, promise: Promise<unknown>) =>
    promise.then(
      () => answered.push(what),
      () => answered.push(`${what} failed`),
    );
  return {
    database,
    answered,
    told,
    names: () => all.all().map(({ name }) => name),
    write: (name: string) =>
      database.write(() => {
        database.touch(name);
        insert.run(name);
      }),
    look: (name: string) =>
      database.read(
        () => all.all(),
        () => [name],
      ),
    disk: {
      waits: () => waiting.length,
      answer: async (error: Error | null = null) => {
        waiting.shift()!(error);
        await nextTurn();
      },
    },
  };
}

test('nobody is answered before the disk has what they wrote, or what they saw', async () => {
  const { answered, told, write, look, disk } = await onSlowDisk();
  void told('write a', write('a'));
  void told('look at once', look('a'));
  await nextTurn();
  void told('look at a', look('a'));
  void told('look at b', look('b'));
  await nextTurn();
  expect(answered).toEqual(['look at b']);
  await disk.answer();
  expect(answered.sort()).toEqual(['look at a', 'look at b', 'look at once', 'write a']);
});

test('what is written while the disk is busy shares the next sync, and each waits for its own', async () => {
  const { answered, told, write, disk } = await onSlowDisk();
  void told('a', write('a'));
  await nextTurn();
  for (const name of ['b', 'c', 'd']) {
    void told(name, write(name));
    await nextTurn();
  }
  expect(disk.waits()).toBe(1);
  await disk.answer();
  expect(answered).toEqual(['a']);
  expect(disk.waits()).toBe(1);
  await disk.answer();
  expect(answered).toEqual(['a', 'b', 'c', 'd']);
});

test('where the disk has failed nothing is built upon it, and whoever waits hears of it', async () => {
  const { answered, told, write, names, disk } = await onSlowDisk();
  void told('a', write('a'));
  await nextTurn();
  void told('b', write('b'));
  await nextTurn();
  await disk.answer(new Error('no space left'));
  expect(answered).toEqual(['a failed', 'b failed']);
  await expect(write('c')).rejects.toThrow('no space left');
  expect(names()).not.toContain('c');
  expect(disk.waits()).toBe(0);
});

test('what fails half-way takes its whole turn with it, and the next turn goes on', async () => {
  const { answered, told, write, names, disk, database } = await onSlowDisk();
  void told('a', write('a'));
  const broken = database.write(() => {
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
  await nextTurn();
  expect(answered).toEqual(['a failed']);
  void told('b', write('b'));
  await nextTurn();
  await disk.answer();
  expect(answered).toEqual(['a failed', 'b']);
  expect(names()).toEqual(['b']);
});

test('work that would be begun again anyway need not wait for the disk; the first commit after it does', async () => {
  const { database, answered, told, write, disk } = await onSlowDisk();
  database.sync('later');
  await told('a', write('a'));
  database.sync('each-commit');
  void told('b', write('b'));
  await nextTurn();
  expect(answered).toEqual(['a']);
  await disk.answer();
  expect(answered).toEqual(['a', 'b']);
});

test('a disk without room is told as such, takes back what was half written, and is written to again once it has some', async () => {
  const database = new Database(':memory:');
  onTestFinished(() => database.close());
  database.define('create table notes (name text) strict');
  const insert = database.prepare('insert into notes values (?)');
  const count = database.prepare<{ many: number }>('select count(*) as many from notes');
  const write = (size: number) => database.write(() => insert.run('x'.repeat(size)));
  await write(1);
  database.define('pragma max_page_count = 8');
  const both = [write(10), write(1_000_000)];
  for (const one of await Promise.allSettled(both))
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'no-room' } });
  expect(count.get()).toEqual({ many: 1 });
  database.define('pragma max_page_count = 1000000');
  await write(1_000_000);
  expect(count.get()).toEqual({ many: 2 });
});

test('who removes the folder under a running house hears of it, instead of being told that all is kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'database-'));
  const database = new Database(join(folder, 'a.sqlite'));
  onTestFinished(() => database.close());
  database.define('create table notes (name text primary key) strict');
  const insert = database.prepare('insert into notes values (?)');
  const write = (name: string) => database.write(() => insert.run(name));
  await write('a');
  await rm(folder, { recursive: true });
  await expect(write('b')).rejects.toMatchObject({ code: 'folder-gone' });
  await expect(write('c')).rejects.toMatchObject({ code: 'folder-gone' });
});
