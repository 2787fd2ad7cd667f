import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STARTERS } from '../../functions/campaigns/starters.ts';
import { beginUnnamed } from '../../functions/people/unnamed.ts';
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
    await remark.getByText('Titre · Comment naît').waitFor({ state: 'detached' });
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
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
