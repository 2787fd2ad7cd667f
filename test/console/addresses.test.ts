import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';
import { draftCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Everything the console asks of the API, and how it was answered. */
function listen(page: Page): string[] {
  const answers: string[] = [];
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url());
    if (pathname.startsWith('/api/')) answers.push(`${answer.status()} ${pathname}`);
  });
  return answers;
}

describe('whoever types an address by hand', () => {
  it('gets the room it names, whatever else is in it', async () => {
    const town = await houseWithTeam();
    const { page, watch } = await enter(browser, town, 'owner', '/');
    const answers = listen(page);
    for (const [address, heading] of [
      ['/people?among=nonsense', 'Lecteurs'],
      ['/letters?day=abc', 'La prochaine lettre'],
      ['/letters?day=2026-02-31', 'La prochaine lettre'],
      ['/campaigns?state=nonsense', 'Campagnes'],
      ['/calendar?day=2026-02-31', /\d{4}/],
    ] as const) {
      await page.goto(`${town.ports.publicUrl}/console${address}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.getByRole('alert').count(), address).toBe(0);
    }
    expect(answers.filter((one) => !one.startsWith('200'))).toEqual([]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('goes nowhere else in the house by an id that is a way', async () => {
    const town = await houseWithTeam();
    const { page, watch } = await enter(browser, town, 'owner', '/');
    const answers = listen(page);
    for (const address of [
      '/campaigns/..%2Fapi-keys',
      '/people/a%2Fletters%2Fb',
      '/segments/..%2F..%2Fv1%2Fmembers',
      '/settings/imports/..%2Fmembers',
    ]) {
      await page.goto(`${town.ports.publicUrl}/console${address}`);
      await page.getByRole('heading', { name: 'Il n’y a rien ici' }).waitFor();
      await page.getByRole('navigation').first().waitFor({ state: 'attached' });
    }
    expect(answers.filter((one) => /members|api-keys|letters/.test(one))).toEqual([]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('is told what their role does not open, and nothing is asked for them', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const id = await draftCampaign(town);
    const { page, watch } = await enter(browser, town, 'analyst', '/');
    const answers = listen(page);
    for (const address of ['/people', '/people/x', '/campaigns/new', '/settings/team']) {
      await page.goto(`${town.ports.publicUrl}/console${address}`);
      await page.getByRole('alert').getByText('Votre rôle ne permet pas cela.').waitFor();
    }
    await page.goto(`${town.ports.publicUrl}/console/campaigns/${id}/write`);
    await page.waitForURL(`**/campaigns/${id}`);
    await page.getByRole('heading', { name: 'La lettre' }).waitFor();
    expect(answers.filter((one) => !one.startsWith('200'))).toEqual([]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });
});
