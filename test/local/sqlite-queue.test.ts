import { expect, test } from 'vitest';
import type { Ports } from '../../functions/base/ports.ts';
import { SECOND } from '../../functions/base/time.ts';
import { Database } from '../../infra/local/database.ts';
import { Runner, type Workers } from '../../infra/local/runner.ts';
import { SqliteQueue } from '../../infra/local/sqlite-queue.ts';
import { describeQueue, type Hand } from '../ports/queue.ts';

describeQueue("the laptop's queue", async (hand) => {
  let now = Date.UTC(2026, 0, 5);
  const database = new Database(':memory:');
  const queue = new SqliteQueue(database, () => now);
  const runner = new Runner(queue, workersOf(hand), {} as Ports);
  return {
    queue,
    settle: () => runner.drain(),
    deadLetters: async () => queue.deadLetters().map(({ body }) => body),
    close: () => database.close(),
    passTime: async (milliseconds) => {
      const end = now + milliseconds;
      for (let next = queue.nextVisibleAt(); next !== undefined && next <= end;) {
        now = Math.max(now, next);
        await runner.drain();
        next = queue.nextVisibleAt();
      }
      now = end;
    },
  };
});

function workersOf(hand: Hand): Workers {
  const behind =
    (line: 'service' | 'editorial' | 'work') =>
    async (_: Ports, messages: readonly { id: string; body: unknown }[]) => ({
      failed: await hand(line, messages),
    });
  return { service: behind('service'), editorial: behind('editorial'), work: behind('work') };
}

test('what was in hand when the process died is received again at once after the start', async () => {
  const database = new Database(':memory:');
  const now = () => 0;
  const before = new SqliteQueue(database, now);
  await before.post('work', [{ body: 'in hand' }, { body: 'later', delaySeconds: 60 }]);
  await before.receive('work', 600);
  const after = new SqliteQueue(database, now);
  expect((await after.receive('work', 600)).map(({ body }) => body)).toEqual(['in hand']);
  expect(after.nextVisibleAt()).toBe(60 * SECOND);
  await database.close();
});

test('a message that takes the process with it five times is a dead letter', async () => {
  const database = new Database(':memory:');
  const start = () => new SqliteQueue(database, () => 0);
  await start().post('work', [{ body: 'poison' }]);
  for (let time = 0; time < 5; time += 1)
    expect(await start().receive('work', 600)).toHaveLength(1);
  const queue = start();
  expect(await queue.receive('work', 600)).toEqual([]);
  expect(queue.deadLetters().map(({ body }) => body)).toEqual(['poison']);
  await database.close();
});

test('a runner that was stopped leaves the rest for the next start', async () => {
  const database = new Database(':memory:');
  const queue = new SqliteQueue(database, () => 0);
  await queue.post(
    'work',
    Array.from({ length: 100 }, (_, body) => ({ body })),
  );
  const seen: unknown[] = [];
  const workers = workersOf(async (_, messages) => {
    seen.push(...messages.map(({ body }) => body));
    return [];
  });
  const runner = new Runner(queue, workers, {} as Ports);
  runner.wake();
  await runner.stop();
  expect(seen.length).toBeLessThan(100);
  await new Runner(queue, workers, {} as Ports).drain();
  expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 100 }, (_, body) => body),
  );
  await database.close();
});
