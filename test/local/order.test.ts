import { describe, expect, it } from 'vitest';
import { openTown } from '../town.ts';

describe('a house where time stands', () => {
  it('still tells what was done first: the log and the lists are in the order of the acts', async () => {
    const town = await openTown();
    const names = Array.from({ length: 8 }, (_, n) => `topic-${n}`);
    for (const id of names)
      await town.call('POST', '/topics', { id, name: { fr: id }, visibility: 'public' });
    for (const name of names)
      await town.call('POST', '/campaigns', {
        name,
        topic: 'topic-0',
        subject: name,
        content: { format: 'markdown', source: 'A text.' },
      });
    const { body } = await town.api<{ items: { act: string; at: string }[] }>('GET', '/audit');
    expect(new Set(body.items.map(({ at }) => at)).size).toBe(1);
    expect(body.items.map(({ act }) => act)).toEqual([
      ...names.map(() => 'POST /campaigns'),
      ...names.map(() => 'POST /topics'),
    ]);
    const { body: drafts } = await town.api<{ items: { name: string }[] }>('GET', '/campaigns');
    expect(drafts.items.map(({ name }) => name)).toEqual(names.toReversed());
  });
});
