import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections } from './console.ts';
import { houseThatLives, leaving, plannedCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('who opens the house in the morning reads who came to leave and stayed, and what is behind each figure', async () => {
  const town = await houseThatLives(await houseWithTeam());
  const { page, watch } = await enter(browser, town, 'owner', '/');
  await page
    .getByText('2 personnes sont venues pour partir : une est restée autrement, une est partie.')
    .waitFor();
  await page.locator('summary').click();
  await page.getByRole('row', { name: 'Un rythme plus lent 1 0' }).waitFor();
  await page.getByText('On peut écrire à 4 personnes sur 6.').waitFor();
  await page.getByText('8 mails sont partis.').waitFor();
  await page.getByText('12,5 %, pour une limite de 4 %').waitFor();
  expect(await objections(page)).toEqual([]);
  await page.getByRole('link', { name: 'une adresse morte', exact: true }).click();
  await page.getByText('Parmi les personnes dont l’adresse est morte.').waitFor();
  await page.getByRole('link', { name: 'Chloé' }).waitFor();
  expect(await page.getByRole('link', { name: 'Ada' }).count()).toBe(0);
  expect(new URL(page.url()).search).toBe('?among=bounced');
  await page.getByRole('link', { name: 'Chercher parmi tout le monde' }).click();
  await page.getByText('Parmi les personnes').waitFor({ state: 'detached' });
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('a count is made anew when somebody asks, and who may not look readers up is shown figures alone', async () => {
  const town = await houseThatLives(await houseWithTeam());
  const { page, watch } = await enter(browser, town, 'analyst', '/');
  await page.getByText('On peut écrire à 4 personnes sur 6.').waitFor();
  await leaving(town, 'reader-1@example.org', 'Ne plus rien recevoir');
  await page.getByRole('button', { name: 'Compter à nouveau' }).click();
  await page.getByText('On peut écrire à 3 personnes sur 6.').waitFor();
  // Who may not look readers up is shown figures, and no way to the people behind them.
  await page.getByRole('heading', { name: 'La vérité du fichier' }).waitFor();
  expect(await page.locator('.states a').count()).toBe(0);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('a file that was never counted is offered to be counted, and only then counted again', async () => {
  const town = await houseWithTeam();
  await plannedCampaign(town);
  const { page, watch } = await enter(browser, town, 'analyst', '/');
  await page.getByRole('button', { name: 'Compter', exact: true }).click();
  await page.getByRole('button', { name: 'Compter à nouveau' }).waitFor();
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});
