import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, TEAM, type Role } from './console.ts';
import { sentCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** The next change is asked by somebody whose sign-in has ended. */
const endsAt = (page: Page, address: RegExp) =>
  page.route(address, (route) =>
    route.request().method() === 'GET'
      ? route.fallback()
      : route.fulfill({ status: 401, json: { code: 'token-expired', title: 'x' } }),
  );

/** Whoever signed in here before is known again, unless somebody else sits here now. */
async function back(page: Page, as?: Role) {
  await page.unrouteAll();
  if (as) await page.context().clearCookies();
  await page.getByRole('button', { name: 'Se connecter' }).click();
  if (as) await page.locator('button', { hasText: TEAM[as] }).click();
}

describe('a sign-in that ends while somebody fills in', () => {
  it('the settings takes nothing from them, and gives nothing to somebody else', async () => {
    const town = await houseWithTeam();
    const { page, watch } = await enter(browser, town, 'owner', '/settings');
    const legal = page.getByLabel('Raison sociale');
    await legal.fill('Maison Delorme et filles');
    await endsAt(page, /api\/v1\/brand/);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.waitForURL('**/sign-in?*');
    await back(page);
    await legal.waitFor();
    expect(await legal.inputValue()).toBe('Maison Delorme et filles');
    await endsAt(page, /api\/v1\/brand/);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.waitForURL('**/sign-in?*');
    await back(page, 'editor');
    await legal.waitFor();
    expect(await legal.inputValue()).not.toContain('filles');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('the cover of the next letter takes nothing from them either', async () => {
    const town = await houseWithTeam();
    await sentCampaign(town);
    const { page, watch } = await enter(browser, town, 'editor', '/letters');
    const subject = page.getByLabel('Objet · Français');
    await subject.fill('Un mot avant les fêtes');
    await endsAt(page, /api\/v1\/digests/);
    await page.getByRole('button', { name: 'Enregistrer la couverture' }).click();
    await page.waitForURL('**/sign-in?*');
    await back(page);
    await subject.waitFor();
    expect(await subject.inputValue()).toBe('Un mot avant les fêtes');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });
});
