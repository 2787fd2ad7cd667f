import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { given } from '../api/cast.ts';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam } from './console.ts';
import { sentCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function reader(town: StoryTown, more: object): Promise<string> {
  const { id } = await town.call<{ id: string }>('POST', '/people', {
    email: 'lea@example.org',
    givenName: 'Léa',
    language: 'fr',
    timeZone: 'Europe/Paris',
    subscriptions: [given('arrivages')],
    ...more,
  });
  return id;
}

describe('the page of a reader', () => {
  it('says of each topic what will really happen at their pace', async () => {
    const town = await houseWithTeam();
    const id = await reader(town, { frequency: 'immediate' });
    const { page } = await enter(browser, town, 'support', `/people/${id}`);
    await page.getByText('Arrivages tout de suite').waitFor();
    expect(await page.getByText('dans sa lettre').count()).toBe(0);
  }, 60_000);

  it('says that they take a break, in its head and of each topic', async () => {
    const town = await houseWithTeam();
    const id = await reader(town, { frequency: 'immediate' });
    await town.call('POST', `/people/${id}/preferences`, {
      pausedUntil: '2026-03-01T09:00:00Z',
      agent: { name: 'Lucie', method: 'phone' },
    });
    const { page } = await enter(browser, town, 'support', `/people/${id}`);
    await page.getByText('lea@example.org · en pause').waitFor();
    await page.getByText('attend son retour').waitFor();
    expect(await page.getByText('nous lit').count()).toBe(0);
  }, 60_000);
});

describe('a day of letters', () => {
  it('leads to the day of whoever has their letter on another', async () => {
    const town = await houseWithTeam();
    await sentCampaign(town);
    await reader(town, { frequency: 'quarterly' });
    const { page } = await enter(browser, town, 'sender', '/letters?day=2026-01-06');
    await page.getByLabel('Nom ou adresse').fill('lea@example.org');
    await page.getByRole('button', { name: 'Léa' }).click();
    await page.getByRole('link', { name: 'Sa lettre part le 3 mars 2026.' }).click();
    await page.waitForURL(/day=2026-03-03/);
  }, 60_000);
});
