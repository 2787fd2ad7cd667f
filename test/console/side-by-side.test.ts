import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const words = (fr: string, en?: string) => ({
  ...{ name: 'Deux langues', topic: 'arrivages' },
  subject: { fr: 'Du vin', ...(en !== undefined && { en: 'Wine' }) },
  content: {
    format: 'blocks',
    source: {
      blocks: [{ id: 'one', kind: 'text', words: { fr, ...(en !== undefined && { en }) } }],
    },
  },
});

it.each(['light', 'dark'] as const)(
  'a letter side by side is previewed in each of its languages, and as a reader in theirs alone, in %s',
  async (colorScheme) => {
    const town = await houseWithTeam();
    await withReaders(town);
    const letter = words('<p>Il est arrivé.</p>', '<p>It has come.</p>');
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', letter);
    const at = `/campaigns/${id}/write`;
    const { page, watch } = await enter(browser, town, 'editor', at, { colorScheme });
    await page.getByRole('button', { name: 'Côte à côte' }).click();
    await page.getByRole('button', { name: 'Comme on la lira' }).click();
    const french = page.getByRole('region', { name: 'Français' });
    const english = page.getByRole('region', { name: 'English' });
    await french.frameLocator('iframe').getByText('Il est arrivé.').waitFor();
    await english.frameLocator('iframe').getByText('It has come.').waitFor();
    await english.getByText('Wine', { exact: true }).waitFor();
    expect(await objections(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await widthOf(page)).toBe(390);
    await page.getByText('Quelqu’un d’autre').press('Enter');
    await page.getByLabel('Nom ou adresse du lecteur').fill('ada');
    await page.getByRole('button', { name: 'Ada' }).click();
    await page.getByText('Ada la recevrait tout de suite').waitFor();
    expect(await page.locator('iframe.letter-frame').count()).toBe(1);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  },
);

it('a language that is not written yet is not shown twice in another, and says what its readers would get', async () => {
  const town = await houseWithTeam();
  await withReaders(town);
  const letter = words('<p>Il est arrivé.</p>');
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', letter);
  const { page, watch } = await enter(browser, town, 'editor', `/campaigns/${id}/write`);
  await page.getByRole('button', { name: 'Côte à côte' }).click();
  await page.getByRole('button', { name: 'Comme on la lira' }).click();
  await page.getByText(/Pas encore écrite en anglais\s: .* en français\./).waitFor();
  expect(await page.locator('iframe.letter-frame').count()).toBe(1);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});
