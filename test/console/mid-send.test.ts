import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../functions/base/time.ts';
import { Mailbox } from '../../infra/local/mailbox.ts';
import { given } from '../api/cast.ts';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam } from './console.ts';
import { draftCampaign } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const READERS = 60;
/** A provider that takes two a second: sixty readers take half a minute. */
async function slowHouse(): Promise<StoryTown> {
  const town = await houseWithTeam({
    mailer: (database, now) =>
      Object.assign(new Mailbox(database, now, { ratePerSecond: 2, quotaPerDay: 10_000 }), {
        close: () => undefined,
      }),
  });
  for (let index = 0; index < READERS; index += 1)
    await town.call('POST', '/people', {
      email: `reader-${index}@example.org`,
      frequency: 'immediate',
      language: 'fr',
      timeZone: 'Europe/Paris',
      subscriptions: [given('arrivages')],
    });
  return town;
}

/** How many the screen says are done, once it says what the house has on its books. */
async function shownDone(page: Page, town: StoryTown, id: string): Promise<number> {
  const { figures } = await campaignOf(town, id);
  const done = READERS - figures['open']!;
  await page.getByText(`${done} sur ${READERS}`, { exact: true }).waitFor();
  expect(done).toBeLessThanOrEqual(town.mails().length);
  return done;
}
const twice = (town: StoryTown) =>
  town.mails().length - new Set(town.mails().map(({ to }) => to)).size;
const campaignOf = (town: StoryTown, id: string) =>
  town.call<{ state: string; figures: Record<string, number> }>('GET', `/campaigns/${id}`);

describe('a send that is on its way', () => {
  it('begins, goes on and ends before the eyes of whoever waits for it, without a reload', async () => {
    const town = await slowHouse();
    const id = await draftCampaign(town);
    await town.call('POST', `/campaigns/${id}/schedule`, { at: 'now', timeZone: 'Europe/Paris' });
    const { page, watch } = await enter(browser, town, 'sender', `/campaigns/${id}`);
    await page.getByText('Programmée', { exact: true }).first().waitFor();
    await town.passTime(2 * MINUTE + 8 * SECOND);
    await page.getByRole('progressbar', { name: 'L’envoi est en cours' }).waitFor();
    const early = await shownDone(page, town, id);
    expect(early).toBeLessThan(READERS);

    await town.passTime(MINUTE);
    await page.getByText('Envoyée', { exact: true }).first().waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(town.mails()).toHaveLength(READERS);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 90_000);

  it('is found again where it is after a reload, and ends with everybody written to once', async () => {
    const town = await slowHouse();
    const id = await draftCampaign(town);
    const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}/when`);
    await page.getByLabel('Maintenant').check();
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await page.getByRole('button', { name: 'Reprendre la main' }).waitFor();
    await town.passTime(2 * MINUTE + 8 * SECOND);
    await page.reload();
    const early = await shownDone(page, town, id);
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(READERS);

    await town.passTime(8 * SECOND);
    const later = await shownDone(page, town, id);
    expect(later).toBeGreaterThan(early);
    await page.reload();
    expect(await shownDone(page, town, id)).toBe(later);

    await town.passTime(MINUTE);
    await page.getByText('Envoyée', { exact: true }).first().waitFor();
    expect(town.mails()).toHaveLength(READERS);
    expect(twice(town)).toBe(0);
    expect(await campaignOf(town, id)).toMatchObject({
      state: 'sent',
      figures: { candidates: READERS, accepted: READERS },
    });
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 90_000);

  it('stands still while it is paused, goes on when it may, and ends for good when it is stopped', async () => {
    const town = await slowHouse();
    const id = await draftCampaign(town);
    await town.call('POST', `/campaigns/${id}/schedule`, { at: 'now', timeZone: 'Europe/Paris' });
    await town.passTime(2 * MINUTE + 6 * SECOND);
    const { page, watch } = await enter(browser, town, 'sender', `/campaigns/${id}`);
    await shownDone(page, town, id);
    await page.getByRole('button', { name: 'Mettre en pause' }).click();
    await page.getByRole('button', { name: 'Reprendre l’envoi' }).waitFor();
    const held = town.mails().length;
    await town.passTime(HOUR);
    await page.reload();
    await page.getByRole('button', { name: 'Reprendre l’envoi' }).waitFor();
    expect(await shownDone(page, town, id)).toBe(held);
    expect(town.mails()).toHaveLength(held);

    await page.getByRole('button', { name: 'Reprendre l’envoi' }).click();
    await page.getByRole('button', { name: 'Mettre en pause' }).waitFor();
    await town.passTime(5 * SECOND);
    expect(await shownDone(page, town, id)).toBeGreaterThan(held);
    await page.reload();
    await page.getByRole('button', { name: 'Arrêter pour de bon' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Arrêter pour de bon' }).click();
    await page.getByText('Arrêtée', { exact: true }).first().waitFor();
    const had = town.mails().length;
    await town.passTime(HOUR);
    await page.reload();
    await page.getByText('Arrêtée', { exact: true }).first().waitFor();
    expect(town.mails()).toHaveLength(had);
    expect(had).toBeLessThan(READERS);
    expect(twice(town)).toBe(0);
    const { figures } = await campaignOf(town, id);
    expect(figures).toMatchObject({ candidates: READERS, accepted: had, dropped: READERS - had });
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  }, 90_000);
});
