import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';
import { withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('an owner says on what else than consent one may write, and how many forms are taken in an hour', async () => {
  const town = await houseWithTeam();
  const { page, watch } = await enter(browser, town, 'owner', '/settings/bases');
  await page.getByLabel('Famille de produits', { exact: true }).fill('vins-du-jura');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByRole('group', { name: 'vins-du-jura' }).getByLabel('Arrivages').check();
  await page.getByLabel('Pays', { exact: true }).fill('de, at');
  await page.getByLabel('Par heure, d’un même réseau').fill('0');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('De 1 à cent mille.').waitFor();
  await page.getByLabel('Par heure, d’un même réseau').fill('5');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('C’est enregistré.').waitFor();
  expect(await town.call('GET', '/brand')).toMatchObject({
    productFamilies: { 'vins-du-jura': ['arrivages'] },
    businessCountries: ['DE', 'AT'],
    forms: { anHour: 1_000, anHourFromOneNetwork: 5 },
  });
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('a form says something else from now on, is closed, and opened again', async () => {
  const town = await houseWithTeam();
  const salon = { id: 'salon', topics: ['arrivages'], frequency: 'weekly' };
  await town.call('POST', '/forms', salon);
  const { page, watch } = await enter(browser, town, 'owner', '/settings/sign-up');
  await page.getByRole('button', { name: 'Modifier : salon' }).click();
  await page.getByLabel('Rythme annoncé').selectOption('chaque mois');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('annonce : chaque mois').waitFor();
  await page.getByRole('button', { name: 'Fermer : salon' }).click();
  await page.getByText('fermé le 5 janvier 2026').waitFor();
  expect((await town.open('/subscribe/salon')).status).toBe(404);
  await page.getByRole('button', { name: 'Rouvrir : salon' }).click();
  await page.getByText('fermé le').waitFor({ state: 'detached' });
  expect(await town.call('GET', '/forms/salon')).toMatchObject({
    frequency: 'monthly',
    closedAt: null,
  });
  expect(await page.getByRole('button', { name: /^Fermer : La page/ }).count()).toBe(0);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('who asked in person to be forgotten is erased so, and the ledger says by which way', async () => {
  const town = await houseWithTeam();
  const [ada] = await withReaders(town);
  const { page, watch } = await enter(browser, town, 'owner', `/people/${ada}`);
  await page.getByRole('button', { name: /^Effacer/ }).click();
  await page.getByLabel('Par quel moyen').selectOption('en personne');
  await page.getByLabel('La personne l’a demandé').check();
  await page.getByRole('button', { name: 'Effacer pour de bon' }).click();
  await page.getByText('C’est effacé.').waitFor();
  const methods: unknown[] = [];
  for await (const row of town.ports.table.query('records', `ledger#${ada}`))
    methods.push((row.data as { readonly method: string }).method);
  expect(methods.at(-1)).toBe('in-person');
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});
