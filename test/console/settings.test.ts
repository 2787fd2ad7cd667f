import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('the settings', () => {
  it('say what is wrong where it is wrong, in the words of the house, and keep what is right', async () => {
    const town = await houseWithTeam();
    const { page, watch } = await enter(browser, town, 'owner', '/settings');
    await page.getByLabel('Nom de la maison').fill('Cave Bonnet');
    await page.getByLabel('Couleur', { exact: true }).fill('prune');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Un signe # et six chiffres').waitFor();
    expect(await page.locator(':focus').inputValue()).toBe('prune');
    expect((await town.call('GET', '/brand'))['name']).toBe('Maison Delorme');

    await page.getByLabel('Couleur', { exact: true }).fill('#224466');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('C’est enregistré.').waitFor();
    expect(await town.call('GET', '/brand')).toMatchObject({
      name: 'Cave Bonnet',
      colour: '#224466',
    });
    await page.getByRole('banner').getByText('Cave Bonnet').waitFor();
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('take a country, a currency and a zone by their names as well as by their codes', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/settings');
    await page.getByLabel('Pays').fill('suisse');
    await page.getByLabel('Devise').fill('chf');
    await page.getByLabel('Fuseau horaire').fill('Zurich');
    await page.getByLabel('Nom de la maison').focus();
    await page.locator('p', { hasText: /^Suisse$/ }).waitFor();
    await page.locator('p', { hasText: /^franc suisse$/ }).waitFor();
    await page.getByText(/^Il y est \d\d:\d\d\.$/).waitFor();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('C’est enregistré.').waitFor();
    expect(await town.call('GET', '/brand')).toMatchObject({
      jurisdiction: 'CH',
      currency: 'CHF',
      timeZone: 'Europe/Zurich',
    });
    await page.getByLabel('Pays').fill('Atlantide');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Un pays de la liste, ou deux lettres majuscules, comme FR.').waitFor();
  });

  it('overwrite nobody: who comes second is told, and goes on from what there is', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/settings/paces');
    await page.getByLabel('Trop tard au bout de (heures)').fill('8');
    await town.api('PATCH', '/brand', { digestWeekday: 4 }, { 'if-match': '*' });
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('button', { name: 'Reprendre avec les leurs' }).click();
    await page.getByText('jeudi').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('C’est enregistré.').waitFor();
    expect(await town.call('GET', '/brand')).toMatchObject({
      digestWeekday: 4,
      lateAfterHours: 8,
    });
  });

  it('show a key once, and never again', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/settings/keys');
    await page.getByRole('button', { name: 'Créer une clé' }).click();
    await page.getByLabel('Pour quoi').fill('Caisse');
    await page.getByRole('button', { name: 'Créer la clé' }).click();
    await page.getByText('Il faut au moins une permission.').waitFor();
    await page.getByLabel('raconter des achats et des gestes').check();
    await page.getByRole('button', { name: 'Créer la clé' }).click();
    const key = (await page.locator('.once').textContent())!;
    const known = await town.api('GET', '/me', undefined, { authorization: `Bearer ${key}` });
    expect(known.body['scopes']).toEqual(['events:write']);
    await page.getByRole('button', { name: 'Je l’ai gardée' }).click();
    await page.getByText(`finit par ${key.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(key);
  });

  it('open to an editor only what an editor may see, and let nothing be changed', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'editor', '/settings');
    await page.getByText('Seule la personne propriétaire').waitFor();
    expect(await page.getByLabel('Nom de la maison').isDisabled()).toBe(true);
    const parts = page.getByRole('navigation', { name: 'Parties des réglages' });
    expect(await parts.getByRole('link').allTextContents()).toEqual([
      'La maison',
      'Rythmes et heures',
      'Thèmes',
      'Inscription',
      'Au-delà de l’accord',
    ]);
    await page.goto(`${town.ports.publicUrl}/console/settings/log`);
    await page.getByText('Votre rôle ne permet pas cela.').waitFor();
  });

  it('name what still leaves for a topic, before it is retired', async () => {
    const town = await houseWithTeam();
    const letter = { topic: 'arrivages', content: { format: 'markdown', source: 'Un texte.' } };
    for (const name of ['Savagnin', 'Coffret', 'Brouillon']) {
      const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
        ...letter,
        name,
        subject: name,
      });
      const plan = { at: '2026-02-03T10:00', timeZone: 'Europe/Paris' };
      if (name !== 'Brouillon') await town.call('POST', `/campaigns/${id}/schedule`, plan);
    }
    const { page } = await enter(browser, town, 'owner', '/settings/topics');
    await page.getByRole('button', { name: 'Retirer « Ateliers »' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Plus personne ne peut s’y abonner').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Retirer « Arrivages »' }).click();
    await sheet.getByText('Ces 2 lettres partiront quand même').waitFor();
    expect(await sheet.getByRole('listitem').allTextContents()).toEqual(['Coffret', 'Savagnin']);
    expect(await objections(page)).toEqual([]);
    await sheet.getByRole('link', { name: 'Savagnin' }).click();
    await page.getByRole('heading', { level: 1, name: 'Savagnin' }).waitFor();
  });

  it('write down who did what, and what was refused', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/settings/team');
    await page.getByRole('button', { name: 'Retirer Claire Delorme' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Retirer' }).click();
    await sheet.getByText('Il faut au moins une personne propriétaire').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    await page.getByLabel('Nom', { exact: true }).fill('Inès Roux');
    await page.getByLabel('Adresse').fill('ines@example.org');
    await page.getByRole('dialog').getByRole('button', { name: 'Inviter quelqu’un' }).click();
    await page.getByRole('heading', { name: 'Inès Roux' }).waitFor();
    await page.getByRole('link', { name: 'Journal' }).click();
    const lines = page.getByRole('row');
    await lines.filter({ hasText: 'inviter quelqu’un' }).getByText('fait').waitFor();
    await lines
      .filter({ hasText: 'retirer quelqu’un de l’équipe' })
      .getByText('Il faut au moins une personne propriétaire')
      .waitFor();
  });
});
