import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam } from './console.ts';
import { draftCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Draft = {
  readonly subject: Record<string, string>;
  readonly preheader?: Record<string, string>;
  readonly content: { readonly source: Record<string, string> };
};
const read = (town: StoryTown, id: string) => town.call<Draft>('GET', `/campaigns/${id}`);
const saved = (page: Page) => page.getByText('Enregistré', { exact: true }).waitFor();
const subjectOf = (page: Page) => page.getByLabel('Objet', { exact: true });
const sourceOf = (page: Page) => page.getByLabel('Texte (Markdown)');

async function atTheDesk(change: object = {}) {
  const town = await houseWithTeam();
  const id = await draftCampaign(town);
  await town.call('PATCH', `/campaigns/${id}`, change, { 'if-match': '*' });
  const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}/write`);
  await subjectOf(page).waitFor();
  return { town, id, page, watch };
}

describe('what is written', () => {
  it('is brought to the house before one goes elsewhere in it', async () => {
    const { town, id, page } = await atTheDesk();
    await subjectOf(page).fill('Le poulsard, enfin');
    await page.getByRole('link', { name: 'Calendrier' }).click();
    await page.waitForURL('**/calendar');
    expect((await read(town, id)).subject['fr']).toBe('Le poulsard, enfin');
  });

  it('while the line is down is kept, asked about before one leaves, and saved when it is back', async () => {
    const { town, id, page } = await atTheDesk();
    await page.getByRole('link', { name: 'Calendrier' }).click();
    await page.waitForURL('**/calendar');
    await page.evaluate('history.back()');
    await subjectOf(page).waitFor();
    await page.context().setOffline(true);
    await subjectOf(page).fill('Hors ligne');
    await page.getByText(/Gardé dans ce navigateur seulement.*La maison ne répond pas/).waitFor();
    await page.evaluate('history.forward()');
    const front = page.getByRole('dialog', { name: 'Partir sans enregistrer' });
    await front.getByRole('button', { name: 'Rester' }).click();
    expect(await subjectOf(page).inputValue()).toBe('Hors ligne');
    await page.context().setOffline(false);
    await saved(page);
    expect((await read(town, id)).subject['fr']).toBe('Hors ligne');
  });

  it('is asked about before the tab is closed, only while there is something to lose', async () => {
    const { page } = await atTheDesk();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await sourceOf(page).click();
    await page.reload();
    await subjectOf(page).waitFor();
    expect(asked).toEqual([]);
    await page.context().setOffline(true);
    await sourceOf(page).press('End');
    await page.keyboard.type('Encore un mot');
    await page.context().setOffline(false);
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await sourceOf(page).waitFor();
    expect(await sourceOf(page).inputValue()).toContain('Encore un mot');
    await saved(page);
  });

  it('when the sign-in has run out comes back with whoever signs in again', async () => {
    const { town, id, page } = await atTheDesk();
    await page.route('**/api/v1/campaigns/*?unready=keep', (route) =>
      route.fulfill({ status: 401, json: { code: 'token-expired', title: 'x' } }),
    );
    await subjectOf(page).fill('Juste avant la nuit');
    await page.getByText('Ce que vous écriviez est gardé').waitFor();
    await page.unroute('**/api/v1/campaigns/*?unready=keep');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await subjectOf(page).waitFor();
    expect(await subjectOf(page).inputValue()).toBe('Juste avant la nuit');
    await saved(page);
    expect((await read(town, id)).subject['fr']).toBe('Juste avant la nuit');
  });

  it('and was kept here for days does not write over what a colleague did since', async () => {
    const { town, id, page } = await atTheDesk();
    await page.context().setOffline(true);
    await subjectOf(page).fill('Le mien');
    await page.getByText(/Gardé dans ce navigateur seulement/).waitFor();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto('about:blank');
    await page.context().setOffline(false);
    const { preheader } = { preheader: { fr: 'Celui de Nadia' } };
    await town.call('PATCH', `/campaigns/${id}`, { preheader }, { 'if-match': '*' });
    await page.goto(`${town.ports.publicUrl}/console/campaigns/${id}/write`);
    await page.getByText('Quelqu’un d’autre écrit aussi').waitFor();
    await saved(page);
    expect(await read(town, id)).toMatchObject({ subject: { fr: 'Le mien' }, preheader });
  });

  it('is saved once the line is back, though the answer to the first save never came', async () => {
    const { town, id, page } = await atTheDesk();
    const held: Route[] = [];
    await page.clock.install();
    await page.route('**/api/v1/campaigns/*?unready=keep', (route) => void held.push(route), {
      times: 1,
    });
    await subjectOf(page).fill('Un');
    await expect.poll(() => held.length).toBe(1);
    await subjectOf(page).fill('Un, deux');
    await page.clock.fastForward(30_000);
    await saved(page);
    expect((await read(town, id)).subject['fr']).toBe('Un, deux');
  });

  it('in two windows of one browser while the line is down is all there, whichever was closed last', async () => {
    const { town, id, page } = await atTheDesk();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'Se connecter' }).click();
    await subjectOf(other).waitFor();
    await page.context().setOffline(true);
    await subjectOf(page).fill('D’une fenêtre');
    await sourceOf(other).fill('De l’autre fenêtre.');
    for (const one of [page, other]) {
      await one.getByText(/Gardé dans ce navigateur seulement/).waitFor();
      one.on('dialog', (dialog) => void dialog.accept());
    }
    await other.goto('about:blank');
    await page.goto('about:blank');
    await page.context().setOffline(false);
    await page.goto(`${town.ports.publicUrl}/console/campaigns/${id}/write`);
    await saved(page);
    expect(await page.getByText('Quelqu’un d’autre écrit aussi').count()).toBe(0);
    expect(await read(town, id)).toMatchObject({
      subject: { fr: 'D’une fenêtre' },
      content: { source: { fr: 'De l’autre fenêtre.' } },
    });
  });

  it('without its subject is saved in all the rest, and says what is missing', async () => {
    const { town, id, page } = await atTheDesk({ subject: { fr: 'Le poulsard est là' } });
    await subjectOf(page).fill('');
    await sourceOf(page).fill('Tout autre chose.');
    await page.getByText('Enregistré, sauf ce qui ne peut pas être vide').waitFor();
    await expect
      .poll(async () => (await read(town, id)).content.source['fr'])
      .toBe('Tout autre chose.');
    expect((await read(town, id)).subject['fr']).toBe('Le poulsard est là');
  });

  it('is too long by what was pasted: nothing is cut, and it says where and how much', async () => {
    const { page } = await atTheDesk();
    const much = 'Il neige. '.repeat(31_000);
    await sourceOf(page).fill(much);
    await page.getByText(/le texte \(Français\), trop long.*120.000 signes au plus/).waitFor();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    expect((await sourceOf(page).inputValue()).length).toBe(much.length);
    await sourceOf(page).fill('Il neige.');
    await saved(page);
  });
});

describe('a segment that is built', () => {
  it('is asked about before one leaves it unsaved, and not once it is saved', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'editor', '/segments/new');
    await page.getByLabel('Thème').selectOption('Arrivages');
    await page.getByRole('link', { name: 'Calendrier' }).click();
    const front = page.getByRole('dialog', { name: 'Partir sans enregistrer' });
    await front.getByRole('button', { name: 'Rester' }).click();
    await page.getByLabel('Nom du segment').fill('Fidèles');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('« Fidèles » est enregistré.').waitFor();
    await page.getByRole('link', { name: 'Calendrier' }).click();
    await page.waitForURL('**/calendar');
  });
});
