import { describe, expect, onTestFinished, test } from 'vitest';
import type { Line, Queue } from '../../functions/base/ports.ts';
import { MINUTE, SECOND } from '../../functions/base/time.ts';

type Handed = { readonly id: string; readonly body: unknown };
/** Stands behind every line of the queue under test, and says which messages failed. */
export type Hand = (line: Line, messages: readonly Handed[]) => Promise<string[]>;
export type OpenQueue = {
  readonly queue: Queue;
  /** Lets the workers run until nothing can be received now. */
  readonly settle: () => Promise<void>;
  readonly passTime: (milliseconds: number) => Promise<void>;
  readonly deadLetters: () => Promise<unknown[]>;
  readonly close: () => Promise<void>;
};

/** What every `Queue` with a worker behind each line promises. */
export function describeQueue(name: string, open: (hand: Hand) => Promise<OpenQueue>): void {
  const opened = async (hand: Hand) => {
    const queue = await open(hand);
    onTestFinished(queue.close);
    return queue;
  };
  describe(name, () => {
    describeDelivery(opened);
    describeFailure(opened);
    describeLines(opened);
  });
}

type Opened = (hand: Hand) => Promise<OpenQueue>;

function describeDelivery(opened: Opened): void {
  test('every message posted reaches its worker as it was', async () => {
    const seen: unknown[] = [];
    const { queue, settle } = await opened(async (_, messages) => {
      seen.push(...messages.map(({ body }) => body));
      return [];
    });
    const bodies = Array.from({ length: 57 }, (_, index) => ({
      index,
      words: "l'été 😀",
      deep: [null],
    }));
    await queue.post(
      'editorial',
      bodies.map((body) => ({ body })),
    );
    await settle();
    const inOrder = (seen as typeof bodies).toSorted((a, b) => a.index - b.index);
    expect(inOrder).toEqual(bodies);
  });

  test('a worker is handed at most ten messages at once', async () => {
    const sizes: number[] = [];
    const { queue, settle } = await opened(async (_, messages) => {
      sizes.push(messages.length);
      return [];
    });
    await queue.post(
      'work',
      Array.from({ length: 25 }, (_, body) => ({ body })),
    );
    await settle();
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(25);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
  });

  test('what is posted with a delay is not seen before it', async () => {
    const seen: unknown[] = [];
    const { queue, settle, passTime } = await opened(async (_, messages) => {
      seen.push(...messages.map(({ body }) => body));
      return [];
    });
    await queue.post('work', [{ body: 'later', delaySeconds: 900 }, { body: 'now' }]);
    await settle();
    expect(seen).toEqual(['now']);
    await passTime(900 * SECOND - 1);
    expect(seen).toEqual(['now']);
    await passTime(1);
    expect(seen).toEqual(['now', 'later']);
  });

  test('what must wait more than fifteen minutes, or is too large, is a fault', async () => {
    const { queue } = await opened(async () => []);
    await expect(queue.post('work', [{ body: 1, delaySeconds: 901 }])).rejects.toThrow();
    await expect(queue.post('work', [{ body: 'x'.repeat(1_100_000) }])).rejects.toThrow();
  });
}

function describeFailure(opened: Opened): void {
  test('only what failed comes back, and only after its time out of sight', async () => {
    const seen: unknown[] = [];
    const { queue, settle, passTime } = await opened(async (_, messages) => {
      seen.push(...messages.map(({ body }) => body));
      return seen.length > 3 ? [] : messages.filter(({ body }) => body === 2).map(({ id }) => id);
    });
    await queue.post(
      'work',
      [1, 2, 3].map((body) => ({ body })),
    );
    await settle();
    expect(seen.toSorted()).toEqual([1, 2, 3]);
    await settle();
    expect(seen).toHaveLength(3);
    await passTime(10 * MINUTE);
    expect(seen.slice(3)).toEqual([2]);
    await passTime(60 * MINUTE);
    expect(seen).toHaveLength(4);
  });

  test('a worker that throws has failed its whole batch', async () => {
    let calls = 0;
    const seen: unknown[] = [];
    const { queue, settle, passTime } = await opened(async (_, messages) => {
      calls += 1;
      if (calls === 1) throw new Error('the worker broke');
      seen.push(...messages.map(({ body }) => body));
      return [];
    });
    await queue.post(
      'work',
      [1, 2, 3].map((body) => ({ body })),
    );
    await settle();
    await passTime(10 * MINUTE);
    expect(seen.toSorted()).toEqual([1, 2, 3]);
  });

  test('what fails five times is kept as a dead letter and stops nobody else', async () => {
    const seen: unknown[] = [];
    const { queue, settle, passTime, deadLetters } = await opened(async (_, messages) => {
      seen.push(...messages.map(({ body }) => body));
      return messages.filter(({ body }) => body === 'poison').map(({ id }) => id);
    });
    await queue.post(
      'work',
      ['poison', 'food'].map((body) => ({ body })),
    );
    await settle();
    await passTime(120 * MINUTE);
    expect(seen.filter((body) => body === 'poison')).toHaveLength(5);
    expect(seen.filter((body) => body === 'food')).toHaveLength(1);
    expect(await deadLetters()).toEqual(['poison']);
  });
}

function describeLines(opened: Opened): void {
  test('service mail is served while every editorial hand is busy', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { queue, settle } = await opened(async (line) => {
      if (line === 'service') release();
      else await released;
      return [];
    });
    await queue.post(
      'editorial',
      Array.from({ length: 500 }, (_, body) => ({ body })),
    );
    const settled = settle();
    await queue.post('service', [{ body: 'confirm' }]);
    await Promise.all([settled, settle()]);
  });

  test('a small campaign does not wait for the end of a large one', async () => {
    const seen: unknown[] = [];
    const { queue, settle } = await opened(async (_, messages) => {
      seen.push(...messages.map(({ body }) => body));
      return [];
    });
    await queue.post(
      'editorial',
      Array.from({ length: 400 }, () => ({ body: 'a', group: 'large' })),
    );
    await queue.post('editorial', [{ body: 'b', group: 'small' }]);
    await settle();
    expect(seen).toHaveLength(401);
    expect(seen.indexOf('b')).toBeLessThan(100);
  });
}
