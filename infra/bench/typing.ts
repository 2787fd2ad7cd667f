import type { Locator } from 'playwright-core';
import { deskHouse, type DeskHouse } from './desk-house.ts';
import type { Figure } from './figure.ts';
import { written, type Hand } from './keys.ts';
import { longLetter } from './long-letter.ts';
import { TOPIC } from './readers.ts';

const WARM_UP = 'so light, drunk cool, so light, drunk cool';
const words = (count: number) =>
  'so light, drunk cool '.repeat(Math.ceil(count / 21)).slice(0, count);

/** Where people type: in a letter of forty blocks, in other letters, and where somebody is looked for. */
export async function typing(): Promise<Figure[]> {
  const house = await deskHouse();
  try {
    return [...(await inBlocks(house)), ...(await inSources(house)), ...(await elsewhere(house))];
  } finally {
    await house.close();
  }
}

/** Both languages side by side: in one text, with new paragraphs, from block to block, and in what an inbox shows. */
async function inBlocks({ page, make, go }: DeskHouse): Promise<Figure[]> {
  await go(`/campaigns/${await make('/campaigns', longLetter(TOPIC))}/write`);
  await page.getByRole('button', { name: 'Side by side' }).click();
  const field = (id: string) => page.locator(`#block-${id} .ProseMirror, #block-${id} textarea`);
  const atEndOf = async (text: Locator) => {
    await text.click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('Control+End');
  };
  await atEndOf(field('text-20').first());
  await page.keyboard.type(WARM_UP);
  const hops = ['title-21', 'left-23', 'text-24', 'quote-25', 'dish-26', 'button-28', 'question-7'];
  return [
    ...(await written(page, 'a text of blocks', (hand) => hand(words(300)))),
    ...(await written(page, 'new paragraphs', async (hand) => {
      await atEndOf(field('text-20').last());
      for (const line of ['two of them', 'for the autumn', 'and one tonight', 'with bread'])
        await hand(`\n${line}`);
    })),
    ...(await written(page, 'from block to block', async (hand) => {
      for (const id of hops) {
        await atEndOf(field(id).first());
        await hand(' and one more');
      }
    })),
    ...(await written(page, 'subject and preheader', async (hand) => {
      for (const label of [/^Subject/, /^Preheader/])
        await into(page.getByLabel(label).last(), hand, 60);
    })),
  ];
}

/** Letters written as Markdown and as HTML, with the preview beside them. */
async function inSources({ page, make, go }: DeskHouse): Promise<Figure[]> {
  const figures: Figure[] = [];
  const paragraph = 'It comes from the Jura, **light**, drunk cool.';
  for (const [format, name, source] of [
    ['markdown', 'Markdown', `${paragraph}\n\n`.repeat(40)],
    ['html', 'HTML', `<html><body>${`<p>${paragraph}</p>\n`.repeat(40)}</body></html>`],
  ] as const) {
    const letter = { name, topic: TOPIC, subject: { en: name } };
    const content = { format, source: { en: source } };
    await go(`/campaigns/${await make('/campaigns', { ...letter, content })}/write`);
    await page.getByRole('button', { name: 'English', exact: true }).last().click();
    const text = page.getByLabel(`Text (${name})`);
    await text.click();
    await page.keyboard.type(WARM_UP);
    figures.push(...(await written(page, name, (hand) => into(text, hand, 120))));
  }
  return figures;
}

/** Whom one looks for, and the value of a condition. */
async function elsewhere({ page, make, go }: DeskHouse): Promise<Figure[]> {
  for (let at = 0; at < 40; at += 1)
    await make('/people', { email: `so-light-${at}@example.org`, givenName: `So ${at}` });
  await go('/people');
  const find = page.getByRole('searchbox');
  await find.click();
  const people = await written(page, 'people looked for', (hand) => into(find, hand, 80));
  const condition = { all: [{ language: 'fr' }, { field: 'city', is: 'Lyon' }] };
  await go(`/segments/${await make('/segments', { name: 'Lyon', condition })}`);
  const value = page.getByLabel('value').last();
  await value.click();
  return [...people, ...(await written(page, 'a condition', (hand) => into(value, hand, 80)))];
}

async function into(field: Locator, hand: Hand, count: number): Promise<void> {
  await field.click();
  await hand(words(count));
}
