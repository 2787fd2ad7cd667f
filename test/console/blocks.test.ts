import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';
import { withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Draft = {
  readonly content: {
    readonly format: string;
    readonly source: { readonly blocks: readonly Record<string, unknown>[] };
  };
};
const idIn = (page: Page) => /campaigns\/([^/]+)/.exec(page.url())![1]!;
const saved = (page: Page) => page.getByText('Enregistré', { exact: true }).waitFor();
const blocksIn = async (town: StoryTown, page: Page) =>
  (await town.call<Draft>('GET', `/campaigns/${idIn(page)}`)).content.source.blocks;
const said = (page: Page, words: string) =>
  page.getByRole('status').filter({ hasText: words }).waitFor();

/** A letter of blocks that somebody has just begun. */
async function letterOf(town: StoryTown, source: object): Promise<string> {
  const made = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Poulsard',
    topic: 'arrivages',
    subject: { fr: 'Le poulsard est là', en: 'The poulsard is here' },
    content: { format: 'blocks', source },
  });
  return `/campaigns/${made.id}/write`;
}

describe('a letter of blocks', () => {
  it('is begun, written, put in order and saved with the keyboard alone', async () => {
    const town = await houseWithTeam();
    const { page, watch } = await enter(browser, town, 'editor', '/campaigns/new');
    await page.getByLabel('Nom').focus();
    await page.keyboard.type('Poulsard');
    await page.getByRole('radio', { name: 'Lettre de blocs, vide' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    const piece = (name: string) =>
      page.getByRole('list', { name: 'Ce qu’on peut ajouter' }).getByRole('button', { name });
    await piece('Titre').press('Enter');
    await said(page, 'Ajout : Titre, 1 sur 1.');
    await page.keyboard.type('Le poulsard est là');
    await piece('Texte').press('Enter');
    await page.keyboard.type('Il est ');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('arrivé');
    await page.keyboard.press('Control+b');
    await page.keyboard.type(' du Jura, {{ person.givenName }}');
    // What was typed as a tag is a chip that can be read out.
    await page.getByRole('img', { name: 'Champ : Prénom' }).waitFor();
    // To the tools and among them without a hand, and back to the words.
    const focused = page.locator(':focus');
    await page.keyboard.press('Alt+F10');
    await page.keyboard.press('ArrowRight');
    expect(await focused.getAttribute('aria-label')).toBe('Italique');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await focused.innerText()).toBe('Insérer un champ');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused.getAttribute('role')).toBe('textbox');
    await piece('Filet').press('Enter');
    await page.keyboard.press('Alt+ArrowUp');
    await said(page, 'Filet déplacé, 2 sur 3.');
    await page.keyboard.press('Delete');
    await said(page, 'Filet enlevé.');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await saved(page);
    expect(await blocksIn(town, page)).toMatchObject([
      { kind: 'heading', words: { fr: 'Le poulsard est là' } },
      { kind: 'divider' },
      {
        kind: 'text',
        words: { fr: '<p>Il est <strong>arrivé</strong> du Jura, {{ person.givenName }}</p>' },
      },
    ]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('shows a block to whom it is for, and the preview shows both what they get', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const path = await letterOf(town, {
      blocks: [
        { id: 'news', kind: 'text', words: { fr: '<p>Pour tout le monde.</p>' } },
        { id: 'slow', kind: 'text', words: { fr: '<p>Une fois par mois suffit.</p>' } },
      ],
    });
    const { page } = await enter(browser, town, 'editor', path);
    await page.getByText('Une fois par mois suffit.').click();
    await page.getByLabel('Montrer ce bloc').last().selectOption('À qui …');
    await page.getByText('d’ici là, tout le monde voit ce bloc').waitFor();
    await page.getByLabel('Ce qu’on demande').selectOption('rythme');
    await page.getByRole('button', { name: 'chaque mois' }).click();
    // Said above the block and beside it, by the house, with how many that is.
    await expect
      .poll(() => page.getByText('Les personnes qui nous lisent chaque mois.').count())
      .toBe(2);
    await page.getByText('Une personne aujourd’hui.').waitFor();
    await saved(page);
    expect((await blocksIn(town, page))[1]).toMatchObject({ showIf: { frequency: ['monthly'] } });

    await page.getByRole('button', { name: 'Comme on la lira' }).click();
    const readAs = page.getByLabel('Lire à la place de');
    const letter = page.frameLocator('.letter-frame');
    const read = async (name: string) => {
      const option = readAs.locator('option', { hasText: name });
      await option.waitFor({ state: 'attached' });
      await readAs.selectOption(await option.getAttribute('value'));
    };
    await read('Chloé');
    await letter.getByText('Une fois par mois suffit.').waitFor();
    await read('Ada');
    await letter.getByText('Une fois par mois suffit.').waitFor({ state: 'detached' });
    await letter.getByText('Pour tout le monde.').waitFor();
  });

  it('shows a block to a saved segment, and keeps what it says should the segment change', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const condition = { field: 'city', is: 'Lyon' };
    await town.call('POST', '/segments', { name: 'À Lyon', condition });
    const path = await letterOf(town, {
      blocks: [{ id: 'near', kind: 'text', words: { fr: '<p>À deux pas de chez vous.</p>' } }],
    });
    const { page } = await enter(browser, town, 'editor', path);
    await page.getByText('À deux pas de chez vous.').click();
    await page.getByLabel('Montrer ce bloc').last().selectOption('Au segment «\u00a0À Lyon\u00a0»');
    await page.getByText(/aujourd’hui\.$/).waitFor();
    await saved(page);
    expect((await blocksIn(town, page))[0]).toMatchObject({ showIf: condition });
    await page.getByLabel('Montrer ce bloc').last().selectOption('À tout le monde');
    await saved(page);
    expect((await blocksIn(town, page))[0]).not.toHaveProperty('showIf');
  });

  it('that two translators write at once keeps the words of both', async () => {
    const town = await houseWithTeam();
    const path = await letterOf(town, {
      blocks: [{ id: 'news', kind: 'heading', words: { fr: 'Bonjour' } }],
    });
    const [one, other] = [
      await enter(browser, town, 'owner', path),
      await enter(browser, town, 'editor', path),
    ];
    await other.page.getByRole('button', { name: 'English', exact: true }).last().click();
    const french = one.page.getByRole('textbox', { name: 'Titre' });
    const english = other.page.getByRole('textbox', { name: 'Titre' });
    await english.waitFor();
    await french.focus();
    await one.page.keyboard.press('End');
    await one.page.keyboard.type(' à tous');
    await saved(one.page);
    await expect
      .poll(async () => (await blocksIn(town, one.page))[0])
      .toMatchObject({ words: { fr: 'Bonjour à tous' } });
    await other.page.locator('[data-placeholder="Pas encore en anglais"]').waitFor();
    await english.focus();
    await other.page.keyboard.type('Hello everybody');
    await other.page.getByText('Quelqu’un d’autre écrit aussi').waitFor();
    await saved(other.page);
    await expect
      .poll(async () => (await blocksIn(town, one.page))[0])
      .toMatchObject({ words: { fr: 'Bonjour à tous', en: 'Hello everybody' } });
  });
});

/** One block of each kind, as somebody left them half written. */
const EVERY_KIND = {
  blocks: [
    { id: 'title', kind: 'heading', level: 1, words: { fr: 'Le poulsard' } },
    {
      id: 'words',
      kind: 'text',
      words: {
        fr: '<p>{{ person.greeting }}, <a href="https://example.org">il est là</a>.</p><ul><li>Léger</li></ul>',
        en: '<p>{{ person.givenName | default: "You" }}, it is here.</p>',
      },
      showIf: { all: [{ follows: 'ateliers' }, { not: { field: 'city', is: 'Lyon' } }] },
    },
    { id: 'face', kind: 'picture', url: '', alt: { fr: 'Une grappe' } },
    { id: 'go', kind: 'button', words: { fr: 'Le voir' }, link: '' },
    {
      id: 'two',
      kind: 'columns',
      columns: [[{ id: 'left', kind: 'quote', words: 'Bu frais' }], []],
    },
    { id: 'box', kind: 'section', tone: 'brand', blocks: [{ id: 'rest', kind: 'pace' }] },
    { id: 'line', kind: 'divider' },
    { id: 'air', kind: 'space' },
    {
      id: 'ask',
      kind: 'question',
      words: { fr: 'Rouge ou blanc ?' },
      answers: [
        { id: 'red', words: { fr: 'Rouge' } },
        { id: 'white', words: {} },
      ],
    },
    { id: 'sign', kind: 'signature', name: 'Claire' },
    { id: 'raw', kind: 'html', words: { fr: '<p>Autre</p>' } },
  ],
};
const VIEWS = [
  ['fr', 1280, 'light'],
  ['en', 1280, 'dark'],
  ['fr', 390, 'dark'],
  ['en', 390, 'light'],
] as const;

describe('the desk of blocks', () => {
  it.each(VIEWS)(
    'is for everybody (%s, %d, %s)',
    async (locale, width, colorScheme) => {
      const town = await houseWithTeam();
      const path = await letterOf(town, EVERY_KIND);
      const { page, watch } = await enter(browser, town, 'owner', path, {
        locale,
        colorScheme,
        reducedMotion: 'reduce',
      });
      await page.setViewportSize({ width, height: 844 });
      const blocks = page.locator('.paper [data-block]');
      await blocks.first().waitFor();
      await page.getByRole('button', { name: /Côte à côte|Side by side/ }).click();
      for (const block of await blocks.all()) {
        await block.focus();
        expect(await objections(page), (await block.getAttribute('id')) ?? '').toEqual([]);
      }
      expect(await widthOf(page)).toBeLessThanOrEqual(width);
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      for (const wide of [1280, 390]) {
        await page.setViewportSize({ width: wide, height: 844 });
        expect(await widthOf(page), `${wide} at 200 %`).toBeLessThanOrEqual(wide);
      }
      expect(watch).toEqual({ elsewhere: [], complaints: [] });
    },
    60_000,
  );
});
