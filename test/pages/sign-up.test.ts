import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { townWithClaire } from '../stories/reader-cast.ts';
import { launchChromium, windowOn } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it.each([
  ['fr', /^3 champs demandent votre attention/, /^Un champ demande votre attention/],
  ['en', /^3 fields need your attention/, /^One field needs your attention/],
])(
  'the sign-up form counts what is to be mended, and its button stands apart (%s)',
  async (lang, three, one) => {
    const { town } = await townWithClaire();
    const { page } = await windowOn(browser, town);
    await page.goto(`${town.ports.publicUrl}/subscribe?lang=${lang}`);
    const alert = async () => (await page.textContent('[role=alert] h2'))?.trim();
    await page.click('button.go');
    expect(await alert()).toMatch(three);
    await page.fill('#email', 'dora@example.org');
    await page.check('[name=topics] >> nth=0');
    await page.click('button.go');
    expect(await alert()).toMatch(one);
    const consent = (await page.locator('#consent').boundingBox())!;
    const button = (await page.locator('button.go').boundingBox())!;
    expect(button.y - consent.y - consent.height).toBeGreaterThanOrEqual(8);
    await page.context().close();
  },
);
