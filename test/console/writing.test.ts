import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../functions/base/time.ts';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam } from './console.ts';
import { draftCampaign, sentCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Draft = {
  readonly state: string;
  readonly subject: Record<string, string>;
  readonly content: { readonly source: Record<string, string> };
};
const read = (town: StoryTown, id: string) => town.call<Draft>('GET', `/campaigns/${id}`);
const idIn = (page: Page) => /campaigns\/([^/]+)/.exec(page.url())![1]!;
const saved = (page: Page) => page.getByText('Enregistré', { exact: true }).waitFor();
const sourceOf = (page: Page) => page.getByLabel('Texte (Markdown)');

describe('a letter', () => {
  it('is written, tried on oneself and sent with the keyboard alone', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const { page, watch } = await enter(browser, town, 'owner', '/campaigns');
    await page.getByRole('link', { name: 'Écrire une lettre' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Nom').focus();
    await page.keyboard.type('Poulsard');
    await page.getByRole('radio', { name: 'Markdown' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByLabel('Objet', { exact: true }).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Le poulsard est là');
    await sourceOf(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('Il est *arrivé* du Jura.');
    await saved(page);
    const id = idIn(page);
    expect((await read(town, id)).content.source['fr']).toContain('Il est *arrivé* du Jura.');

    const letter = page.frameLocator('.letter-frame');
    await letter.getByText('arrivé', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'M’envoyer un essai' }).press('Enter');
    await page.getByText(/^Un essai est parti vers claire@example.org.: français\.$/).waitFor();
    expect(town.lastMail('claire@example.org').subject).toBe('[test] Le poulsard est là');

    await page.getByRole('link', { name: 'Choisir quand' }).press('Enter');
    await page.getByText(/2 lecteurs sur 4 la reçoivent tout de suite/).waitFor();
    await page.getByRole('button', { name: '2', exact: true }).first().press('Enter');
    await page.getByRole('dialog').getByText('Ada').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Maintenant').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Envoyer', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Reprendre la main' }).waitFor();
    await town.passTime(3 * MINUTE);
    await page.reload();
    await page.getByText('Envoyée', { exact: true }).first().waitFor();
    expect(town.mails('reader-0@example.org')).toHaveLength(1);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('that two people write at once loses nothing, and the second is told', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    const [one, other] = [
      await enter(browser, town, 'owner', `/campaigns/${id}/write`),
      await enter(browser, town, 'editor', `/campaigns/${id}/write`),
    ];
    await one.page.getByLabel('Suite de l’objet').waitFor();
    await other.page.getByLabel('Suite de l’objet').waitFor();
    await one.page.getByLabel('Suite de l’objet').fill('Douze bouteilles');
    await saved(one.page);
    await expect
      .poll(async () => (await read(town, id)) as unknown)
      .toMatchObject({
        preheader: { fr: 'Douze bouteilles' },
      });

    await other.page.getByLabel('Objet', { exact: true }).fill('Le poulsard, enfin');
    await other.page.getByText('Quelqu’un d’autre écrit aussi').waitFor();
    expect(await other.page.getByLabel('Suite de l’objet').inputValue()).toBe('Douze bouteilles');
    await expect.poll(async () => (await read(town, id)).subject['fr']).toBe('Le poulsard, enfin');

    await one.page.getByLabel('Objet', { exact: true }).fill('Un poulsard');
    await one.page.getByText('Vous avez écrit à deux au même endroit').waitFor();
    expect((await read(town, id)).subject['fr']).toBe('Le poulsard, enfin');
    await one.page.getByRole('button', { name: 'Garder le mien' }).click();
    await expect.poll(async () => (await read(town, id)).subject['fr']).toBe('Un poulsard');
  });

  it('that is not finished is saved with what is to be mended, and each step can be undone', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    const { page } = await enter(browser, town, 'owner', `/campaigns/${id}/write`);
    await sourceOf(page).fill('Bonjour\n\n{{ person.');
    const toMend = page.getByRole('status', { name: /^Enregistrée, mais/ });
    await toMend.getByText('le texte (Français), ligne 3, signe 1').waitFor();
    await toMend.getByText(/«\s\{\{\s» est ouvert ici et jamais fermé/).waitFor();
    expect((await read(town, id)).content.source['fr']).toBe('Bonjour\n\n{{ person.');
    expect(await page.getByRole('button', { name: 'M’envoyer un essai' }).isDisabled()).toBe(true);
    await page.reload();
    expect(await sourceOf(page).inputValue()).toBe('Bonjour\n\n{{ person.');
    await sourceOf(page).fill('Bonjour.');
    await saved(page);
    await page.getByRole('button', { name: 'M’envoyer un essai', disabled: false }).waitFor();
    expect((await read(town, id)).content.source['fr']).toBe('Bonjour.');
    await page.keyboard.press('Control+z');
    expect(await sourceOf(page).inputValue()).toBe('Bonjour\n\n{{ person.');
    await page.keyboard.press('Control+Shift+z');
    expect(await sourceOf(page).inputValue()).toBe('Bonjour.');
  });

  it('is read as one reader, with what would become of it for them', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const id = await draftCampaign(town);
    const { page, watch } = await enter(browser, town, 'editor', `/campaigns/${id}/write`);
    const readAs = page.getByLabel('Lire à la place de');
    await readAs.locator('option', { hasText: 'Chloé' }).waitFor({ state: 'attached' });
    await readAs.selectOption({ label: 'Chloé · rythme plus lent' });
    await page.getByText(/Chloé la trouverait dans sa lettre du/).waitFor();
    await page.frameLocator('.letter-frame').getByText('Bonjour Chloé').waitFor();
    // A name that would like to be a script is only a name, here and in the frame.
    await readAs.selectOption({ label: '<img src=x onerror=alert(1)> · rythme plus lent' });
    await page.getByText(/<img src=x onerror=alert\(1\)> la trouverait/).waitFor();
    expect(watch.complaints).toEqual([]);
  });
});

describe('a role that may not', () => {
  it('is not offered what it cannot do', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    const sent = await sentCampaign(town);
    const editor = await enter(browser, town, 'editor', `/campaigns/${id}/when`);
    await editor.page.getByText('Choisir l’heure revient à qui peut envoyer.').waitFor();
    const analyst = await enter(browser, town, 'analyst', `/campaigns/${sent}`);
    await analyst.page.getByRole('heading', { name: 'Qui l’a reçue, qui non' }).waitFor();
    expect(await analyst.page.getByRole('button', { name: 'Dupliquer' }).count()).toBe(0);
    expect(await analyst.page.getByRole('button', { name: 'Retirer' }).count()).toBe(0);
    expect(await analyst.page.getByText('Ada').count()).toBe(0);
  });
});
