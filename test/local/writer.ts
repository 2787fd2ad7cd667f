import { join } from 'node:path';
import { Database } from '../../infra/local/database.ts';
import { Mailbox } from '../../infra/local/mailbox.ts';
import { SqliteQueue } from '../../infra/local/sqlite-queue.ts';
import { SqliteTable } from '../../infra/local/sqlite-table.ts';

/** Writes without an end, and says each number once it was answered: somebody kills it. */
const [folder = ''] = process.argv.slice(2);
const database = new Database(join(folder, 'moderato.sqlite'));
const table = new SqliteTable(database);
const queue = new SqliteQueue(database, Date.now);
const mailbox = new Mailbox(database, Date.now);

async function write(number: number): Promise<void> {
  const key = { in: 'records', pk: 'written', sk: String(number) } as const;
  await table.writeAll([{ kind: 'put', key, data: number, expected: 0 }]);
  await queue.post('work', [{ body: number }]);
  await mailbox.send({
    from: { name: 'A', address: 'a@example.org' },
    category: 'editorial',
    template: { id: 't', subject: '{{h0}}', html: '{{h0}}', text: '{{h0}}' },
    destinations: [
      {
        to: 'b@example.org',
        data: { h0: String(number) },
        headers: {},
        tags: { line: String(number) },
      },
    ],
  });
  process.stdout.write(`${number}\n`);
}

async function hand(first: number): Promise<never> {
  for (let number = first; ; number += 20) await write(number);
}
// Should nobody come to kill it, it ends by itself.
setTimeout(() => process.exit(0), 30_000);
for (let first = 0; first < 20; first += 1) void hand(first);
