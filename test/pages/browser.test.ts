import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkTo, type StoryTown } from '../town.ts';
import { CLAIRE, publish, townWithClaire, type Shown } from '../stories/reader-cast.ts';
import { watched } from '../stories/watched.ts';
import { objections } from './axe.ts';
import { launchChromium, windowOn } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Scene = {
  readonly town: StoryTown;
  readonly page: Page;
  readonly claire: () => Promise<Shown>;
  readonly lang: string;
};
/** Opens an address of ours in the language of the scene. */
const go = ({ page, lang, town }: Scene, link: string) => {
  const url = new URL(link, town.ports.publicUrl);
  url.searchParams.set('lang', lang);
  return page.goto(url.href);
};
const press = async ({ page }: Scene, choice: string) => {
  await page.click(`button[value="${choice}"]`);
  await page.waitForLoadState();
};
const leave = async (scene: Scene) => go(scene, linkTo('unsubscribe', scene.town.lastMail(CLAIRE)));
const choose = async (scene: Scene) => go(scene, (await scene.claire()).links.preferences);
const known = async (scene: Scene) => {
  await choose(scene);
  await press(scene, 'known');
  await go(scene, linkTo('my-data', scene.town.lastMail(CLAIRE)));
};
const signUp = async (scene: Scene, email = 'dora@example.org') => {
  await go(scene, '/subscribe');
  await scene.page.fill('#email', email);
  await scene.page.check('[name=topics] >> nth=0');
  await scene.page.check('[name=consent]');
  await scene.page.click('button.go');
};
const confirm = async (scene: Scene) => {
  await signUp(scene);
  await go(scene, linkTo('confirm', scene.town.lastMail('dora@example.org')));
};

const settings = async ({ town }: Scene, change: object) => {
  const { headers } = await town.api('GET', '/brand');
  await town.call('PATCH', '/brand', change, { 'if-match': headers.get('etag')! });
};

