import { randomBytes } from 'node:crypto';
import { DUE_SHARDS, type Key, type Ports } from '../../functions/base/ports.ts';
import { shardOf } from '../../functions/base/id.ts';
import { HOUR, MINUTE, type Instant } from '../../functions/base/time.ts';
import type { ClockMode } from '../../infra/local/clock.ts';
import type { Worker } from '../../infra/local/runner.ts';
import { buildTown } from '../../infra/local/town.ts';

export const MONDAY = Date.UTC(2026, 0, 5, 10);

/** Something to be done later: its name, and what the doing of it sets down for later still. */
export type Task = {
  readonly name: string;
  readonly every?: number;
  readonly stuckUntil?: Instant;
};
type Doing = (task: Task, ports: Ports) => Promise<void>;

/** A town with the smallest product there is: an agenda whose tasks write down when they were done. */
export function agendaTown({
  data = ':memory:',
  clock = { kind: 'held', startsAt: MONDAY },
  doing = async () => {},
}: { data?: string; clock?: ClockMode; doing?: Doing } = {}) {
  const work: Worker = async (ports, messages) => {
    for (const { body } of messages) await perform(ports, body as string, doing);
    return { failed: [] };
  };
  const secrets = {
    links: { current: 'k1', keys: { k1: randomBytes(32).toString('base64url') } },
    addresses: randomBytes(32).toString('base64url'),
  };
  const workers = { service: work, editorial: work, work };
  return buildTown({ data, secrets, publicUrl: 'http://town.test', clock, workers, tick });
}

const taskKey = (name: string): Key => ({ in: 'records', pk: `agenda#${name}`, sk: 'task' });
const DONE = 'done';

export async function plan({ table }: Ports, at: Instant, task: Task): Promise<void> {
  const due = { shard: shardOf(task.name, DUE_SHARDS), at };
  await table.writeAll([{ kind: 'put', key: taskKey(task.name), data: task, due }]);
}

/** What was done, and when after the start, in the order of doing. */
export async function done({ table }: Ports): Promise<string[]> {
  const lines: string[] = [];
  for await (const row of table.query('records', DONE)) lines.push(row.data as string);
  return lines;
}

async function tick({ table, queue, now }: Ports): Promise<void> {
  for (let shard = 0; shard < DUE_SHARDS; shard += 1)
    for await (const row of table.due('records', shard, now())) {
      const { name, stuckUntil = 0 } = row.data as Task;
      if (stuckUntil > now()) continue;
      const due = { shard, at: now() + 10 * MINUTE };
      const { key, data, version: expected } = row;
      const outcome = await table.writeAll([{ kind: 'put', key, data, due, expected }]);
      if (outcome === 'written') await queue.post('work', [{ body: name }]);
    }
}

async function perform(ports: Ports, name: string, doing: Doing): Promise<void> {
  const { table, now } = ports;
  const row = await table.get(taskKey(name));
  if (!row) return;
  const task = row.data as Task;
  await doing(task, ports);
  const note = `${name} after ${(now() - MONDAY) / HOUR} h`;
  const sk = `${String(now()).padStart(15, '0')} ${name}`;
  const remove = { kind: 'remove', key: row.key, expected: row.version } as const;
  const again =
    task.every === undefined ? undefined : { shard: row.due!.shard, at: now() + task.every };
  await table.writeAll([
    { kind: 'put', key: { in: 'records', pk: DONE, sk }, data: note },
    again ? { kind: 'put', key: row.key, data: task, due: again, expected: row.version } : remove,
  ]);
}
