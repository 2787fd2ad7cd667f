import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is looked for again and again is saved or drawn in a moment; on a busy machine, in several.
    expect: { poll: { timeout: 15_000 } },
    // Stories wait for a browser more than they compute: a core is left idle by one worker less.
    maxWorkers: Math.max(2, availableParallelism()),
    // A plain console is a test's own; logs of faults that a test provokes are part of what it checks.
    silent: 'passed-only',
  },
});