/** Every page a reader can come to, and the way there. */
const PAGES: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'sign-up': (scene) => go(scene, '/subscribe'),
  'sign-up, with mistakes': async (scene) => {
    await go(scene, '/subscribe');
    await scene.page.fill('#email', 'ada@');
    await scene.page.click('button.go');
  },
  'look in your mailbox': (scene) => signUp(scene),
  'too many sign-ups at once': async (scene) => {
    await settings(scene, { forms: { anHour: 10, anHourFromOneNetwork: 10 } });
    for (let one = 0; one < 10; one += 1) await signUp(scene, `dora${one}@example.org`);
    await signUp(scene);
  },
  'one last step': confirm,
  welcome: async (scene) => {
    await confirm(scene);
    await press(scene, 'confirm');
  },
  'this was not me': async (scene) => {
    await confirm(scene);
    await press(scene, 'not-me');
  },
  leaving: leave,
  'leaving, topics': async (scene) => {
    await leave(scene);
    await scene.page.click('a[href*="view=topics"]');
  },
  'leaving, change of address': async (scene) => {
    await leave(scene);
    await scene.page.click('a[href*="view=address"]');
  },
  'chose a slower pace': async (scene) => {
    await leave(scene);
    await press(scene, 'monthly');
    await scene.page.click('summary');
  },
  'took a break': async (scene) => {
    await leave(scene);
    await press(scene, 'pause');
  },
  left: async (scene) => {
    await leave(scene);
    await press(scene, 'stop');
  },
  'left, and said why': async (scene) => {
    await leave(scene);
    await press(scene, 'stop');
    await press(scene, 'reason');
  },
  'left, and took it back': async (scene) => {
    await leave(scene);
    await press(scene, 'stop');
    await press(scene, 'undo');
  },
  'nothing comes any more': async (scene) => {
    await leave(scene);
    await press(scene, 'stop');
    await leave(scene);
  },
  preferences: choose,
  'preferences, saved': async (scene) => {
    await choose(scene);
    await scene.page.check('[name=frequency][value=monthly]');
    await scene.page.check('[name=salutation][value=none]');
    await press(scene, 'save');
  },
  'preferences, with mistakes': async (scene) => {
    await choose(scene);
    await scene.page.check('[name=pause][value=date]');
    await scene.page.check('[name=salutation][value=own]');
    await scene.page.fill('#ownWords', '<>');
    await press(scene, 'save');
  },
  'preferences, in a break': async (scene) => {
    await leave(scene);
    await press(scene, 'pause');
    await choose(scene);
  },
  'what we know': known,
  receipts: async (scene) => {
    await known(scene);
    await scene.page.click('a[href^="/receipts/"]');
    await scene.page.click('summary >> nth=0');
  },
  'receipts and clicks of a customer': async (scene) => {
    const { id } = await scene.claire();
    const agent = { name: 'Lise', method: 'phone' };
    await scene.town.call('POST', `/people/${id}/preferences`, { countClicks: true, agent });
    await settings(scene, { productFamilies: { vins: ['vignerons'] } });
    const sale = {
      at: '2025-12-20T15:00:00Z',
      entity: 'Maison Delorme SAS',
      family: 'vins',
      refusalOffered: 'Non, pas de nouvelles de vins.',
    };
    const consent = { state: 'given', legalBasis: 'soft-opt-in', sale };
    await scene.town.call('POST', '/people', {
      email: CLAIRE,
      subscriptions: [{ topic: 'vignerons', consent }],
    });
    await known(scene);
    await scene.page.click('a[href^="/receipts/"]');
    await scene.page.click('summary >> nth=0');
  },
  'new address': async (scene) => {
    await known(scene);
    await scene.page.fill('#email', 'claire@example.net');
    await press(scene, 'move');
    await go(scene, linkTo('confirm', scene.town.lastMail('claire@example.net')));
  },
  'erased, not sure': async (scene) => {
    await known(scene);
    await press(scene, 'erase');
  },
  erased: async (scene) => {
    await known(scene);
    await scene.page.check('[name=sure]');
    await press(scene, 'erase');
  },
  'old link': (scene) => go(scene, '/preferences/old'),
  'old link, with a mistake': async (scene) => {
    await go(scene, '/link');
    await scene.page.click('button.go');
  },
};

async function sceneIn(lang: string, options: Parameters<typeof windowOn>[2] = {}) {
  const { town, claire } = await townWithClaire();
  await publish(town, 'arrivages');
  const { page, watch } = await windowOn(browser, town, options);
  return { scene: { town, claire, page, lang } satisfies Scene, watch };
}

const widthOf = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');

/** Controls smaller than a finger: 52 px, an inline link in a sentence excepted. */
const small = (page: Page) =>
  page.evaluate<string[]>(`
    [...document.querySelectorAll('button, .btn, select, .o, summary, nav a, .links a, input')]
      .filter((one) => !one.matches('[type=hidden], .o input, .hp input'))
      .filter((one) => one.getBoundingClientRect().height < 51.5)
      .map((one) => one.outerHTML.slice(0, 80))`);

/** Controls that who sees only the system's colours could not tell from the page: they have no edge. */
const unseen = (page: Page) =>
  page.evaluate<string[]>(`
    [...document.querySelectorAll('button, .btn, .o, select, input:not([type=hidden])')]
      .filter((one) => one.checkVisibility() && !one.matches('.o input, .hp input'))
      .filter((one) => {
        const style = getComputedStyle(one);
        return style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1;
      })
      .map((one) => one.outerHTML.slice(0, 80))`);

