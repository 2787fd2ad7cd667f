import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../functions/base/time.ts';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { draftCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const saved = (page: Page) => page.getByText('Enregistré', { exact: true }).waitFor();
const subjectOf = (page: Page) => page.getByLabel('Objet', { exact: true });
const sourceOf = (page: Page) => page.getByLabel('Texte (Markdown)');
const openVersions = (page: Page) => page.getByRole('button', { name: 'Versions' }).click();
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Versions' });
const subject = async (town: StoryTown, id: string) =>
  (await town.call<{ subject: { fr: string } }>('GET', `/campaigns/${id}`)).subject.fr;

describe('the versions of a letter', () => {
  it('bring back the text of yesterday after a reload, and Undo that of today', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    const path = `/campaigns/${id}/write`;
    const { page, watch } = await enter(browser, town, 'owner', path);
    await openVersions(page);
    await page.getByText('Pas encore de version').waitFor();
    await page.keyboard.press('Escape');
    await subjectOf(page).fill('Le poulsard d’hier');
    await saved(page);
    await town.passTime(DAY);
    await sourceOf(page).fill('Un tout autre texte.');
    await subjectOf(page).fill('Le poulsard d’aujourd’hui');
    await saved(page);
    await page.reload();

    await openVersions(page);
    const front = sheet(page);
    await front.getByRole('button', { name: /Claire Delorme a changé : l’objet/ }).waitFor();
    const both = front.locator('.difference', { hasText: 'l’objet (Français)' });
    await both.getByRole('group', { name: 'Alors' }).getByText('Le poulsard d’hier').waitFor();
    await both.getByRole('group', { name: 'Maintenant' }).getByText('d’aujourd’hui').waitFor();
    await front.frameLocator('iframe').getByText('Il est arrivé du Jura.').waitFor();
    expect(await objections(page)).toEqual([]);

    await front.getByRole('button', { name: 'Ramener cette version' }).click();
    await page.getByText(/est de retour\. Annuler ramène celle d’avant/).waitFor();
    expect(await subjectOf(page).inputValue()).toBe('Le poulsard d’hier');
    expect(await sourceOf(page).inputValue()).toContain('Il est arrivé du Jura.');
    await saved(page);
    expect(await subject(town, id)).toBe('Le poulsard d’hier');

    await page.getByRole('button', { name: 'Annuler', exact: true }).click();
    expect(await subjectOf(page).inputValue()).toBe('Le poulsard d’aujourd’hui');
    await saved(page);
    await expect.poll(() => subject(town, id)).toBe('Le poulsard d’aujourd’hui');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('show by whose hand each was, and are read and brought back with the keyboard alone', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    const path = `/campaigns/${id}/write`;
    const claire = await enter(browser, town, 'owner', path);
    await subjectOf(claire.page).fill('De Claire');
    await saved(claire.page);
    const hugo = await enter(browser, town, 'editor', path);
    await subjectOf(hugo.page).fill('De Hugo');
    await saved(hugo.page);
    await town.call('PATCH', `/campaigns/${id}`, { audience: { language: 'fr' } }, NEWEST);
    await town.passTime(MINUTE);
    await claire.page.reload();
    await subjectOf(claire.page).waitFor();

    const { page, watch } = claire;
    const versions = page.getByRole('button', { name: 'Versions' });
    await versions.focus();
    await page.keyboard.press('Enter');
    const front = sheet(page);
    const ofHugo = front.getByRole('button', { name: /Hugo Marchand a changé : l’objet/ });
    await ofHugo.waitFor();
    const ofClaire = front.getByRole('button', { name: /Claire Delorme a changé : l’objet/ });
    await ofClaire.focus();
    await page.keyboard.press('Enter');
    await front.getByRole('heading', { name: /^La lettre du/ }).waitFor();
    expect(await ofClaire.getAttribute('aria-pressed')).toBe('true');
    // Whom it is for is a sentence on both sides.
    const forWhom = front.locator('.difference', { hasText: 'pour qui' });
    await forWhom.getByText('Toutes et tous').waitFor();
    await forWhom.getByText(/français/i).waitFor();
    await front.getByRole('button', { name: 'Ramener cette version' }).focus();
    await page.keyboard.press('Enter');
    await front.waitFor({ state: 'detached' });
    expect(await subjectOf(page).inputValue()).toBe('De Claire');
    await openVersions(page);
    await ofHugo.waitFor();
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('that somebody else wrote over meanwhile are not taken from them: one is told first', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    await town.passTime(DAY);
    await town.call('PATCH', `/campaigns/${id}`, { subject: { fr: 'Deux' } }, NEWEST);
    const { page } = await enter(browser, town, 'owner', `/campaigns/${id}/write`);
    await openVersions(page);
    const back = sheet(page).getByRole('button', { name: 'Ramener cette version' });
    await back.waitFor();
    await town.call('PATCH', `/campaigns/${id}`, { subject: { fr: 'Trois' } }, NEWEST);
    await back.click();
    await sheet(page).getByRole('alert').waitFor();
    expect(await subject(town, id)).toBe('Trois');
    await back.click();
    await sheet(page).waitFor({ state: 'detached' });
    expect(await subject(town, id)).toBe('Le poulsard est là');
  });

  it('of a letter of blocks say which block was written, moved and set otherwise', async () => {
    const town = await houseWithTeam();
    const title = { id: 'title', kind: 'heading', words: { fr: 'Le poulsard' } };
    const text = { id: 'news', kind: 'text', words: { fr: '<p>Il est <b>là</b>.</p>' } };
    const go = { id: 'go', kind: 'button', link: 'https://example.org/a', words: { fr: 'Voir' } };
    const content = (...blocks: object[]) => ({ format: 'blocks', source: { blocks } });
    const letter = { name: 'Poulsard', topic: 'arrivages', subject: { fr: 'Là' } };
    const made = await town.call<{ id: string }>('POST', '/campaigns', {
      ...letter,
      content: content(title, text, go),
    });
    const path = `/campaigns/${made.id}`;
    await town.passTime(DAY);
    const showIf = { language: 'fr' };
    const written = { ...text, words: { fr: '<p>Il est parti.</p>' } };
    const set = { ...go, link: 'https://example.org/b', showIf };
    await town.call('PATCH', path, { content: content(written, title, set) }, NEWEST);
    const { page, watch } = await enter(browser, town, 'owner', `${path}/write`);
    await page.getByRole('textbox', { name: 'Titre' }).waitFor();
    await openVersions(page);
    const of = (name: string, side: 'Alors' | 'Maintenant') =>
      sheet(page)
        .locator('.difference', { has: page.getByRole('heading', { name }) })
        .getByRole('group', { name: side });
    await of('l’ordre des blocs', 'Alors').getByText('Titre · Le poulsard').waitFor();
    expect(await of('Texte · Il est là', 'Alors').textContent()).toBe('Il est là.');
    const now = of('Bouton · Voir', 'Maintenant');
    await now.getByText('Mène à https://example.org/b').waitFor();
    await now.getByText(/Montré à qui .*français/).waitFor();
    expect(await sheet(page).locator('.difference').allTextContents()).toHaveLength(3);
    expect(await objections(page)).toEqual([]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('fit a phone and twice the size of text, in English and in the dark', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    await town.passTime(DAY);
    await town.call('PATCH', `/campaigns/${id}`, { subject: { fr: 'Deux', en: 'Two' } }, NEWEST);
    const { page } = await enter(browser, town, 'owner', `/campaigns/${id}/write`, {
      locale: 'en',
      colorScheme: 'dark',
    });
    await page.setViewportSize({ width: 390, height: 844 });
    await openVersions(page);
    await sheet(page).frameLocator('iframe').getByText(/Jura/).waitFor();
    expect(await objections(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    expect(await overflowOf(page)).toBe(0);
    expect(await widthOf(page)).toBe(390);
  });
});

describe('two people who change for whom a letter is', () => {
  it('read both wishes as sentences, and choose', async () => {
    const town = await houseWithTeam();
    const id = await draftCampaign(town);
    const segment = { name: 'Fidèles', condition: { frequency: ['immediate'] } };
    await town.call('POST', '/segments', segment);
    const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}/write`);
    const forWhom = page.getByLabel('Pour qui');
    await forWhom.waitFor();
    await town.call('PATCH', `/campaigns/${id}`, { audience: { language: 'en' } }, NEWEST);
    await forWhom.selectOption('Fidèles');
    const met = page.getByRole('alert', { name: 'Vous avez écrit à deux au même endroit' });
    await met
      .getByRole('group', { name: 'Le vôtre' })
      .getByText(/Fidèles/)
      .waitFor();
    await met
      .getByRole('group', { name: 'L’autre' })
      .getByText(/anglais/)
      .waitFor();
    expect(await met.textContent()).not.toMatch(/[{}]/);
    expect(await objections(page)).toEqual([]);
    await met.getByRole('button', { name: 'Prendre l’autre' }).click();
    await saved(page);
    const now = await town.call('GET', `/campaigns/${id}`);
    expect(now['audience']).toEqual({ language: 'en' });
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });
});

/** Whatever version there is. */
const NEWEST = { 'if-match': '*' };
/** How much wider what is in front is than its own place. */
const overflowOf = (page: Page) =>
  page.evaluate<number>(
    "(() => { const front = document.querySelector('dialog'); return front.scrollWidth - front.clientWidth; })()",
  );
