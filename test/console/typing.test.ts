import type { Browser } from 'playwright-core';
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
  await page.keyboard.type(words);
  expect(await text.textContent()).toContain(words);
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
