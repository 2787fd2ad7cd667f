import { expect, test } from 'vitest';
import { MINUTE } from '../../functions/base/time.ts';
import { scenarioOf } from '../../infra/simulation/scenario.ts';
import { simulate } from '../../infra/simulation/simulate.ts';
import { THE_PRODUCT } from '../../infra/simulation/world.ts';
import { twoReleases } from './variants/two-releases.ts';

const SEEDS = 15;

test(
  'a release in mid-campaign, with rows that the older one cannot read, loses nothing and sends nothing twice',
  { timeout: 120_000 },
  async () => {
    const broken: string[] = [];
    let tooNew = 0;
    let older = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { sheets, isCalm } = scenarioOf(seed);
      // While one release cannot read the other's rows a mail may wait for the next worker: no calm day.
      if (isCalm) continue;
      const from = sheets[0]!.startsAt;
      const { through, met } = twoReleases({ from, until: from + 10 * MINUTE });
      const run = await simulate(seed, { rooms: { ...THE_PRODUCT, through } });
      if (run.broken) broken.push(`seed ${seed}: ${run.broken.invariant} ${run.broken.detail}`);
      tooNew += met.tooNew;
      older += met.older;
    }
    expect(broken).toEqual([]);
    expect(tooNew).toBeGreaterThan(20);
    expect(older).toBeGreaterThan(20);
  },
);
