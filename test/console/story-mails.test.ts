import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { sentCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('the mails of a reader', () => {
  it('are told with why they came, opened as they had them, and lead to their campaign', async () => {
    const town = await houseWithTeam();
    const id = await sentCampaign(town);
    const { id: ada } = await town.call<{ id: string }>('POST', '/people/lookup', {
      email: 'reader-0@example.org',
    });
    const { page, watch } = await enter(browser, town, 'support', `/people/${ada}`, {
      locale: 'en',
    });
    await page.getByText('Mail “Le poulsard est là” · follows “New in”').waitFor();
    await page.getByRole('button', { name: 'Open it as they had it' }).click();
    const letter = page.frameLocator('iframe.letter-frame');
    await letter.getByText('Il est arrivé du Jura.').waitFor();
    await letter.getByText('Ada', { exact: false }).first().waitFor();
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'The campaign', exact: true }).click();
    await page.waitForURL(new RegExp(`/campaigns/${id}$`));
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);

  it('are told too when they wait for another day, on a phone', async () => {
    const town = await houseWithTeam();
    await sentCampaign(town);
    const { id: chloe } = await town.call<{ id: string }>('POST', '/people/lookup', {
      email: 'reader-2@example.org',
    });
    const { page } = await enter(browser, town, 'support', `/people/${chloe}`, {
      colorScheme: 'dark',
    });
    await page.setViewportSize({ width: 390, height: 844 });
    await page
      .getByText(/^«\u00a0Le poulsard est là\u00a0» est remis à sa propre lettre du .* plus lent$/)
      .waitFor();
    expect(await page.getByRole('button', { name: /^L’ouvrir/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'La campagne', exact: true }).waitFor();
    expect(await widthOf(page)).toBe(390);
    expect(await objections(page)).toEqual([]);
  }, 60_000);
});
