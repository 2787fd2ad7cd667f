import { parseArgs } from 'node:util';
import { simulateMany } from './many.ts';
import { shrunk } from './shrink.ts';
import { simulate, type Run, type Wish } from './simulate.ts';

/** In the long form worlds are larger: more mails for the same number of scenes. */
const SIZE_WHEN_LONG = 8;
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
  const runs = await simulateMany({ first, seeds, candidates: mails, size });
  const broken = runs.filter((run) => run.broken);
  for (const { seed, broken: it } of broken)
    console.error(`seed ${seed}: ${it?.invariant}: ${it?.detail}`);
  const [worst] = broken;
  if (worst) await tell(worst, { size });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${of(runs.length, 'seed')} from ${first} in ${seconds} s: ` +
      `${of(sum(runs, 'virtualDays'), 'virtual day')}, ${of(sum(runs, 'candidates'), 'candidate')}, ` +
      `${of(sum(runs, 'mails'), 'mail')}, ${of(sum(runs, 'faults'), 'fault')} injected, ` +
      of(broken.length, 'violation'),
  );
  return broken.length > 0 ? 1 : 0;
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

function sum(
  runs: readonly Run[],
  what: 'virtualDays' | 'candidates' | 'mails' | 'faults',
): number {
  return runs.reduce((total, run) => total + run[what], 0);
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

function of(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
