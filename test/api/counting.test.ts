import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addReaders } from '../../infra/bench/readers.ts';
import { openDesk } from './desk.ts';

const READERS = 6_000;

describe('while everybody is read', () => {
  it.each([
    ['a condition is counted', '/segments/preview', { condition: { field: 'value3', is: 'none' } }],
    ['a campaign is rehearsed', '/campaigns/:id/dry-run', undefined],
  ])('others are answered in between: %s', async (_, path, body) => {
    const desk = await openDesk();
    const at = desk.ports.now();
    await addReaders(desk.ports, { people: READERS, mix: 'mixed', topic: 'news', at });
    const { id } = (
      await desk.ask<{ id: string }>('POST', '/campaigns', {
        ...{ name: 'One', topic: 'news', subject: 'One' },
        content: { format: 'markdown', source: 'Hello.' },
      })
    ).body;
    let isDone = false;
    const reading = desk.ask('POST', path.replace(':id', id), body).then(({ status }) => {
      isDone = true;
      return status;
    });
    let answered = 0;
    for (await nextTurn(); !isDone; await nextTurn()) {
      expect((await desk.ask('GET', '/me')).status).toBe(200);
      answered += 1;
    }
    expect(await reading).toBe(200);
    expect(answered).toBeGreaterThan(3);
  });
});
