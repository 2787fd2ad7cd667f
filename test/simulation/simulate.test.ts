import { expect, test } from 'vitest';
import { shrunk } from '../../infra/simulation/shrink.ts';
import { simulate } from '../../infra/simulation/simulate.ts';
import { THE_PRODUCT } from '../../infra/simulation/world.ts';
import { askedAgainByTheClient, withMailer } from './variants/broken-mailer.ts';

/** A thousand seeds are a step of their own of `npm test`: `npm run simulate`. */
const PATIENCE_MS = 120_000;

test('the same seed is the same world, step by step', { timeout: PATIENCE_MS }, async () => {
  const traceOf = async (seed: number) => {
    const trace: string[] = [];
    await simulate(seed, { traced: (line) => trace.push(line) });
    return trace;
  };
  for (const seed of [3, 11, 29]) {
    const trace = await traceOf(seed);
    expect(trace.length).toBeGreaterThan(100);
    expect(await traceOf(seed)).toEqual(trace);
  }
});

test('another seed is another world', async () => {
  const [one, other] = [await simulate(11), await simulate(29)];
  expect([one.steps, one.mails]).not.toEqual([other.steps, other.mails]);
});

test(
  'a broken promise is told as a story of one person, in the smallest world that shows it',
  { timeout: PATIENCE_MS },
  async () => {
    const rooms = { ...THE_PRODUCT, through: withMailer(askedAgainByTheClient) };
    let seed = 1;
    while (!(await simulate(seed, { rooms })).broken) seed += 1;
    const whole = await simulate(seed, { rooms });
    const { cut, run } = await shrunk(whole, { rooms });
    expect(run.broken?.invariant).toBe(whole.broken?.invariant);
    expect(run.candidates).toBeLessThanOrEqual(whole.candidates);
    const { broken, story } = await simulate(seed, { rooms, cut, story: true });
    expect(broken?.who).toBeDefined();
    // Twice the same mail; another of theirs may stand in the story too.
    const accepted = story.filter((line) => line.includes('accepted by the provider'));
    expect(accepted.length).toBeGreaterThanOrEqual(2);
  },
);
