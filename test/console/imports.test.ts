import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { piecesOf } from '../../web/settings/file-text.ts';
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
  'Luc@example.org;Luc;Martin;Dole',
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
    await page.getByLabel('Ce que vous pouvez montrer').selectOption({ index: 1 });
    await page.getByLabel('Date de l’accord').fill('2025-11-02');
    await page.getByRole('button', { name: 'Répéter' }).click();
    await page.getByText('Une phrase de 20 signes au moins').waitFor();
    expect(await page.getByLabel('Ce que vous déclarez').getAttribute('aria-invalid')).toBe('true');
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

  it.each([
    ['an empty one', '', 'Le fichier est vide.'],
    [
      'one with an open quotation mark',
      'courriel,nom\nines@example.org,Roux\nluc@example.org,"Martin\nana@example.org,Ana\n',
      'Un guillemet de la ligne 3 n’est jamais fermé.',
    ],
    [
      'a spreadsheet under another name',
      'PK\u0003\u0004\u0014\u0000',
      'Enregistrez-le là-bas au format CSV',
    ],
    ['one endless line', `courriel\n${'x'.repeat(1_000_000)}`, 'La ligne 2 ne finit pas.'],
  ])('that cannot be read says where and why, and waits for nothing: %s', async (_, text, why) => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/settings/imports');
    await page.getByLabel('Choisir un fichier CSV').setInputFiles({
      ...{ name: 'boutique.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(text, 'latin1'),
    });
    await page.getByRole('alert').getByText(why).waitFor();
    await page.getByText('arrêté, le fichier est effacé').waitFor();
    expect(await page.getByText('en cours de réception').count()).toBe(0);
  });

  it('is read in the letters it was written with: UTF-8, UTF-16, or those of an older spreadsheet', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/settings/imports');
    for (const [name, buffer] of [
      ['utf-8', Buffer.from(FILE)],
      ['utf-16', Buffer.from(`\ufeff${FILE}`, 'utf16le')],
      ['windows-1252', Buffer.from(FILE, 'latin1')],
    ] as const) {
      await page.getByRole('link', { name: 'Imports', exact: true }).first().click();
      const file = { name: `${name}.csv`, mimeType: 'text/csv', buffer };
      await page.getByLabel('Choisir un fichier CSV').setInputFiles(file);
      await page.getByRole('heading', { name: `${name}.csv` }).waitFor();
      expect(await page.getByLabel('prénom', { exact: true }).inputValue(), name).toBe('givenName');
      await page.getByText('Inès · Luc · Max').waitFor();
    }
  });

  it('cuts a file into pieces that join to the same, and no sign in two', () => {
    const text = 'ab🐌🐌c🐌';
    for (const size of [1, 2, 3, 4, 100]) {
      const pieces = piecesOf(text, size);
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces.slice(1)) expect(piece).not.toMatch(/^[\udc00-\udfff]/);
    }
    expect(piecesOf('', 5)).toEqual(['']);
  });

  it('has no door for who may not bring people in', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'support', '/settings');
    await page.getByRole('link', { name: 'Inscription' }).waitFor();
    expect(await page.getByRole('link', { name: 'Imports' }).count()).toBe(0);
  });
});
