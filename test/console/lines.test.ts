import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Words = Record<string, string>;
type Block = {
  readonly id: string;
  readonly kind: string;
  readonly words?: Words;
  readonly url?: string;
  readonly link?: string;
};
type Draft = { content: { source: { blocks: readonly Block[] } } };

const BLOCKS = [
  { id: 'title', kind: 'heading', words: { fr: 'Le poulsard' } },
  { id: 'said', kind: 'quote', words: { fr: '' } },
  { id: 'door', kind: 'button', words: { fr: '' }, link: 'https://example.org/' },
  {
    id: 'asked',
    kind: 'question',
    words: { fr: '' },
    answers: [
      { id: 'a', words: { fr: '' } },
      { id: 'b', words: { fr: '' } },
    ],
  },
];

async function letter() {
  const town = await houseWithTeam();
  const { id } = await town.call<{ id: string }>('POST', '/campaigns?unready=keep', {
    name: 'Poulsard',
    topic: 'arrivages',
    subject: { fr: 'Le poulsard' },
    content: { format: 'blocks', source: { blocks: BLOCKS } },
  });
  const { page, watch } = await enter(browser, town, 'editor', `/campaigns/${id}/write`);
  const blocks = async () =>
    (await town.call<Draft>('GET', `/campaigns/${id}`)).content.source.blocks;
  const wordsOf = async (block: string) =>
    (await blocks()).find((one) => one.id === block)?.words?.['fr'];
  const texts = (block: string) => page.locator(`#block-${block} [contenteditable=true]`);
  return { page, watch, blocks, wordsOf, texts };
}

/** What a clipboard holds is put into the text that has the focus. */
async function pasted(page: Page, data: { readonly html?: string; readonly picture?: true }) {
  await page.evaluate(`(async () => {
    const { html = '', picture } = ${JSON.stringify(data)};
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData('text/html', html);
    if (picture) {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
      canvas.getContext('2d').fillRect(0, 0, 20, 20);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
      clipboardData.items.add(new File([blob], 'grapes.png', { type: 'image/png' }));
    }
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);
}

const THREE = '<p>Un rouge<br>clair</p><ul><li>très frais</li></ul><p>à boire</p>';

describe('several paragraphs pasted into a line', () => {
  it('stay whole: a quote keeps its line ends, a button has spaces for them', async () => {
    const { page, texts, wordsOf, watch } = await letter();
    await texts('said').first().click();
    await pasted(page, { html: THREE });
    await texts('door').click();
    await page.keyboard.type('Voir : ');
    await pasted(page, { html: THREE });
    await page.keyboard.type('.');
    await expect.poll(() => wordsOf('door')).toBe('Voir : Un rouge clair très frais à boire.');
    expect(await wordsOf('said')).toBe('Un rouge\nclair\ntrès frais\nà boire');
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });
});

describe('Enter in a line', () => {
  it('goes on below a heading, in a new text', async () => {
    const { page, texts, blocks } = await letter();
    await texts('title').click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.locator('[data-block=text] [contenteditable=true]:focus').waitFor();
    await page.keyboard.type('Un rouge clair.');
    await expect
      .poll(async () =>
        (await blocks()).slice(0, 2).map(({ kind, words }) => [kind, words?.['fr']]),
      )
      .toEqual([
        ['heading', 'Le poulsard'],
        ['text', '<p>Un rouge clair.</p>'],
      ]);
  });

  it('breaks a heading where one stands in the middle of it, and a quote anywhere', async () => {
    const { page, texts, wordsOf } = await letter();
    await texts('title').click();
    await page.keyboard.press('Home');
    for (let at = 0; at < 2; at += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await texts('said').first().click();
    await page.keyboard.type('Frais.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Clair.');
    await expect.poll(() => wordsOf('said')).toBe('Frais.\nClair.');
    expect(await wordsOf('title')).toBe('Le\n poulsard');
  });

  it('leads from a question to its answers, and from the last one to a text below', async () => {
    const { page, texts, wordsOf, blocks } = await letter();
    await texts('asked').first().click();
    for (const words of ['Et vous ?', 'Rouge', 'Blanc']) {
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.type('Merci.');
    await expect.poll(async () => (await blocks()).at(-1)?.words?.['fr']).toBe('<p>Merci.</p>');
    expect(await wordsOf('asked')).toBe('Et vous ?');
    expect((await texts('asked').allInnerTexts()).map((text) => text.trim())).toEqual([
      'Et vous ?',
      'Rouge',
      'Blanc',
    ]);
  });
});

describe('a picture pasted into a text', () => {
  it('is kept by the house and stands below', async () => {
    const { page, texts, blocks, watch } = await letter();
    await texts('title').click();
    await pasted(page, { picture: true });
    await expect
      .poll(async () => (await blocks()).map(({ kind, url }) => [kind, url?.split('.').at(-1)]))
      .toEqual([['heading', undefined], ['picture', 'png'], ...REST]);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });
});
const REST = [
  ['quote', undefined],
  ['button', undefined],
  ['question', undefined],
];

describe('an undo in the address of a button', () => {
  it('shows in the field what the letter has again', async () => {
    const { page, texts, blocks } = await letter();
    await texts('door').click();
    const address = page.getByRole('textbox', { name: 'Où mène le bouton' });
    await address.click();
    await page.keyboard.press('End');
    await page.keyboard.type('vins');
    await expect.poll(() => address.inputValue()).toBe('https://example.org/vins');
    await page.keyboard.press('Control+z');
    await expect.poll(() => address.inputValue()).toBe('https://example.org/');
    await expect.poll(async () => (await blocks())[2]?.link).toBe('https://example.org/');
  });
});

describe('an undo in a sheet that stands over the letter', () => {
  it('takes back what was typed in the sheet, and leaves the letter as it is', async () => {
    const { page, texts, wordsOf } = await letter();
    await texts('title').click();
    await page.keyboard.press('End');
    await page.keyboard.type(' est là');
    await expect.poll(() => wordsOf('title')).toBe('Le poulsard est là');
    await page.getByRole('button', { name: 'Insérer un champ' }).first().click();
    const fallback = page.getByRole('dialog').getByRole('textbox');
    await fallback.click();
    await page.keyboard.type('vous');
    await page.keyboard.press('Control+z');
    await expect.poll(() => fallback.inputValue()).not.toBe('vous');
    await page.keyboard.press('Escape');
    expect(await texts('title').innerText()).toBe('Le poulsard est là');
  });
});
