import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { given } from '../api/cast.ts';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam, objections } from './console.ts';
import { draftCampaign, sentCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Thirty more than the usual four, in a zone where it is evening. */
async function manyReaders(town: StoryTown): Promise<void> {
  await withReaders(town);
  for (let index = 0; index < 30; index += 1)
    await town.call('POST', '/people', {
      ...{ email: `tokyo-${index}@example.org`, givenName: `Aiko ${index}` },
      ...{ frequency: 'immediate', language: 'en', timeZone: 'Asia/Tokyo' },
      subscriptions: [given('arrivages')],
    });
}

describe('choosing when', () => {
  it('opens everybody behind a number with the keyboard, more and more of them, up to the person', async () => {
    const town = await houseWithTeam();
    await manyReaders(town);
    const { page, watch } = await enter(
      browser,
      town,
      'sender',
      `/campaigns/${await draftCampaign(town)}/when`,
    );
    const number = page.locator('.verdict-sentence').first().getByRole('button').first();
    await number.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: '32 lecteurs la reçoivent tout de suite' });
    await sheet.getByRole('link').nth(24).waitFor();
    expect(await sheet.getByRole('link').count()).toBe(25);
    expect(await objections(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Afficher la suite' }).press('Enter');
    await sheet.getByRole('link').nth(31).waitFor();
    expect(await sheet.getByRole('button', { name: 'Afficher la suite' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.className')).toContain('count');

    await page.locator('.verdict-sentence').first().getByRole('button', { name: '34' }).click();
    const all = page.getByRole('dialog', { name: '34 lecteurs en tout' });
    await all.getByText('Rythme plus lent').press('Enter');
    await all.getByRole('link', { name: 'Chloé' }).click();
    await page.getByRole('heading', { name: 'Chloé' }).waitFor();
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);

  it('shows what the chosen hour makes of it: who sleeps then, and what leaves in which hour', async () => {
    const town = await houseWithTeam();
    await manyReaders(town);
    const { page, watch } = await enter(
      browser,
      town,
      'sender',
      `/campaigns/${await draftCampaign(town)}/when`,
    );
    await page.getByLabel('Jour et heure').fill('2026-01-06T16:00');
    const then = page.getByRole('region', { name: 'À cette heure-là' });
    await then.getByText('30 un peu plus tard').waitFor();
    await then.getByRole('img', { name: /heure par heure/ }).waitFor();
    await then.getByText('Les chiffres, heure par heure').click();
    const rows = then.getByRole('row');
    expect(await rows.nth(1).innerText()).toMatch(/6 janv\. 2026.*16:00\s+2\s+0\s+16\sh\s:\s2/s);
    expect(await rows.nth(2).innerText()).toMatch(/7 janv\. 2026.*00:00\s+30\s+0\s+8\sh\s:\s30/s);
    expect(await objections(page)).toEqual([]);
    await page.getByLabel('À l’heure de chaque lecteur').check();
    await page.getByLabel('Jour et heure').fill('2026-01-08T09:00');
    await expect
      .poll(() => rows.nth(1).innerText())
      .toMatch(/8 janv\..*01:00\s+30\s+0\s+9\sh\s:\s30/s);
    await then.getByText('32 lecteurs sur 34 la reçoivent à cette heure-là').waitFor();
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 60_000);

  it('shows who reads figures the reasons and their numbers, and nobody', async () => {
    const town = await houseWithTeam();
    await manyReaders(town);
    const { page } = await enter(
      browser,
      town,
      'analyst',
      `/campaigns/${await draftCampaign(town)}/when`,
    );
    await page.locator('.verdict-sentence').first().getByRole('button').first().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Suivi à chaque parution').waitFor();
    await sheet.getByText('32', { exact: true }).waitFor();
    expect(await sheet.getByRole('link').count()).toBe(0);
    expect(await page.getByText('Aiko').count()).toBe(0);
  });
});

it('a letter on the desk is read as anybody one finds, with what would become of it for them', async () => {
  const town = await houseWithTeam();
  await withReaders(town);
  await town.call('POST', '/people', {
    ...{ email: 'zoe@example.org', givenName: 'Zoé', frequency: 'immediate', language: 'fr' },
    subscriptions: [given('ateliers')],
  });
  const id = await draftCampaign(town);
  const { page, watch } = await enter(browser, town, 'editor', `/campaigns/${id}/write`);
  await page.getByText('Quelqu’un d’autre').press('Enter');
  await page.getByLabel('Nom ou adresse du lecteur').fill('zo');
  await page.getByRole('button', { name: 'Zoé' }).press('Enter');
  await page.getByText('Zoé ne la recevrait pas : hors de l’audience.').waitFor();
  expect(await page.getByLabel('Lire à la place de').locator('option:checked').innerText()).toBe(
    'Zoé',
  );
  expect(await objections(page)).toEqual([]);
  await page.getByText('Quelqu’un d’autre').press('Enter');
  await page.getByLabel('Nom ou adresse du lecteur').fill('ada');
  await page.getByRole('button', { name: 'Ada' }).click();
  await page.getByText('Ada la recevrait tout de suite').waitFor();
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
}, 60_000);

it('a number in the books of what was sent opens its lines in the log', async () => {
  const town = await houseWithTeam();
  const id = await sentCampaign(town);
  const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}`);
  await page.locator('.places [data-place=digest]').getByRole('link', { name: '2' }).press('Enter');
  await page.getByText('Seulement : Dans leur lettre.').waitFor();
  await expect.poll(() => page.locator('section:has(#log) tbody tr').count()).toBe(2);
  expect(new URL(page.url()).search).toBe('?place=digest');
  await page.locator('.places [data-place=accepted]').getByRole('link').click();
  await page.getByText('Seulement : Envoyée.').waitFor();
  await page.getByRole('link', { name: 'Ada' }).waitFor();
  const analyst = await enter(browser, town, 'analyst', `/campaigns/${id}`);
  await analyst.page.locator('.places').waitFor();
  expect(await analyst.page.locator('.places a').count()).toBe(0);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
}, 60_000);

describe('an hour on each reader’s own clock', () => {
  it('is said to reach them all at that hour, and not to make anybody wait', async () => {
    const town = await houseWithTeam();
    await manyReaders(town);
    const path = `/campaigns/${await draftCampaign(town)}/when`;
    const { page } = await enter(browser, town, 'sender', path, { locale: 'en' });
    await page.getByText('If it left now:').waitFor();
    await page.getByRole('radio', { name: 'At each reader’s own clock' }).check();
    await page.getByText('32 of 34 readers receive it at that hour of their own day').waitFor();
    const chosen = page.getByRole('region', { name: 'At that hour' });
    expect(await chosen.getByText('a little later').count()).toBe(0);
    await chosen.getByRole('button', { name: '32' }).click();
    await page
      .getByRole('dialog', { name: '32 readers get it at that hour of their own day' })
      .waitFor();
    expect(await objections(page)).toEqual([]);
  }, 60_000);
});
