import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';
import { fortyBlocks } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Notes which blocks of the letter are drawn anew from now on, and marks each editor to be known again. */
const WATCH = `(() => {
  window.touched = new Set();
  const nameOf = (node) =>
    (node.nodeType === 1 ? node : node.parentElement)?.closest('[data-block]')?.id ?? 'the desk';
  new MutationObserver((records) => {
    for (const { target } of records) window.touched.add(nameOf(target));
  }).observe(document.querySelector('.paper'), {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  for (const editor of document.querySelectorAll('.ProseMirror')) editor.marked = true;
})()`;

/** Twice what a key takes; to draw the whole desk anew for each took fifty thousand. */
const CALLS_A_KEY = 20_000;

/** How many functions of the page were called meanwhile: its work, on a fast machine and on a slow one. */
async function callsOf(page: Page, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await work();
  const { result } = await session.send('Profiler.takePreciseCoverage');
  await session.send('Profiler.stopPreciseCoverage');
  await session.detach();
  return result
    .flatMap(({ functions }) => functions.map(({ ranges }) => ranges[0]?.count ?? 0))
    .reduce((sum, count) => sum + count, 0);
}

it('fifty keys in a letter of forty blocks in two languages draw one block, and ask the house once they rest', async () => {
  const town = await houseWithTeam();
  const path = await fortyBlocks(town);
  const { page, watch } = await enter(browser, town, 'editor', path);
  await page.getByRole('button', { name: 'Côte à côte' }).click();
  const text = page.locator('#block-text-20 [contenteditable]').first();
  await text.click();
  await page.keyboard.press('End');
  await page.waitForLoadState('networkidle');
  // From here on no time passes: what waits for a rest waits.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  const asked: string[] = [];
  page.on('request', (request) =>
    asked.push(`${request.method()} ${new URL(request.url()).pathname}`),
  );
  await page.evaluate(WATCH);
  const words = ' cinquante lettres, une à une, sans que rien bouge.';
  const calls = await callsOf(page, () => page.keyboard.type(words));
  expect(await text.textContent()).toContain(words);
  expect(calls / words.length).toBeLessThan(CALLS_A_KEY);
  expect(await page.evaluate('[...window.touched]')).toEqual(['block-text-20']);
  const editors = page.locator('.ProseMirror');
  expect(await editors.evaluateAll((all) => all.filter((one) => !('marked' in one)).length)).toBe(
    0,
  );
  expect(asked).toEqual([]);
  await page.clock.runFor(3_000);
  await page.getByText('Enregistré', { exact: true }).waitFor();
  const ask = (what: RegExp) => asked.filter((one) => what.test(one)).length;
  expect([ask(/^PATCH/), ask(/^POST .*\/preview$/)]).toEqual([1, 1]);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
}, 60_000);
