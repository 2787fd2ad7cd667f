import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections } from './console.ts';
import { draftCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('whoever looks at the next letter reads what will still come into it, and what will come unseen', async () => {
  const town = await houseWithTeam();
  await withReaders(town);
  const planned = async (name: string, at: string) => {
    const id = await draftCampaign(town, name);
    await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone: 'Europe/Paris' });
  };
  // The letters of Tuesday 6 January have what comes before them; those of the 13th do not, a second time.
  await planned('Aussitôt', '2026-01-05T18:00');
  // The letters of Tuesday 13 January leave at nine and are frozen at eight.
  await planned('Trousseau', '2026-01-08T10:00');
  await planned('Chaque mardi', '2026-01-13T09:00');
  await planned('Plus tard', '2026-01-13T10:00');
  const { page, watch } = await enter(browser, town, 'editor', '/letters?day=2026-01-13');
  const joining = page.getByRole('region', { name: 'Encore à venir avant leur départ' });
  await joining.waitFor();
  expect(await joining.getByRole('link').allTextContents()).toEqual(['Trousseau', 'Chaque mardi']);
  const [seen, unseen] = await joining.getByRole('listitem').allTextContents();
  expect(seen).not.toContain('figées');
  expect(unseen).toMatch(/part quand les lettres sont déjà figées/);
  expect(await objections(page)).toEqual([]);
  await town.passTime(9 * DAY);
  const weekly = town
    .mails('reader-3@example.org')
    .filter(({ category }) => category === 'editorial');
  // Both came in the letter of the 13th, as it was said.
  expect(weekly).toHaveLength(2);
  expect(weekly[1]!.text.match(/Le poulsard est là/g)).toHaveLength(2);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});
