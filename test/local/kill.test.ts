import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { Database, DatabaseInUse } from '../../infra/local/database.ts';
import { Mailbox } from '../../infra/local/mailbox.ts';
import { SqliteQueue } from '../../infra/local/sqlite-queue.ts';
import { SqliteTable } from '../../infra/local/sqlite-table.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));

test(
  'kill -9 loses no row, message or mail that was answered, and frees the folder',
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kill-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const answered = await writeAndKill(folder, 1_500);

    const database = new Database(join(folder, 'moderato.sqlite'));
    onTestFinished(() => database.close());
    const table = new SqliteTable(database);
    const keys = answered.map(
      (number) => ({ in: 'records', pk: 'written', sk: String(number) }) as const,
    );
    const rows = await table.getMany(keys);
    expect(rows.map((row) => row?.data)).toEqual(answered);
    const mails = new Set(
      [...new Mailbox(database, Date.now).letters()].map(({ subject }) => Number(subject)),
    );
    expect(answered.filter((number) => !mails.has(number))).toEqual([]);
    const messages = await receiveAll(new SqliteQueue(database, Date.now));
    expect(answered.filter((number) => !messages.has(number))).toEqual([]);
  },
);

/** Kills the writer in the middle of its work; what it had said by then was answered. */
async function writeAndKill(folder: string, enough: number): Promise<number[]> {
  const writer = spawn('node', [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const answered: number[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    answered.push(Number(line));
    if (answered.length === 1)
      expect(() => new Database(join(folder, 'moderato.sqlite'))).toThrow(DatabaseInUse);
    if (answered.length === enough) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  return answered;
}

async function receiveAll(queue: SqliteQueue): Promise<Set<unknown>> {
  const bodies = new Set<unknown>();
  while (queue.isVisible('work'))
    for (const { body } of await queue.receive('work', 600)) bodies.add(body);
  return bodies;
}
