import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import type { StoryTown } from '../town.ts';
import { enter, houseWithTeam, objections, widthOf } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Draft = {
  readonly content: {
    readonly source: { readonly blocks: { readonly id: string; readonly words?: Words }[] };
  };
};
type Words = Readonly<Record<string, string>>;

const CAMPAIGN = {
  ...{ name: 'À deux', topic: 'arrivages', subject: { fr: 'Le poulsard' } },
  content: {
    format: 'blocks',
    source: {
      blocks: [
        { id: 'title', kind: 'heading', words: { fr: 'Titre' } },
        { id: 'news', kind: 'text', words: { fr: '<p>Nouvelles</p>' } },
        { id: 'aside', kind: 'section', blocks: [] },
      ],
    },
  },
};

async function twoAtOneDesk() {
  const town = await houseWithTeam();
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', CAMPAIGN);
  const path = `/campaigns/${id}/write`;
  const [one, other] = [
    await enter(browser, town, 'owner', path),
    await enter(browser, town, 'editor', path),
  ];
  for (const { page } of [one, other]) await page.locator('#block-title').waitFor();
  return { town, id, one: one.page, other: other.page };
}

const wordsIn = async (town: StoryTown, id: string) =>
  Object.fromEntries(
    (await town.call<Draft>('GET', `/campaigns/${id}`)).content.source.blocks.flatMap((block) =>
      block.words ? [[block.id, block.words['fr']]] : [],
    ),
  );
const saved = (page: Page) => page.getByText('Enregistré', { exact: true }).waitFor();

async function writeIn(page: Page, block: string, words: string) {
  await page.locator(`#block-${block} [contenteditable]`).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(words);
}

it('keys pressed while a late answer says that somebody else was faster are all there', async () => {
  const { town, id, one, other } = await twoAtOneDesk();
  await writeIn(other, 'news', ' de Hugo');
  await saved(other);
  // The answer to the first save waits until more was written.
  let answer: (route: () => void) => void;
  const late = new Promise<() => void>((done) => (answer = done));
  await one.route(
    '**/api/v1/campaigns/*?unready=keep',
    (route: Route) => answer(() => void route.continue()),
    { times: 1 },
  );
  await writeIn(one, 'title', ' un');
  const goOn = await late;
  await one.keyboard.type(' deux');
  goOn();
  await one.getByText('Quelqu’un d’autre écrit aussi').waitFor();
  await one.keyboard.type(' trois');
  await saved(one);
  await expect
    .poll(() => wordsIn(town, id))
    .toEqual({
      ...{ title: 'Titre un deux trois', news: '<p>Nouvelles de Hugo</p>' },
    });
  // And what is taken back is one's own.
  for (let at = 0; at < 3; at += 1) await one.keyboard.press('Control+z');
  await expect
    .poll(() => wordsIn(town, id))
    .toEqual({
      ...{ title: 'Titre', news: '<p>Nouvelles de Hugo</p>' },
    });
});

it('whoever only looks at the letter sees what somebody else saved, and writes on from there', async () => {
  const { town, id, one, other } = await twoAtOneDesk();
  await one.clock.install();
  await one.reload();
  await one.locator('#block-news').waitFor();
  await writeIn(other, 'news', ' de Hugo');
  await saved(other);
  await one.clock.runFor(30_000);
  await one.getByText('Quelqu’un d’autre écrit aussi').waitFor();
  expect(await one.locator('#block-news').innerText()).toBe('Nouvelles de Hugo');
  await saved(one);
  await writeIn(one, 'news', ', et de Claire');
  await expect
    .poll(async () => (await wordsIn(town, id))['news'])
    .toBe('<p>Nouvelles de Hugo, et de Claire</p>');
});