describe.each(Object.keys(PAGES))('the page "%s"', (name) => {
  it.each(['fr', 'en'])(
    'is for everybody (%s): light, dark, phone, desk, large text',
    async (lang) => {
      const { scene, watch } = await sceneIn(lang);
      const { page } = scene;
      await PAGES[name]!(scene);
      expect(await page.getAttribute('html', 'lang')).toBe(lang);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await objections(page), colorScheme).toEqual([]);
      }
      expect(await small(page)).toEqual([]);
      expect(await widthOf(page)).toBeLessThanOrEqual(390);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await objections(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await widthOf(page)).toBeLessThanOrEqual(320);
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      expect(await widthOf(page)).toBeLessThanOrEqual(320);
      await page.emulateMedia({ forcedColors: 'active' });
      expect(await unseen(page)).toEqual([]);
      expect(await page.locator('h1').count()).toBe(1);
      expect(watch).toEqual({ elsewhere: [], complaints: [] });
      await page.context().close();
    },
  );
});

describe('a page loaded by something that runs scripts, as a scanner of mails does', () => {
  it('does nothing at all: what stands behind a link waits for a hand', async () => {
    const { scene } = await sceneIn('fr');
    const { town, page } = scene;
    await confirm(scene);
    const { links } = await scene.claire();
    const pages = [page.url(), links.preferences, links.unsubscribe];
    await choose(scene);
    await press(scene, 'known');
    pages.push(linkTo('my-data', town.lastMail(CLAIRE)), linkTo('view', town.mails(CLAIRE)[0]!));
    const seen = watched(town);
    for (const link of pages) {
      await page.goto(link);
      await page.waitForLoadState('networkidle');
    }
    seen.stop();
    expect(seen.verbs.filter((verb) => /write|post/.test(verb))).toEqual([]);
    await page.context().close();
  });
});

describe('a letter on the web', () => {
  it.each(['fr', 'en'])('is a page that everybody can read (%s)', async (lang) => {
    const { scene, watch } = await sceneIn(lang);
    const { town, page } = scene;
    const { id } = await scene.claire();
    const agent = { name: 'Lise', method: 'phone' };
    await town.call('POST', `/people/${id}/preferences`, { language: lang, agent });
    const words = '# News\n\nCome and [see](https://shop.example.org/).';
    await publish(town, 'ateliers', 'Two', { fr: words, en: words });
    await page.goto(linkTo('view', town.lastMail(CLAIRE)));
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    expect(await page.locator('main').count()).toBe(1);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await objections(page), colorScheme).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await widthOf(page)).toBeLessThanOrEqual(320);
    expect(watch.elsewhere).toEqual([]);
    await page.context().close();
  });
});

describe('a reader without a mouse', () => {
  it('leaves with the keyboard alone, and sees where they are', async () => {
    const { scene } = await sceneIn('fr');
    const { page } = scene;
    await leave(scene);
    const focused = () =>
      page
        .locator(':focus')
        .textContent()
        .then((text) => text?.trim());
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Aller au contenu');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Ne plus rien recevoir');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe(
      'solid',
    );
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=C’est fait.');
    expect((await scene.claire()).state).toBe('unsubscribed');
    await page.context().close();
  });

  it('chooses with the keyboard alone', async () => {
    const { scene } = await sceneIn('fr');
    const { page } = scene;
    await choose(scene);
    await page.focus('[name=frequency][value=immediate]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.focus('button[value=save]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=C’est noté.');
    expect((await scene.claire()).frequency).toBe('monthly');
    await page.context().close();
  });
});

describe('a reader without scripts', () => {
  it('signs up, confirms, chooses, leaves and comes back', async () => {
    const { scene } = await sceneIn('fr', { javaScriptEnabled: false });
    const { page } = scene;
    await confirm(scene);
    await press(scene, 'confirm');
    await page.click('a.btn');
    await page.check('[name=frequency][value=quarterly]');
    await press(scene, 'save');
    expect(await page.textContent('[role=status] li')).toContain('une fois par saison');
    await press(scene, 'stop');
    expect(await page.textContent('h1')).toBe('C’est fait.');
    await press(scene, 'undo');
    expect(await page.textContent('h1')).toBe('C’est annulé.');
    await page.context().close();
  });
});
