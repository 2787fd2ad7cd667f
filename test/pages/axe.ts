import type axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A colour on its way to another one is nobody's choice: what ends is waited for. */
const TURNING = `document.getAnimations()
  .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished.catch(() => undefined))`;

/** What an expert in accessibility would object to, in a line each. */
export async function objections(page: Page): Promise<string[]> {
  // To read it costs a browser twice what it costs to look: a page has it once, and is looked at often.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(SOURCE);
  const found = await page.evaluate<Pick<axe.Result, 'id' | 'nodes'>[]>(
    `Promise.all(${TURNING}).then(() => axe.run({ resultTypes: ['violations'] })).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
