import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { given } from '../api/cast.ts';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { draftCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const RHYTHM = { unit: 'week', weekdays: [4], at: '10:00', timeZone: 'Europe/Paris' };
type Shown = { state: string };

/** A letter that leaves every Thursday; the first is made. */
async function everyThursday(town: StoryTown): Promise<string> {
  await withReaders(town);
  const id = await draftCampaign(town);
  await town.call('POST', `/campaigns/${id}/repeat`, { rhythm: RHYTHM });
  return id;
}

describe('a letter that leaves regularly', () => {
  it('is begun with the keyboard alone: a sentence filled in, three dates seen, and then the yes', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const id = await draftCampaign(town);
    const { page, watch } = await enter(browser, town, 'sender', `/campaigns/${id}/when`);
    await page.getByRole('radio', { name: 'À une heure de la maison' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const form = page.getByRole('form', { name: 'Régulièrement' });
    await form.getByText('jeudi 8 janvier').waitFor();
    await form.getByLabel(/^Chaque/).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('2');
    await form.getByRole('checkbox', { name: 'mardi' }).focus();
    await page.keyboard.press('Space');
    await form.getByText('mardi 6 janvier').waitFor();
    await page.keyboard.press('Space');
    for (const day of ['jeudi 8 janvier', 'jeudi 22 janvier', 'jeudi 5 février'])
      await form.getByText(day).waitFor();
    await form.getByRole('button', { name: 'L’envoyer régulièrement' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Toutes les 2 semaines, le jeudi, à 10:00').waitFor();
    expect((await town.call<Shown>('GET', `/campaigns/${id}`)).state).toBe('recurring');
    await town.passTime({ to: town.now() + 18 * DAY });
    expect(town.mails('reader-0@example.org')).toHaveLength(2);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('shows its next dates; one is skipped and taken back, and the series is ended', async () => {
    const town = await houseWithTeam();
    const id = await everyThursday(town);
    const { page, watch } = await enter(browser, town, 'sender', `/campaigns/${id}`);
    await page.getByRole('button', { name: 'Sauter le jeudi 15 janvier' }).click();
    await page.getByRole('button', { name: 'L’envoyer quand même le jeudi 15 janvier' }).click();
    await page.getByRole('button', { name: 'Sauter le jeudi 8 janvier' }).click();
    await page.getByRole('button', { name: 'L’envoyer quand même le jeudi 8 janvier' }).waitFor();
    await town.passTime({ to: town.now() + 11 * DAY });
    expect(town.mails('reader-0@example.org')).toHaveLength(1);
    await page.getByRole('button', { name: 'Y mettre fin' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Y mettre fin' }).click();
    await page.getByText('Elle s’est terminée le').waitFor();
    await town.passTime({ to: town.now() + 30 * DAY });
    expect(town.mails('reader-0@example.org')).toHaveLength(1);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('can be changed by who may write, for all that are to come', async () => {
    const town = await houseWithTeam();
    const id = await everyThursday(town);
    const { page } = await enter(browser, town, 'editor', `/campaigns/${id}`);
    expect(await page.getByRole('button', { name: /Sauter/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Continuer à écrire' }).click();
    const subject = page.getByLabel('Objet').first();
    await subject.fill('Un autre jeudi');
    await page.getByText('Enregistré', { exact: true }).waitFor();
    await town.passTime({ to: town.now() + 4 * DAY });
    expect(town.lastMail('reader-0@example.org').subject).toBe('Un autre jeudi');
  });

  it('stands in the calendar before it is made, and leads to its rhythm', async () => {
    const town = await houseWithTeam();
    await everyThursday(town);
    const { page } = await enter(browser, town, 'sender', '/calendar');
    const later = page.locator('li.day', { has: page.locator('time[datetime="2026-01-22"]') });
    await later.getByText('2 tout de suite').waitFor();
    expect(await later.getByRole('button', { name: /Déplacer/ }).count()).toBe(0);
    await later.getByRole('link', { name: 'Poulsard' }).click();
    await page.getByText('Chaque semaine, le jeudi, à 10:00').waitFor();
  });

  it('that waits for somebody says so on Today, and asks for the number', async () => {
    const town = await houseWithTeam();
    const id = await everyThursday(town);
    const rules = { largeSend: { readers: 2, needs: 'number' } };
    await town.api('PATCH', '/brand', rules, { 'if-match': '*' });
    await town.call('PATCH', `/campaigns/${id}`, { name: 'Jeudi' }, { 'if-match': '*' });
    await town.passTime({ to: town.now() + DAY });
    const { page } = await enter(browser, town, 'sender', '/');
    await page.getByText('elle irait à beaucoup plus de lecteurs').waitFor();
    await page.getByRole('link', { name: 'Jeudi' }).click();
    const at = page.getByLabel('Jour et heure');
    expect(await at.inputValue()).toBe('2026-01-08T10:00');
    await page.getByLabel('Tapez le nombre de lecteurs : 4').fill('4');
    await page.getByRole('button', { name: 'Programmer' }).click();
    await page.getByText('Programmée').first().waitFor();
    await town.passTime({ to: town.now() + 3 * DAY });
    expect(town.mails('reader-0@example.org')).toHaveLength(1);
  });
});

it('a letter whose readers grew many more while it waited for its hour asks first, and offers an hour that is still ahead', async () => {
  const town = await houseWithTeam();
  await withReaders(town);
  const rules = { largeSend: { readers: 2, needs: 'number' } };
  await town.api('PATCH', '/brand', rules, { 'if-match': '*' });
  const id = await draftCampaign(town);
  await town.call('POST', `/campaigns/${id}/repeat`, { rhythm: RHYTHM });
  for (const name of ['ines', 'jean', 'kim'])
    await town.call('POST', '/people', {
      ...{ email: `${name}@example.org`, frequency: 'immediate' },
      subscriptions: [given('arrivages')],
    });
  await town.passTime(4 * DAY);
  expect(town.mails('reader-0@example.org')).toHaveLength(0);
  const { page, watch } = await enter(browser, town, 'sender', '/');
  await page.getByText('elle irait à beaucoup plus de lecteurs').waitFor();
  await page.getByRole('link', { name: 'Poulsard' }).first().click();
  expect(await page.getByLabel('Jour et heure').inputValue()).toBe('2026-01-12T10:00');
  await page.getByLabel('Maintenant').check();
  await page.getByLabel('Tapez le nombre de lecteurs : 7').fill('7');
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.getByText('Elle part dans deux minutes.').waitFor();
  await town.passTime(DAY);
  expect(town.mails('reader-0@example.org')).toHaveLength(1);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

describe('the screens of a letter that leaves regularly', () => {
  const LOOKS = ['fr', 'en'].flatMap((locale) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
  );
  it.each(LOOKS)(
    'have nothing to object to in $locale and $colorScheme, on a phone too',
    async ({ locale, colorScheme }) => {
      const town = await houseWithTeam();
      const id = await everyThursday(town);
      await town.call('POST', `/campaigns/${id}/repeat/skip`, { date: '2026-01-15' });
      await town.passTime({ to: town.now() + 4 * DAY });
      const look = { locale, colorScheme };
      const { page, watch } = await enter(browser, town, 'owner', `/campaigns/${id}`, look);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.locator('.series-dates').waitFor();
      const seen = async (name: string) => {
        expect([name, await objections(page)]).toEqual([name, []]);
        expect([name, await widthOf(page)]).toEqual([name, 390]);
      };
      await seen('series');
      await page.goto(page.url() + '/when');
      await page.locator('.next-dates li').first().waitFor();
      await seen('when');
      await page.locator('select').first().selectOption('month');
      await page.getByLabel(/Quel jour|Which day/).selectOption('nth');
      await page.getByLabel(/Lequel|Which one/).selectOption('last');
      await seen('month');
      expect(watch).toEqual({ elsewhere: [], complaints: [] });
    },
  );
});
