import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Instant } from '../../functions/base/time.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { buildTown } from '../local/town.ts';

/** The whole product on a real data folder of its own, which goes with it. */
export async function benchTown(startsAt: Instant) {
  const data = mkdtempSync(path.join(tmpdir(), 'moderato-bench-'));
  const town = await buildTown({
    data,
    secrets: {
      links: { current: 'a', keys: { a: randomBytes(32).toString('hex') } },
      addresses: randomBytes(32).toString('hex'),
    },
    publicUrl: 'http://localhost:3000',
    clock: { kind: 'held', startsAt },
    workers,
    tick,
  });
  return {
    town,
    forget: async () => {
      await town.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
