import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Run } from './simulate.ts';
import { newTally, withRun, type Tally } from './tally.ts';

export type Asked = { readonly seed: number; readonly size: number };
export type Many = {
  readonly first: number;
  readonly seeds: number;
  /** Goes on until so many candidates were simulated. */
  readonly candidates: number;
  readonly size: number;
  /** Told after each run; the others may still be under way. */
  readonly progress?: (tally: Tally) => void;
};

const THREADS_MOST = 8;
/** Worlds are full of things that soon are no more: with room for them they are cleared away less often. */
const ROOM = { maxYoungGenerationSizeMb: 64 };

/**
 * Runs of one seed after another, on as many cores as there are: each is a world of its own, so
 * that who runs it and when makes no difference. Keeps sums and the runs that broke a promise, so
 * that a million take no more room than a thousand.
 */
export async function simulateMany(many: Many): Promise<Tally> {
  const { first, seeds, candidates, size, progress } = many;
  let tally = newTally;
  let next = first;
  const wanted = () => next - first < seeds || tally.candidates < candidates;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./many-worker.ts', import.meta.url), {
        resourceLimits: ROOM,
      });
      const ask = () => {
        if (!wanted()) return void worker.terminate().then(() => resolve(), reject);
        worker.postMessage({ seed: next, size } satisfies Asked);
        next += 1;
      };
      worker.on('message', (run: Run) => {
        tally = withRun(tally, run);
        progress?.(tally);
        ask();
      });
      worker.on('error', reject);
      ask();
    });
  const most = seeds > 0 && candidates === 0 ? seeds : THREADS_MOST;
  const threads = Math.min(availableParallelism(), THREADS_MOST, most);
  await Promise.all(Array.from({ length: threads }, work));
  return tally;
}
