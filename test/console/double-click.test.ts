import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('a double click makes one letter, one copy and one test, and who clicks again later gets another', async () => {
  const town = await houseWithTeam();
  const { page, watch } = await enter(browser, town, 'owner', '/campaigns/new');
  const letters = async () =>
    (await town.call<{ items: { id: string }[] }>('GET', '/campaigns')).items;
  await page.getByLabel('Nom', { exact: false }).first().fill('Première neige');
  await page.getByRole('button', { name: 'Commencer', exact: true }).dblclick();
  await page.waitForURL(/\/write$/);
  expect(await letters()).toHaveLength(1);

  const test = page.getByRole('button', { name: 'M’envoyer un essai' });
  await test.dblclick();
  await page.getByText('Un essai est parti').first().waitFor();
  await page.waitForLoadState('networkidle');
  await town.settle();
  expect(town.mails()).toHaveLength(1);

  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Foire',
    topic: 'arrivages',
    subject: 'Foire',
    content: { format: 'markdown', source: 'Bonjour.' },
  });
  await town.call('POST', `/campaigns/${id}/schedule`, { at: 'now', timeZone: 'Europe/Paris' });
  for (const many of [3, 4]) {
    await page.goto(`${town.ports.publicUrl}/console/campaigns/${id}`);
    await page.getByRole('button', { name: 'Dupliquer', exact: true }).dblclick();
    await page.waitForURL(/\/write$/);
    await page.waitForLoadState('networkidle');
    expect(await letters()).toHaveLength(many);
  }
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
}, 60_000);
