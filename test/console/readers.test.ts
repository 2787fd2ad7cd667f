import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('the readers of a house', () => {
  it('are seen before anybody is looked for, newest first, and one more is asked for their yes', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const { page, watch } = await enter(browser, town, 'support', '/people');
    await page.getByRole('heading', { name: 'Les plus récents d’abord' }).waitFor();
    await page.getByRole('link', { name: 'Ada' }).waitFor();
    // Whoever helps readers brings no files in.
    expect(await page.getByRole('link', { name: 'Importer des personnes' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Ajouter un lecteur' }).click();
    await page.getByLabel('Adresse de courrier').fill('grace');
    await page.getByLabel('Prénom').fill('Grace');
    await page.getByLabel('Ateliers').check();
    expect(await objections(page)).toEqual([]);
    await page.getByRole('button', { name: 'Demander de confirmer' }).click();
    await page.getByText('On ne peut pas écrire à cette adresse.').waitFor();
    await page.getByLabel('Adresse de courrier').fill('grace@example.net');
    await page.getByRole('button', { name: 'Demander de confirmer' }).click();
    await page.getByText('Un courrier à confirmer est parti vers grace@example.net.').waitFor();
    await page.getByRole('heading', { name: 'Grace', level: 1 }).waitFor();
    const [mail] = town.mails('grace@example.net');
    expect(mail?.html).toContain('/confirm/');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('fit on a phone, and nobody is added by who may not', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const { page } = await enter(browser, town, 'owner', '/people');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: 'Ada' }).waitFor();
    await page.getByRole('link', { name: 'Importer des personnes' }).waitFor();
    await page.getByRole('button', { name: 'Ajouter un lecteur' }).waitFor();
    expect(await widthOf(page)).toBeLessThanOrEqual(390);
    const { page: writers } = await enter(browser, town, 'editor', '/people');
    await writers.getByRole('link', { name: 'Ada' }).waitFor();
    expect(await writers.getByRole('button', { name: 'Ajouter un lecteur' }).count()).toBe(0);
  });
});
