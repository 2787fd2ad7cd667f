import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const FILE = [
  'courriel;prénom;nom;ville',
  'ines@example.org;Inès;Roux;Lyon',
  'luc@example.org;Luc;<img src=x onerror=alert(1)>;Dole',
  'pas une adresse;Max;Petit;Lyon',
].join('\r\n');
type People = { readonly items: readonly { readonly state: string }[] };

describe('a file of people', () => {
  it('is rehearsed before anybody is written, and comes in with its proof', async () => {
    const town = await houseWithTeam();
    const { page, watch } = await enter(browser, town, 'owner', '/settings/imports');
    await page.getByLabel('Choisir un fichier CSV').setInputFiles({
      name: 'boutique.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(FILE),
    });
    await page.getByText('à préparer').waitFor();
    expect(await page.getByLabel('courriel').inputValue()).toBe('email');
    await page.getByLabel('ville').selectOption('champ « ville »');
    await page.getByLabel('Arrivages').check();
    await page.getByLabel('Ce que vous pouvez montrer').selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Répéter' }).click();
    await page.getByText('Il manque quelque chose').waitFor();

    await page.getByLabel('Date de l’accord').fill('2025-11-02');
    await page.getByLabel('Mots exacts').fill('Oui, la maison peut m’écrire.');
    await page.getByRole('button', { name: 'Répéter' }).click();
    await page.getByText('Ce que la répétition a trouvé').waitFor();
    await page.getByText('Les lignes refusées').click();
    await page.getByText('Ligne 4').waitFor();
    expect((await town.call<People>('GET', '/people')).items).toEqual([]);

    await page.getByRole('button', { name: 'Importer 2 personnes' }).click();
    await page.getByText('terminé, le fichier est effacé').waitFor();
    const { items } = await town.call<People>('GET', '/people');
    expect(items.map(({ state }) => state)).toEqual(['active', 'active']);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('has no door for who may not bring people in', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'support', '/settings');
    await page.getByRole('link', { name: 'Inscription' }).waitFor();
    expect(await page.getByRole('link', { name: 'Imports' }).count()).toBe(0);
  });
});
