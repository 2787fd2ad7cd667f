import { parseArgs } from 'node:util';
import { simulateMany } from './many.ts';
import { shrunk } from './shrink.ts';
import { simulate, type Run, type Wish } from './simulate.ts';
import { toldProgress, toldTally } from './tally.ts';

/** In the long form worlds are larger: more mails for the same number of scenes. */
const SIZE_WHEN_LONG = 8;
/** Somebody may be waiting: a line now and then says how far it is. */
const TELLS_EVERY_S = 20;
const USAGE = 'npm run simulate -- [--seeds 1000] [--seed 42] [--mails 1000000]';

process.exitCode = await main();

async function main(): Promise<number> {
  const wish = wishOf();
  if (!wish) {
    console.error(USAGE);
    return 2;
  }
  const { first, seeds, mails, size } = wish;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  let toldAt = 0;
  const toldBroken = new Set<number>();
  const tally = await simulateMany({
    first,
    seeds,
    candidates: mails,
    size,
    progress: (now) => {
      for (const run of now.broken) {
        if (!toldBroken.has(run.seed)) console.error(brokenLine(run));
        toldBroken.add(run.seed);
      }
      if (seconds() < toldAt + TELLS_EVERY_S) return;
      toldAt = seconds();
      console.error(toldProgress(now, { seeds, candidates: mails, seconds: toldAt }));
    },
  });
  const [worst] = tally.broken;
  if (worst) await tell(worst, { size });
  console.log(`from seed ${first}, in ${seconds().toFixed(1)} s:`);
  for (const line of toldTally(tally)) console.log(line);
  return tally.broken.length > 0 ? 1 : 0;
}

function brokenLine({ seed, broken }: Run): string {
  return `seed ${seed}: ${broken?.invariant}: ${broken?.detail}`;
}

function wishOf() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      mails: { type: 'string' },
    },
    strict: true,
  });
  const read = (text: string | undefined) =>
    text === undefined || /^[1-9]\d{0,8}$/.test(text) ? Number(text ?? 0) : Number.NaN;
  const [seeds, seed, mails] = [read(values.seeds), read(values.seed), read(values.mails)];
  if ([seeds, seed, mails].some(Number.isNaN)) return undefined;
  const one = seed > 0 && seeds === 0 && mails === 0;
  return {
    first: seed === 0 ? 1 : seed,
    seeds: one ? 1 : seeds === 0 && mails === 0 ? 1_000 : seeds,
    mails,
    size: mails > 0 ? SIZE_WHEN_LONG : 1,
  };
}

/** What happened to whom, in order, in the smallest run that still shows it. */
async function tell(run: Run, wish: Wish): Promise<void> {
  const { cut } = await shrunk(run, wish);
  const { broken, story } = await simulate(run.seed, { ...wish, cut, story: true });
  const long = wish.size === SIZE_WHEN_LONG ? ' --mails 1' : '';
  console.error(
    [
      '',
      `${broken?.invariant}: ${broken?.detail}`,
      ...story,
      '',
      `To see it again: npm run simulate -- --seed ${run.seed}${long}`,
    ].join('\n'),
  );
}
