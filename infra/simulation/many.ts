import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Run } from './simulate.ts';

export type Asked = { readonly seed: number; readonly size: number };
export type Many = {
  readonly first: number;
  readonly seeds: number;
  /** Goes on until so many candidates were simulated. */
  readonly candidates: number;
  readonly size: number;
};

const THREADS_MOST = 8;

/**
 * Runs of one seed after another, on as many cores as there are: each is a world of its own, so
 * that who runs it and when makes no difference. Answers in the order of the seeds.
 */
export async function simulateMany({ first, seeds, candidates, size }: Many): Promise<Run[]> {
  const runs: Run[] = [];
  let next = first;
  let seen = 0;
  const wanted = () => next - first < seeds || seen < candidates;
  const threads = Math.min(availableParallelism(), THREADS_MOST, Math.max(seeds, 1));
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./many-worker.ts', import.meta.url));
      const ask = () => {
        if (!wanted()) return void worker.terminate().then(() => resolve(), reject);
        worker.postMessage({ seed: next, size } satisfies Asked);
        next += 1;
      };
      worker.on('message', (run: Run) => {
        runs.push(run);
        seen += run.candidates;
        ask();
      });
      worker.on('error', reject);
      ask();
    });
  await Promise.all(Array.from({ length: threads }, work));
  return runs.sort((one, other) => one.seed - other.seed);
}
