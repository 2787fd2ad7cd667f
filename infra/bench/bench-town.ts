import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Instant } from '../../functions/base/time.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import type { Workers } from '../local/runner.ts';
import { buildTown } from '../local/town.ts';

/** A Thursday morning in Paris. */
export const BORN_AT = Date.parse('2026-01-08T08:00:00Z');

/** The whole product on a data folder: opened again, it goes on where it was. */
export const bornTown = (data: string, hands: Workers = workers, startsAt: Instant = BORN_AT) =>
  buildTown({
    data,
    secrets: {
      links: { current: 'a', keys: { a: 'only-for-a-measure-and-long-enough' } },
      addresses: 'only-for-a-measure-and-long-enough',
    },
    publicUrl: 'http://localhost:3000',
    clock: { kind: 'held', startsAt },
    workers: hands,
    tick,
  });

/** The same, on a folder of its own, which goes with it. */
export async function benchTown(startsAt: Instant) {
  const data = mkdtempSync(path.join(tmpdir(), 'moderato-bench-'));
  const town = await bornTown(data, workers, startsAt);
  return {
    town,
    forget: async () => {
      await town.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
