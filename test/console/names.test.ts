import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, widthOf } from './console.ts';
import { draftCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const LONG = 'abcdefghijklmnopqrstuvwxyz'.repeat(4).slice(0, 100);

describe('a name of a hundred letters without a blank', () => {
  it('widens no screen, on a desk or on a phone', { timeout: 120_000 }, async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town, LONG);
    const at = '2026-12-01T09:00';
    await town.call('POST', `/campaigns/${await draftCampaign(town, LONG)}/schedule`, {
      ...{ at, timeZone: 'Europe/Paris', expect: 0 },
    });
    const person = await town.call<{ id: string }>('POST', '/people', {
      email: `${LONG.slice(0, 60)}@${'x'.repeat(60)}.example.org`,
      givenName: LONG.slice(0, 60),
      familyName: LONG.slice(0, 60),
      fields: { [LONG.slice(0, 38)]: LONG },
      subscriptions: [{ topic: 'arrivages', consent: { state: 'asked' } }],
    });
    const { page } = await enter(browser, town, 'owner', '/');
    const wide: string[] = [];
    for (const path of [
      '',
      'campaigns',
      `campaigns/${id}`,
      `campaigns/${id}/when`,
      'calendar',
      'people',
      `people/${person.id}`,
      'settings/log',
    ]) {
      await page.goto(`${town.ports.publicUrl}/console/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText(LONG.slice(0, 38)).or(page.locator('main h2, main p')).first().waitFor();
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        if ((await widthOf(page)) > width) wide.push(`${path} at ${width}`);
      }
    }
    expect(wide).toEqual([]);
  });
});

describe('the name of a window', () => {
  it('says which of several screens it is, so that tabs and the history can be told apart', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town, 'Savagnin');
    const { page } = await enter(browser, town, 'owner', '/settings');
    const titles: string[] = [];
    for (const path of [
      'settings',
      'settings/paces',
      'settings/log',
      `campaigns/${id}`,
      `campaigns/${id}/write`,
      `campaigns/${id}/when`,
    ]) {
      await page.goto(`${town.ports.publicUrl}/console/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      titles.push(await page.title());
    }
    expect(titles).toEqual([
      'La maison · Réglages · Moderato',
      'Rythmes et heures · Réglages · Moderato',
      'Journal · Réglages · Moderato',
      'Savagnin · Moderato',
      'Écriture · Savagnin · Moderato',
      'Choisir quand · Savagnin · Moderato',
    ]);
  });
});
