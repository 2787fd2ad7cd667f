import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { draftCampaign } from './scenes.ts';
import { enter, houseWithTeam, objections } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Files of the console that were not fetched yet do not come: the house is away, or a newer one has others. */
const ASSETS = '**/console/assets/**';

describe('a room of the console that cannot be fetched', () => {
  it('says so within the house, and is there at the next try once the house is back', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/campaigns', { locale: 'en' });
    await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();
    await page.route('**/*', (route) => route.abort());
    for (const room of ['Calendar', 'Segments', 'Readers', 'Today']) {
      await page.getByRole('navigation').getByRole('link', { name: room }).click();
      await page.getByText('The house does not answer. Check the connection').waitFor();
      expect(await page.getByRole('navigation').first().isVisible()).toBe(true);
    }
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The house does not answer. Check the connection').waitFor();
    expect(await objections(page)).toEqual([]);
    await page.unroute('**/*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Calendar' }).click();
    await page.getByRole('heading', { level: 1, name: /20\d\d/ }).waitFor();
  });

  it('comes from the newer console, where the house has one by now', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/campaigns', { locale: 'en' });
    await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();
    await page.route(ASSETS, (route) => route.fulfill({ status: 404 }), { times: 2 });
    await page.getByRole('navigation').getByRole('link', { name: 'Calendar' }).click();
    await page.getByRole('heading', { level: 1, name: /20\d\d/ }).waitFor();
  });

  it('leaves what one writes where it is', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    const { page } = await enter(browser, town, 'owner', `/campaigns/${id}/write`, {
      locale: 'en',
    });
    await page.getByLabel('Subject').first().fill('A word that stays');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.route(ASSETS, (route) => route.abort(), { times: 2 });
    const anew = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Versions' }).click();
    await anew;
    expect(await page.getByLabel('Subject').first().inputValue()).toBe('A word that stays');
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('dialog').waitFor();
  });
});
