import type { SQSEvent } from 'aws-lambda';
import { beforeEach, afterEach, expect, it, vi } from 'vitest';
import type { Ports } from '../../functions/base/ports.ts';
import { queueDoor } from '../../functions/entry/queue-door.ts';

const ports = {} as Ports;
const batch = (...bodies: string[]) =>
  ({
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
  }) as SQSEvent;

let told: string[];
beforeEach(() => {
  told = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line));
});
afterEach(() => vi.restoreAllMocks());

it('a message that failed comes back alone: its neighbours are done', async () => {
  const seen: unknown[] = [];
  const door = queueDoor(
    'service',
    async (_ports, messages) => {
      seen.push(...messages);
      return { failed: ['m1'] };
    },
    async () => ports,
  );
  expect(await door(batch('{"n":0}', '{"n":1}'))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
  expect(seen).toEqual([
    { id: 'm0', body: { n: 0 } },
    { id: 'm1', body: { n: 1 } },
  ]);
});

it('a message that nobody can read ends among the dead letters, and stops nobody else', async () => {
  const seen: unknown[] = [];
  const door = queueDoor(
    'work',
    async (_ports, messages) => {
      seen.push(...messages);
      return { failed: [] };
    },
    async () => ports,
  );
  const answer = await door(batch('ada@example.org {', 'null'));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(seen).toEqual([{ id: 'm1', body: null }]);
  expect(told).toEqual(['{"level":"error","event":"message-unreadable","line":"work","count":1}']);
});

it('a door that cannot open gives the whole batch back, and its log holds nobody’s address', async () => {
  const door = queueDoor(
    'editorial',
    async () => ({ failed: [] }),
    async () => {
      throw new Error('ada@example.org');
    },
  );
  expect(await door(batch('{}', '{}'))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }],
  });
  expect(told[0]).toContain('batch-failed');
  expect(told[0]).not.toContain('ada@');
});
