import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STARTERS } from '../../functions/campaigns/starters.ts';
import { beginUnnamed } from '../../functions/people/unnamed.ts';
import { goodMoment } from '../../web/choose-when/good-moment.ts';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { draftCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A letter begun with ours, of which nothing was changed. */
async function untouched(town: StoryTown): Promise<string> {
  await withReaders(town);
  const { subject, preheader, content } = STARTERS.find(({ id }) => id === 'story')!;
  const letter = { name: 'Récit', topic: 'arrivages', subject, preheader, content };
  return (await town.call<{ id: string }>('POST', '/campaigns', letter)).id;
}
async function unnamed(): Promise<StoryTown> {
  const town = await houseWithTeam({ topics: false });
  await beginUnnamed(town.ports);
  await town.call('POST', '/topics', { id: 'arrivages', name: { fr: 'Arrivages' } });
  return town;
}

describe('before a letter leaves', () => {
  it('whoever left our example words in it reads which, by their blocks, and finds the block', async () => {
    const town = await houseWithTeam();
    const id = await untouched(town);
    const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}/when`);
    const remark = page.locator('.remarks li', { hasText: 'Encore nos mots d’exemple' });
    await remark.getByText('Titre · Comment naît une table').waitFor();
    await remark.getByText('Trois minutes avec Marc, à l’atelier').waitFor();
    expect(await remark.getAttribute('data-level')).toBe('error');
    await page.getByText('personne n’en est privé').waitFor();
    await page.goto(page.url().replace('/when', '/write'));
    await remark.getByRole('button', { name: /^Titre · Comment naît/ }).click();
    await expect
      .poll(() => page.evaluate<string>('document.activeElement.textContent'))
      .toContain('Comment naît une table');
    await page.keyboard.press('End');
    await page.keyboard.type(' à Arbois');
    const place = remark.getByRole('button', { name: 'Titre · Comment naît une table à Arbois' });
    await place.waitFor();
    // The French words are the house's own now; the English ones are not.
    await expect.poll(() => place.locator('+ span').textContent()).toBe(' English');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);

  it('a field that some have nothing in is called by its name, not by its key', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const source = 'À {{ person.fields.city }}.';
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
      ...{ name: 'Ville', topic: 'arrivages', subject: 'Ville' },
      content: { format: 'markdown', source },
    });
    const { page } = await enter(browser, town, 'owner', `/campaigns/${id}/when`);
    await page.getByText('4 lecteurs verraient un vide à la place de « Ville ».').waitFor();
    const remark = page.locator('.remarks li', { hasText: 'Ce champ peut être vide' });
    expect(await remark.locator('q').allTextContents()).toEqual(['Ville']);
  });

  it('what can hurt readers leaves only when whoever sends it says that they have read what it is', async () => {
    const town = await houseWithTeam();
    const id = await untouched(town);
    const { page } = await enter(browser, town, 'owner', `/campaigns/${id}/when`);
    const said = page.getByRole('checkbox', {
      name: /^J’ai lu les \d+ remarques graves plus haut/,
    });
    await said.waitFor();
    const state = async () => (await town.call<{ state: string }>('GET', `/campaigns/${id}`)).state;
    await page.getByRole('button', { name: 'Programmer' }).click();
    expect(await page.locator('input[type=checkbox]:invalid').count()).toBe(1);
    expect(await state()).toBe('draft');
    await said.check();
    await page.getByRole('button', { name: 'Programmer' }).click();
    await expect.poll(state).toBe('scheduled');
  }, 60_000);

  it('a house that has not said who it is reads what is missing, what it would mean, and where to say it', async () => {
    const town = await unnamed();
    await withReaders(town);
    const id = await draftCampaign(town);
    const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}/when`);
    const warning = page.getByRole('alert');
    await warning
      .getByText('le nom de la maison, la raison sociale, l’adresse postale et qui signe')
      .waitFor();
    await warning.getByText('sur AWS ou par SMTP, l’envoi serait refusé').waitFor();
    await town.api(
      'PATCH',
      '/brand',
      { name: 'Maison Neuve', legalName: 'Maison Neuve SARL' },
      { 'if-match': '*' },
    );
    await warning.getByRole('link', { name: 'Le dire dans les réglages' }).click();
    await page.getByLabel('Adresse postale').fill('1 rue Haute, 39600 Arbois');
    await page.goBack();
    await page.reload();
    await warning.getByText('Il manque encore : l’adresse postale et qui signe').waitFor();
    const sender = await enter(browser, town, 'sender', `/campaigns/${id}/when`);
    await sender.page.getByText('C’est à un propriétaire de la maison de le dire.').waitFor();
    const rest = { sender: { name: 'Claire', address: 'claire@example.org' } };
    await town.api(
      'PATCH',
      '/brand',
      { ...rest, postalAddress: '1 rue Haute, 39600 Arbois' },
      { 'if-match': '*' },
    );
    await sender.page.reload();
    await sender.page.locator('.verdict-sentence').first().waitFor();
    expect(await sender.page.getByRole('alert').count()).toBe(0);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);
});

