import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE } from '../../functions/base/time.ts';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';
import { draftCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('the log names every campaign, however old it is', async () => {
  const town = await houseWithTeam();
  const first = await draftCampaign(town, 'La toute première');
  for (let count = 0; count < 55; count += 1) await draftCampaign(town, `Campagne ${count}`);
  await town.passTime(MINUTE);
  await town.call('POST', `/campaigns/${first}/schedule`, {
    at: '2026-01-08T10:00',
    timeZone: 'Europe/Paris',
  });
  const { page, watch } = await enter(browser, town, 'owner', '/settings/log');
  const line = page.getByRole('row').nth(1);

  await line.getByRole('link', { name: 'La toute première' }).waitFor();
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});
