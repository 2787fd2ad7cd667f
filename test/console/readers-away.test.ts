import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('whoever looks for readers while the house is out of order', () => {
  it('is told so, and not left with an empty page', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/');
    await page.route(/api\/v1\/(people|reports)/, (route) => route.fulfill({ status: 500 }));
    await page.getByRole('link', { name: 'Lecteurs' }).click();
    await page.getByRole('alert').getByText('Quelque chose s’est cassé').waitFor();
  });
});
