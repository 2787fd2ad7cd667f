import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import {
  draftCampaign,
  fileToImport,
  houseThatLives,
  plannedCampaign,
  sentCampaign,
  withReaders,
} from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Every screen, and what there must be for it to have something to show. */
const SCREENS: Readonly<Record<string, (town: StoryTown) => Promise<string>>> = {
  'no campaigns yet': async () => '/campaigns',
  campaigns: async (town) => {
    await sentCampaign(town);
    return '/campaigns';
  },
  'a campaign': async (town) => `/campaigns/${await sentCampaign(town)}`,
  'a letter on the desk': async (town) => {
    await withReaders(town);
    return `/campaigns/${await draftCampaign(town)}/write`;
  },
  'a new letter': async () => '/campaigns/new',
  'choose when': async (town) => {
    await withReaders(town);
    return `/campaigns/${await draftCampaign(town)}/when`;
  },
  calendar: async (town) => {
    await plannedCampaign(town);
    return '/calendar';
  },
  'settings of the house': async () => '/settings',
  'settings of paces': async () => '/settings/paces',
  'settings of topics': async () => '/settings/topics',
  'settings of sign-up': async () => '/settings/sign-up',
  'settings of forms and bases': async () => '/settings/bases',
  imports: async () => '/settings/imports',
  'an import': async (town) => `/settings/imports/${await fileToImport(town)}`,
  'settings of the team': async () => '/settings/team',
  'settings of keys': async () => '/settings/keys',
  'settings, the log': async () => '/settings/log',
  today: async (town) => {
    await houseThatLives(town);
    return '/';
  },
  'the next letter': async (town) => {
    await sentCampaign(town);
    return '/letters';
  },
  readers: async () => '/people',
  'readers who left': async (town) => {
    await houseThatLives(town);
    return '/people?among=unsubscribed';
  },
  'a reader': async (town) => `/people/${(await withReaders(town))[3]}`,
  'no segments yet': async () => '/segments',
  'a segment': async (town) => {
    await withReaders(town);
    const { id } = await town.call<{ id: string }>('POST', '/segments', {
      name: 'Fidèles',
      condition: { all: [{ follows: 'arrivages' }, { not: { frequency: ['weekly'] } }] },
    });
    return `/segments/${id}`;
  },
  'nothing here': async () => '/nowhere',
};

type View = readonly [width: number, colorScheme: 'light' | 'dark'];
const VIEWS: Readonly<Record<string, readonly View[]>> = {
  fr: [
    [1280, 'light'],
    [390, 'dark'],
  ],
  en: [
    [1280, 'dark'],
    [390, 'light'],
  ],
};

it.each(Object.keys(SCREENS))(
  'the screen "%s" is for everybody: both languages, light, dark, desk, phone, large text',
  async (name) => {
    const town = await houseWithTeam();
    const path = await SCREENS[name]!(town);
    const { page, watch } = await enter(browser, town, 'owner', path, { locale: 'fr' });
    for (const [lang, views] of Object.entries(VIEWS)) {
      await page.setViewportSize({ width: 1280, height: 844 });
      if (lang === 'en')
        await page
          .locator('.switch button[lang=en], .switch button', { hasText: 'English' })
          .first()
          .click();
      await page.locator(`html[lang=${lang}]`).waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      // Each language at the desk and on the phone, each colour scheme in both languages.
      for (const [width, colorScheme] of views) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await objections(page), `${lang} ${colorScheme} ${width}`).toEqual([]);
        expect(await widthOf(page)).toBeLessThanOrEqual(width);
      }
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      expect(await widthOf(page), `${lang} at 200 %`).toBeLessThanOrEqual(390);
      await page.evaluate("document.documentElement.style.fontSize = ''");
    }
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  },
  60_000,
);
