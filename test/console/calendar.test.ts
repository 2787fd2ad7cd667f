import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam } from './console.ts';
import { plannedCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const leavesAt = async (town: StoryTown, id: string) =>
  (await town.call<{ schedule: { at: string } }>('GET', `/campaigns/${id}`)).schedule.at;
const dayOf = (page: Page, day: string) =>
  page.locator('li.day', { has: page.locator(`time[datetime="${day}"]`) });

describe('the calendar', () => {
  it('shows before a move what it changes, moves with the keyboard alone, and takes it back', async () => {
    const town = await houseWithTeam();
    const id = await plannedCampaign(town);
    const { page, watch } = await enter(browser, town, 'sender', '/calendar');
    const planned = dayOf(page, '2026-01-08');
    await planned.getByText('2 tout de suite').waitFor();
    await planned.getByText('2 plus tard').waitFor();

    await page.getByRole('button', { name: 'Déplacer « Poulsard »' }).focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    // The day, the month, the year, as a person types them into the field.
    await page.keyboard.type('01122026');
    await sheet.getByText('12 janv., 10:00').first().waitFor();
    expect(await leavesAt(town, id)).toBe('2026-01-08T10:00');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('part maintenant le lundi 12 janvier').waitFor();
    expect(await leavesAt(town, id)).toBe('2026-01-12T10:00');
    await dayOf(page, '2026-01-12').getByText('Poulsard').waitFor();
    // Who moves it with the keyboard stands beside it on its new day.
    await dayOf(page, '2026-01-12').locator('button:focus').waitFor();

    await page.getByRole('button', { name: 'Annuler' }).click();
    await planned.getByText('Poulsard').waitFor();
    await planned.locator('button:focus').waitFor();
    expect(await leavesAt(town, id)).toBe('2026-01-08T10:00');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('lets a campaign be dragged to another day, and asks before it moves', async () => {
    const town = await houseWithTeam();
    const id = await plannedCampaign(town);
    const { page } = await enter(browser, town, 'owner', '/calendar');
    await page.locator('.entry').dragTo(dayOf(page, '2026-01-13'));
    await page.getByRole('button', { name: 'Déplacer au mardi 13 janvier, 10:00' }).click();
    await dayOf(page, '2026-01-13').getByText('Poulsard').waitFor();
    expect(await leavesAt(town, id)).toBe('2026-01-13T10:00');
  });

  it('asks for the number of readers again where the house wants a second look', async () => {
    const town = await houseWithTeam();
    const id = await plannedCampaign(town);
    const rules = { largeSend: { readers: 3, needs: 'number' } };
    await town.api('PATCH', '/brand', rules, { 'if-match': '*' });
    const { page } = await enter(browser, town, 'sender', '/calendar');
    await page.getByRole('button', { name: 'Déplacer « Poulsard »' }).click();
    await page.getByLabel('Nouveau jour').fill('2026-01-13');
    const move = page.getByRole('button', { name: 'Déplacer au mardi 13 janvier, 10:00' });
    await page.getByLabel('Tapez le nombre de lecteurs, 4').waitFor();
    expect(await move.isDisabled()).toBe(true);
    await page.getByLabel('Tapez le nombre de lecteurs, 4').fill('4');
    await move.click();
    await dayOf(page, '2026-01-13').getByText('Poulsard').waitFor();
    expect(await leavesAt(town, id)).toBe('2026-01-13T10:00');
  });

  it('offers no move to who may not send', async () => {
    const town = await houseWithTeam();
    await plannedCampaign(town);
    const { page } = await enter(browser, town, 'analyst', '/calendar');
    await page.getByText('2 plus tard').waitFor();
    expect(await page.getByRole('button', { name: /Déplacer/ }).count()).toBe(0);
    expect(await page.locator('.entry[draggable=true]').count()).toBe(0);
  });
});
