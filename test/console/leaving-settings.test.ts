import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const asked = (page: Page) => page.getByRole('dialog', { name: 'Partir sans enregistrer' });
const toCalendar = (page: Page) => page.getByRole('link', { name: 'Calendrier' }).click();

it('a setting that was changed and not saved is asked about before one leaves it, and nothing else is', async () => {
  const town = await houseWithTeam();
  const { page, watch } = await enter(browser, town, 'owner', '/settings');
  const name = page.getByLabel('Nom de la maison');
  const before = await name.inputValue();
  await name.fill('Cave Bonnet');
  await toCalendar(page);
  await asked(page).getByText('Ce que vous avez changé ici serait perdu.').waitFor();
  expect(await objections(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await asked(page).waitFor({ state: 'detached' });
  expect(await name.inputValue()).toBe('Cave Bonnet');

  // Who puts back what there was has nothing to lose.
  await name.fill(before);
  await toCalendar(page);
  await page.waitForURL('**/calendar');
  await page.evaluate('history.back()');
  await name.fill('Cave Bonnet');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('C’est enregistré.').waitFor();
  await toCalendar(page);
  await page.waitForURL('**/calendar');
  expect(await asked(page).count()).toBe(0);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('who was filling in a sheet of the settings is asked before the way back takes it from them', async () => {
  const town = await houseWithTeam();
  const { page } = await enter(browser, town, 'owner', '/settings');
  await page.getByRole('link', { name: 'Équipe' }).click();
  const invite = page.getByRole('button', { name: 'Inviter quelqu’un' });
  await invite.first().click();
  await page.evaluate('history.back()');
  await page.getByLabel('Nom de la maison').waitFor();
  expect(await asked(page).count()).toBe(0);
  await page.getByRole('link', { name: 'Équipe' }).click();
  await invite.first().click();
  await page.getByLabel('Nom', { exact: true }).fill('Inès Roux');
  await page.evaluate('history.back()');
  await asked(page).getByRole('button', { name: 'Rester' }).click();
  expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe('Inès Roux');
  await page.evaluate('history.back()');
  await asked(page).getByRole('button', { name: 'Partir' }).click();
  await page.getByLabel('Nom de la maison').waitFor();
});
