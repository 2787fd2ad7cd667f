import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes long begins first, so that no core is left idle beside one long file at the end: files
 * that drive a browser, and files that give a test a minute or more.
 */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      /launchChromium|(\}, |timeout: )\d{2,3}_000/.test(readFileSync(moduleId, 'utf8'));
    const { long = [], short = [] } = Object.groupBy(await super.sort(files), (file) =>
      isLong(file) ? 'long' : 'short',
    );
    return [...long, ...short];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is looked for again and again is saved or drawn in a moment; on a busy machine, in several.
    expect: { poll: { timeout: 15_000 } },
    // Stories wait for a browser, for a child process or for the disk: one worker more than cores
    // has something to do meanwhile.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongFirst },
    // A plain console is a test's own; logs of faults that a test provokes are part of what it checks.
    silent: 'passed-only',
  },
});
