import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections } from './console.ts';
import { sentCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const PHONE = { width: 390, height: 844 };
/** Cells that stand, in part or whole, beyond the right edge of their table's place. */
const BEYOND = `[...document.querySelectorAll('main .scroll td, main .scroll th')]
  .filter((cell) => cell.checkVisibility() && !cell.closest('details:not([open])'))
  .filter((cell) => cell.getBoundingClientRect().right > innerWidth + 1)
  .map((cell) => cell.textContent)`;

describe('on a phone', () => {
  it('an act that was refused is not read as done, as the log says beside it what became of it', async () => {
    const town = await houseWithTeam();
    const id = await sentCampaign(town);
    await expect(town.call('POST', `/campaigns/${id}/pause`, {})).rejects.toThrow('409');
    const { page, watch } = await enter(browser, town, 'owner', '/settings/log');
    await page.setViewportSize(PHONE);
    await page.getByRole('cell', { name: /ce n’est plus possible/ }).waitFor();
    expect(await page.evaluate(BEYOND)).toEqual([]);
    expect(await page.getByRole('rowheader').count()).toBeGreaterThan(0);
    expect(await objections(page)).toEqual([]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('what became of a letter for each reader is seen whole', async () => {
    const town = await houseWithTeam();
    const id = await sentCampaign(town);
    const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}`);
    await page.setViewportSize(PHONE);
    await page.getByRole('heading', { name: 'Lecteur par lecteur' }).waitFor();
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.evaluate(BEYOND)).toEqual([]);
    expect(await objections(page)).toEqual([]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });
});
