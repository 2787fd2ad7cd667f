import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** As Word for the web and Google Docs put it on the clipboard. */
const WORD =
  '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>' +
  '<body><!--StartFragment--><p class=MsoNormal style="mso-margin-top-alt:auto"><b style="mso-bidi-font-weight:normal">Le poulsard</b><o:p></o:p></p>' +
  '<p class=MsoListParagraph onclick="alert(1)"><a href="javascript:alert(1)">clair</a> et <a href="https://example.org/v">frais</a></p>' +
  '<script>alert(1)</script><img src=x onerror=alert(1)><!--EndFragment--></body></html>';
const DOCS =
  '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1"><ul><li dir="ltr" style="font-size:11pt"><p dir="ltr"><span style="font-weight:700">Six</span><span> bouteilles</span></p></li></ul></b>';
const ARABIC = '<p>مرحبا بكم في البيت 🍇👩‍🌾</p>';

async function pasted(page: Page, html: string): Promise<void> {
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', ${JSON.stringify(html)});
    document
      .querySelector('#block-news [contenteditable]')
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  })()`);
}

type Draft = { content: { source: { blocks: { words: Record<string, string> }[] } } };

async function letter() {
  const town = await houseWithTeam();
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Poulsard',
    topic: 'arrivages',
    subject: { fr: 'Le poulsard' },
    content: { format: 'blocks', source: { blocks: [{ id: 'news', kind: 'text', words: {} }] } },
  });
  const { page, watch } = await enter(browser, town, 'editor', `/campaigns/${id}/write`);
  await page.locator('#block-news [contenteditable]').click();
  const words = async () =>
    (await town.call<Draft>('GET', `/campaigns/${id}`)).content.source.blocks[0]?.words['fr'] ?? '';
  return { page, watch, words };
}

describe('what is pasted into a letter', () => {
  it('from Word or Google Docs keeps its words, marks, lists and links, and nothing else of theirs', async () => {
    const { page, watch, words } = await letter();
    await pasted(page, WORD);
    await expect
      .poll(words)
      .toBe(
        '<p><strong>Le poulsard</strong></p><p>clair et <a href="https://example.org/v">frais</a></p>',
      );
    await page.keyboard.press('Control+A');
    await pasted(page, DOCS);
    await expect.poll(words).toBe('<ul><li><strong>Six</strong> bouteilles</li></ul>');
    await page.keyboard.press('Control+A');
    await pasted(page, ARABIC);
    await expect.poll(words).toBe(ARABIC);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('is more than a letter can be: it stays there, and it says which block is too long', async () => {
    const { page, words } = await letter();
    await pasted(page, `<p>${'Il neige. '.repeat(30_000)}</p>`);
    await page.getByText(/Texte · Il neige.*trop long.*20.000 signes au plus/).waitFor();
    expect(await words()).toBe('');
    await page.keyboard.press('Control+z');
    await page.getByText('Enregistré', { exact: true }).waitFor();
  });
});

describe('a picture that is chosen', () => {
  it('that is none says so, and one that is far too large is made small enough', async () => {
    const { page } = await letter();
    await page
      .getByRole('list', { name: 'Ce qu’on peut ajouter' })
      .getByRole('button', { name: 'Image' })
      .click();
    const choose = page.getByRole('button', { name: 'Choisir une image' });
    const file = page.getByRole('dialog').locator('input[type=file]');
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const [name, mimeType, buffer] of [
      ['a.svg', 'image/svg+xml', Buffer.from(svg)],
      ['letter.pdf', 'application/pdf', Buffer.from('%PDF-1.4')],
      ['b.jpg', 'image/jpeg', Buffer.alloc(5_000_000, 7)],
    ] as const) {
      await choose.click();
      await file.setInputFiles({ name, mimeType, buffer });
      await page.getByText('Ce fichier n’est pas une image que l’on puisse montrer.').waitFor();
      await page.keyboard.press('Escape');
    }
    // Heavier than a letter may carry, as a scanner leaves it.
    await choose.click();
    await file.setInputFiles({
      name: 'c.bmp',
      mimeType: 'image/bmp',
      buffer: bitmap(1_600, 1_000),
    });
    await page.locator('.paper img').waitFor();
    const width =
      "document.querySelector('.paper img').decode().then(() => document.querySelector('.paper img').naturalWidth)";
    expect(await page.evaluate(width)).toBe(1_200);
  }, 60_000);
});

/** A picture of one colour that no format has made smaller. */
function bitmap(width: number, height: number): Buffer {
  const head = Buffer.alloc(54);
  const pixels = Buffer.alloc(width * 3 * height, 120);
  head.write('BM');
  head.writeUInt32LE(54 + pixels.length, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, pixels]);
}
