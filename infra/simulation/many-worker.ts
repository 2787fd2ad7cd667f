import { parentPort } from 'node:worker_threads';
import type { Asked } from './many.ts';
import { simulate } from './simulate.ts';

/** One thread of many: told a seed, it answers how that run went. */
parentPort?.on('message', ({ seed, size }: Asked) => {
  void simulate(seed, { size }).then((run) => parentPort?.postMessage(run));
});
