import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';

/** Everything that proves the product on one machine, in the order in which a failure is cheapest. */
const scratch = mkdtempSync(path.join(tmpdir(), 'moderato-test-'));
const report = path.join(scratch, 'report.json');
const only = process.argv.slice(2);

type Step = { readonly name: string; readonly command: string; readonly args: readonly string[] };

const VITEST: Step = {
  name: 'tests',
  command: 'vitest',
  args: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...only],
};

/** Lanes of a stage run side by side, the steps of a lane one after the other: no core waits for the other's. */
const STAGES: readonly (readonly (readonly Step[])[])[] =
  only.length > 0
    ? [[[VITEST]]]
    : [
        [
          [{ name: 'lint', command: 'eslint', args: ['.', '--max-warnings', '0'] }],
          [
            { name: 'types', command: 'tsc', args: ['--noEmit'] },
            { name: 'types of the console', command: 'tsc', args: ['--noEmit', '-p', 'web'] },
            { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
            {
              name: 'the console, built',
              command: 'node',
              args: [
                '--input-type=module',
                '--eval',
                "await (await import('./infra/console.ts')).builtConsole()",
              ],
            },
          ],
        ],
        // Each of these takes all cores by itself.
        [
          [
            {
              name: 'a thousand simulated histories',
              command: 'node',
              args: ['infra/simulation/run.ts', '--seeds', '1000'],
            },
            VITEST,
          ],
        ],
      ];

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const failed: string[] = [];
for (const stage of STAGES) await Promise.all(stage.map(goThrough));
const counted = countsOf(report);
rmSync(scratch, { recursive: true, force: true });
console.log(
  `${counted.passed} passed, ${counted.failed + failed.filter((name) => name !== 'tests').length} failed`,
);
process.exitCode = failed.length > 0 || counted.passed === 0 ? 1 : 0;

async function goThrough(lane: readonly Step[]): Promise<void> {
  for (const step of lane) {
    const began = performance.now();
    const code = await run(step);
    console.log(
      `${code === 0 ? 'ok' : 'FAILED'}  ${step.name} (${Math.round((performance.now() - began) / 1000)} s)`,
    );
    if (code !== 0) failed.push(step.name);
  }
}

function run({ command, args }: Step): Promise<number> {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('error', () => done(127));
    child.on('exit', (code) => done(code ?? 1));
  });
}

function countsOf(file: string): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
