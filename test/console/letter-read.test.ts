import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../functions/base/time.ts';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { draftCampaign, plannedCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const PHONE = { width: 390, height: 844 };
const FRAME = 'iframe.letter-frame';

describe('the letter of a campaign', () => {
  it('is read by whoever sends it, before it leaves, in each of its languages', async () => {
    const town = await houseWithTeam();
    const id = await plannedCampaign(town);
    const { page, watch } = await enter(browser, town, 'sender', `/campaigns/${id}`);
    await page.getByRole('figure', { name: 'Dans la boîte de réception' }).waitFor();
    await page.getByText('Six bouteilles par personne').waitFor();
    await page.frameLocator(FRAME).getByText('Il est arrivé du Jura.').waitFor();
    await page.getByRole('button', { name: 'English', exact: true }).last().click();
    await page.frameLocator(FRAME).getByText('It came from the Jura.').waitFor();
    await page.getByText('Six bottles each').waitFor();
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);

  it('is still there once it has left, on a phone, for whoever only reads figures', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const id = await draftCampaign(town);
    await town.call('POST', `/campaigns/${id}/schedule`, { at: 'now', timeZone: 'Europe/Paris' });
    await town.passTime(3 * MINUTE);
    const { page, watch } = await enter(browser, town, 'analyst', `/campaigns/${id}`, {
      colorScheme: 'dark',
    });
    await page.setViewportSize(PHONE);
    await page.getByText('Lire la lettre', { exact: true }).click();
    await page.frameLocator(FRAME).getByText('Il est arrivé du Jura.').waitFor();
    expect(await widthOf(page)).toBe(PHONE.width);
    expect(await objections(page)).toEqual([]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);
});

describe('what is worth a second look', () => {
  it('stands where one chooses when, and leads to the desk', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const id = await draftCampaign(town);
    await town.call(
      'PATCH',
      `/campaigns/${id}`,
      { subject: { fr: 'LE POULSARD EST LÀ', en: 'The poulsard is here' } },
      { 'if-match': '*' },
    );
    const { page } = await enter(browser, town, 'owner', `/campaigns/${id}/when`);
    await page.getByText('L’objet crie').waitFor();
    expect(await page.locator('.remarks q').allTextContents()).toContain('LE POULSARD EST LÀ');
    await page.getByRole('link', { name: 'Retoucher la lettre' }).click();
    await page.waitForURL(/\/write$/);
  }, 60_000);

  it('is told before it leaves, with what to do first', async () => {
    const town = await houseWithTeam();
    const id = await plannedCampaign(town);
    const { page } = await enter(browser, town, 'sender', `/campaigns/${id}/when`);
    await page.getByText('Pour la retoucher, reprenez d’abord la main.').waitFor();
    expect(await page.getByRole('link', { name: 'Retoucher la lettre' }).count()).toBe(0);
    expect(await objections(page)).toEqual([]);
  }, 60_000);
});
