import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    mails: { type: 'string' },
  },
});
const started = performance.now();
let candidates = 0,
  mails = 0,
  faults = 0,
  violations = 0,
  steps = 0,
  days = 0,
  seeds = 0;
const seen = new Map<string, number[]>();
const first = Number(values.seed ?? 1);
const count = values.seed === undefined ? Number(values.seeds) : 1;
for (let seed = first; seed < first + count; seed += 1) {
  const t = performance.now();
  const run = await simulate(seed, { story: count === 1 });
  seeds += 1;
  candidates += run.candidates;
  mails += run.mails;
  faults += run.faults;
  steps += run.steps;
  days += run.virtualDays;
  if (process.env.SLOW && performance.now() - t > 300)
    console.log('slow', seed, Math.round(performance.now() - t), run.steps);
  if (run.broken) {
    violations += 1;
    const key =
      run.broken.invariant +
      ' ' +
      run.broken.detail.replace(/[0-9a-z-]*\d[0-9a-z-]*/g, '#').slice(0, 110);
    seen.set(key, [...(seen.get(key) ?? []), seed]);
    if (count === 1) {
      console.log(run.broken);
      console.log(run.story.join('\n'));
    }
  }
}
for (const [key, list] of [...seen].sort((a, b) => b[1].length - a[1].length))
  console.log(list.length, key, list.slice(0, 6).join(' '));
console.log({
  seeds,
  candidates,
  mails,
  faults,
  violations,
  steps,
  days,
  ms: Math.round(performance.now() - started),
});