it('an answer that is lost on the way does not make a stranger of whoever writes', async () => {
  const { town, id, one } = await twoAtOneDesk();
  await one.route(
    '**/api/v1/campaigns/*?unready=keep',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await writeIn(one, 'title', ' un');
  await one.getByText(/Gardé dans ce navigateur seulement/).waitFor();
  await one.keyboard.type(' deux');
  await saved(one);
  expect(await one.getByText('Vous avez écrit à deux').count()).toBe(0);
  await expect.poll(async () => (await wordsIn(town, id))['title']).toBe('Titre un deux');
});

it('whoever writes in a block that somebody else moves elsewhere writes on in it', async () => {
  const { town, id, one, other } = await twoAtOneDesk();
  await other.locator('#block-news').focus();
  await other.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => other.locator('#block-aside #block-news').count()).toBe(1);
  await saved(other);
  const first = one.waitForResponse((answer) => answer.status() === 412);
  await writeIn(one, 'news', ' un');
  await one.keyboard.press('ArrowLeft');
  await first;
  await one.locator('#block-aside #block-news').waitFor();
  await one.keyboard.type('deux ');
  await saved(one);
  await expect
    .poll(() => one.locator('#block-news [contenteditable]').innerText())
    .toBe('Nouvelles udeux n');
  const { blocks } = (await town.call<Draft>('GET', `/campaigns/${id}`)).content.source;
  expect(JSON.stringify(blocks)).toContain('Nouvelles udeux n');
});

it('a choice between two texts that was not made is still asked after the page was opened anew', async () => {
  const { town, id, one, other } = await twoAtOneDesk();
  await writeIn(other, 'news', ' de Hugo');
  await saved(other);
  await writeIn(one, 'news', ' de Claire');
  await one.getByText('Vous avez écrit à deux au même endroit').waitFor();
  leaves(one);
  await one.reload();
  await one.getByText('Vous avez écrit à deux au même endroit').waitFor();
  expect((await wordsIn(town, id))['news']).toBe('<p>Nouvelles de Hugo</p>');
  await one.getByRole('button', { name: 'Prendre l’autre' }).click();
  await saved(one);
  expect(await one.locator('#block-news').innerText()).toBe('Nouvelles de Hugo');
});

it('a block that one takes out while the other writes in it stays until somebody chooses', async () => {
  const { town, id, one, other } = await twoAtOneDesk();
  await one.locator('#block-news').focus();
  await one.keyboard.press('Delete');
  await saved(one);
  await writeIn(other, 'news', ' de Hugo');
  await other.getByText('Vous avez écrit à deux au même endroit').waitFor();
  expect(await other.locator('#block-news').innerText()).toBe('Nouvelles de Hugo');
  expect(await other.locator('.met').innerText()).toContain('Texte · Nouvelles de Hugo');
  expect(await objections(other)).toEqual([]);
  await other.setViewportSize({ width: 390, height: 844 });
  expect(await widthOf(other)).toBe(390);
  await other.getByRole('button', { name: 'Garder le mien' }).click();
  await saved(other);
  await expect
    .poll(() => wordsIn(town, id))
    .toEqual({
      ...{ title: 'Titre', news: '<p>Nouvelles de Hugo</p>' },
    });
});

it('whoever writes while the letter is put on the agenda is told, keeps the words, and goes on once it is back', async () => {
  const { town, id, other } = await twoAtOneDesk();
  const plan = { at: '2026-02-01T10:00', timeZone: 'Europe/Paris' };
  await town.call('POST', `/campaigns/${id}/schedule`, plan);
  await writeIn(other, 'title', ' à moi');
  const told = other.getByRole('alert', { name: 'La lettre n’est plus sur le bureau' });
  await told.waitFor();
  expect(await other.locator('#block-title').innerText()).toBe('Titre à moi');
  expect(await objections(other)).toEqual([]);
  expect((await wordsIn(town, id))['title']).toBe('Titre');
  // Whoever comes back finds them.
  leaves(other);
  await other.clock.install();
  await other.reload();
  await told.waitFor();
  await town.call('POST', `/campaigns/${id}/unschedule`);
  await other.clock.runFor(20_000);
  await saved(other);
  await expect.poll(async () => (await wordsIn(town, id))['title']).toBe('Titre à moi');

  await town.call('POST', `/campaigns/${id}/schedule`, plan);
  await writeIn(other, 'title', ' encore');
  await other.clock.runFor(2_000);
  await told.getByRole('button', { name: 'Renoncer à ces mots' }).click();
  await other.getByRole('heading', { name: 'À deux' }).waitFor();
  await other.waitForURL(/campaigns\/[^/]+$/);
  expect((await wordsIn(town, id))['title']).toBe('Titre à moi');
});

/** Whoever leaves is asked, and leaves. */
const leaves = (one: Page) => one.on('dialog', (dialog) => void dialog.accept());