describe('the hour of a letter', () => {
  it.each([
    ['on a Monday, the day after', '2026-01-05T08:00:00Z', undefined, '2026-01-06T10:00'],
    ['on a Friday, the Monday', '2026-01-09T08:00:00Z', undefined, '2026-01-12T10:00'],
    ['on a Saturday, the Monday', '2026-01-10T22:59:00Z', undefined, '2026-01-12T10:00'],
    ['late at night, by the house’s day', '2026-01-05T23:30:00Z', undefined, '2026-01-07T10:00'],
    ['in a house whose letters leave then', '2026-01-05T08:00:00Z', 600, '2026-01-06T11:00'],
    ['in one whose letters leave by half', '2026-01-05T08:00:00Z', 570, '2026-01-06T10:30'],
  ])('is offered where somebody watches it leave: %s', (_, now, lettersAt, moment) => {
    expect(goodMoment('Europe/Paris', now, lettersAt)).toBe(moment);
  });

  it('shows what leaves before it and changed its numbers, up to the calendar', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    await town.api('PATCH', '/brand', { cap: { mails: 1, days: 7 } }, { 'if-match': '*' });
    const first = await draftCampaign(town, 'Savagnin');
    const leaves = { at: '2026-01-06T14:00', timeZone: 'Europe/Paris' };
    await town.call('POST', `/campaigns/${first}/schedule`, leaves);
    const id = await draftCampaign(town);
    const { page, watch } = await enter(browser, town, 'sender', `/campaigns/${id}/when`);
    expect(await page.getByLabel('Jour et heure').inputValue()).toBe('2026-01-06T10:00');
    const then = page.getByRole('region', { name: 'À cette heure-là' });
    await then.getByText('2 lecteurs sur 4 la reçoivent tout de suite').waitFor();
    expect(await page.getByText('tiennent compte').count()).toBe(0);
    await page.getByLabel('Jour et heure').fill('2026-01-07T10:00');
    await then.getByText('Aucun des 4 lecteurs ne la reçoit tout de suite').waitFor();
    await then.getByText('tiennent compte d’une campagne prévue d’ici là').waitFor();
    await then.getByRole('link', { name: 'Savagnin' }).waitFor();
    expect(await objections(page)).toEqual([]);
    await then.getByRole('link', { name: 'Voir le calendrier' }).click();
    await page.getByRole('link', { name: 'Savagnin' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/calendar');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);

  it('is now: whoever pressed reads until when it can be taken back, and takes it back', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const id = await draftCampaign(town);
    const { page, watch } = await enter(browser, town, 'sender', `/campaigns/${id}/when`);
    await page.getByLabel('Maintenant').check();
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await page.getByText('Elle part dans deux minutes. D’ici là, on peut la reprendre.').waitFor();
    const minutes = page.locator('.last-minutes');
    await minutes
      .getByText(/Elle part à \d\d:\d\d:\d\d\. Jusque-là, «\sReprendre la main\s»/)
      .waitFor();
    await minutes.getByText('Le temps est arrêté sur cette machine').waitFor();
    expect(await minutes.getByRole('link', { name: 'l’horloge' }).getAttribute('href')).toBe(
      '/clock',
    );
    expect(await minutes.getByRole('timer').count()).toBe(0);
    expect(await objections(page)).toEqual([]);
    const editor = await enter(browser, town, 'editor', '/campaigns', { locale: 'en' });
    // As a house answers in which time passes.
    await editor.page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch();
      const said = (await answer.json()) as object;
      await route.fulfill({ response: answer, json: { ...said, timeStands: false } });
    });
    await editor.page.goto(`${town.ports.publicUrl}/console/campaigns/${id}`);
    await editor.page.getByText('Until then whoever may send can stop it.').waitFor();
    await editor.page.getByText(/1 min \d+ s left/).waitFor();
    await page.getByRole('button', { name: 'Reprendre la main' }).click();
    await minutes.waitFor({ state: 'detached' });
    expect(town.mails('reader-0@example.org')).toHaveLength(0);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);
});

describe('the screen where one chooses when, with its warnings', () => {
  const LOOKS = ['fr', 'en'].flatMap((locale) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
  );
  it.each(LOOKS)(
    'has nothing to object to in $locale and $colorScheme, on a phone too',
    async (look) => {
      const town = await unnamed();
      const id = await untouched(town);
      const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}/when`, look);
      await page.locator('.remarks li[data-level=error]').waitFor();
      await page.getByRole('alert').waitFor();
      await page.locator('#then').waitFor();
      expect(await objections(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await widthOf(page)).toBe(390);
      expect(await objections(page)).toEqual([]);
      expect(watch).toEqual({ elsewhere: [], complaints: [] });
    },
  );
});
