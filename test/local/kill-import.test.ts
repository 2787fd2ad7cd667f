import { expect, test } from 'vitest';
import { apiOf, killServer, newFolder, start, stop } from './started.ts';

const ROWS = 3_000;
const ADDRESSES = 2_900;
const FILE = `email\n${Array.from({ length: ROWS }, (_, n) => `reader-${n % ADDRESSES}@example.org`).join('\n')}`;

type Import = {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly counts: unknown;
};

test(
  'killed in mid-import and started again: everybody is in once, and counted as what they were',
  { timeout: 120_000 },
  async () => {
    const folder = await newFolder();
    const env = { MODERATO_DATA: folder, MODERATO_CLOCK: 'held@2026-01-05T10:00:00Z' };
    let house = await start(env);
    const call = async (method: string, path: string, body?: unknown) =>
      (await (
        await apiOf(house, folder)
      )(method, path, body)) as Import;
    const { id } = await call('POST', '/imports', { name: 'Salon' });
    await call('POST', `/imports/${id}/pieces`, { index: 0, text: FILE, last: true });
    await call('POST', `/imports/${id}/check`, { columns: ['email'], proof: { kind: 'none' } });
    const shown = () => call('GET', `/imports/${id}`);
    await expect.poll(async () => (await shown()).state).toBe('checked');
    await call('POST', `/imports/${id}/run`);
    // Each stands in the middle of a step, which is counted when all of it is in.
    for (const row of [600, 1_400]) {
      const email = `reader-${row}@example.org`;
      const isIn = () => call('POST', '/people/lookup', { email }).catch(() => undefined);
      while (!(await isIn()));
      await killServer(house, folder);
      house = await start(env);
    }
    await expect.poll(async () => (await shown()).state, { timeout: 60_000 }).toBe('done');
    expect((await shown()).counts).toMatchObject({
      added: ADDRESSES,
      known: ROWS - ADDRESSES,
      refused: 0,
    });
    await stop(house, 'SIGINT');
  },
);
