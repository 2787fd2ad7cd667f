import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';
import { withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Segments = {
  readonly items: readonly { readonly name: string; readonly condition: object }[];
};
const CONDITION = {
  all: [
    { follows: 'arrivages' },
    { not: { frequency: ['weekly', 'monthly'] } },
    { any: [{ language: 'fr' }, { field: 'city', is: 'Lyon' }] },
  ],
};

it('a segment is chosen as the audience of a letter, and the list says for whom it is', async () => {
  const town = await houseWithTeam();
  await withReaders(town);
  const condition = { language: 'fr' };
  const { id: segment } = await town.call<{ id: string }>('POST', '/segments', {
    name: 'Francophones',
    condition,
  });
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Neige',
    topic: 'arrivages',
    subject: 'Neige',
    content: { format: 'markdown', source: 'Il neige.' },
  });
  const { page, watch } = await enter(browser, town, 'editor', `/campaigns/${id}/write`);
  await page.getByLabel('Pour qui').selectOption('Francophones');
  await page.getByText('Enregistré', { exact: true }).waitFor();
  await expect
    .poll(async () => (await town.call<{ audience?: object }>('GET', `/campaigns/${id}`)).audience)
    .toEqual({ segment });
  await page.getByLabel('Pour qui').selectOption('Toutes et tous');
  await expect
    .poll(async () => (await town.call<{ audience?: object }>('GET', `/campaigns/${id}`)).audience)
    .toBeUndefined();
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
}, 60_000);

it('a letter is for a condition of its own, without a segment, said in both languages and counted', async () => {
  const town = await houseWithTeam();
  await withReaders(town);
  await town.call('POST', '/segments', {
    name: 'Pressés',
    condition: { frequency: ['immediate'] },
  });
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Neige',
    topic: 'arrivages',
    subject: 'Neige',
    content: { format: 'markdown', source: 'Il neige.' },
  });
  const audience = async () =>
    (await town.call<{ audience?: object }>('GET', `/campaigns/${id}`)).audience;
  const { page, watch } = await enter(browser, town, 'editor', `/campaigns/${id}/write`);
  await page.getByLabel('Pour qui').selectOption('Une condition à elle …');
  await page.getByText('d’ici là, rien ne change').waitFor();
  expect(await audience()).toBeUndefined();
  await page.getByLabel('Ce qu’on demande').selectOption('langue');
  await page.getByLabel('langue', { exact: true }).selectOption('français');
  await page.getByText('4 personnes aujourd’hui.').waitFor();
  await page.getByLabel('Sauf').selectOption('Pressés');
  await page
    .getByText('Les personnes qui lisent en français et qui ne font pas partie de « Pressés ».')
    .waitFor();
  await page.getByText('2 personnes aujourd’hui.').waitFor();
  const [pressed] = (await town.call<Segments & { items: { id: string }[] }>('GET', '/segments'))
    .items;
  await expect
    .poll(audience)
    .toEqual({ all: [{ language: 'fr' }, { not: { segment: pressed!.id } }] });
  await page.reload();
  await page.getByText('Les personnes qui lisent en français').waitFor();
  await page.getByRole('button', { name: 'English' }).first().click();
  await page.getByText('People who read in French and who do not belong to “Pressés”.').waitFor();
  await page.getByRole('button', { name: 'Remove “Pressés” from those left out' }).click();
  await expect.poll(audience, { timeout: 10_000 }).toEqual({ language: 'fr' });
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
}, 60_000);

describe('a segment', () => {
  it('is a sentence one builds, which says at once who that is, and is found again as it was', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const { page, watch } = await enter(browser, town, 'editor', '/segments/new');
    await page.getByText('Finissez la phrase').waitFor();
    await page.getByLabel('Thème').selectOption('Arrivages');
    await page.getByText('4 personnes, aujourd’hui').waitFor();

    await page.getByRole('button', { name: 'Ajouter une condition' }).click();
    const second = page.getByRole('group', { name: 'Condition 2' });
    await second.getByLabel('Ce qu’on demande').selectOption('rythme');
    await second.getByLabel('Avec ou sans').selectOption('sans');
    await second.getByRole('button', { name: 'chaque semaine' }).click();
    await second.getByRole('button', { name: 'chaque mois' }).click();
    await page.getByRole('button', { name: 'Ajouter un groupe' }).click();
    const inner = page.getByRole('group', { name: 'Groupe de conditions' });
    await inner.getByLabel('Ce qu’on demande').selectOption('langue');
    await inner.getByLabel('langue', { exact: true }).selectOption('français');
    await inner.getByRole('button', { name: 'Ajouter une condition' }).click();
    const last = inner.getByRole('group', { name: 'Condition 2' });
    await last.getByLabel('Ce qu’on demande').selectOption('champ de la maison');
    await last.getByLabel('champ', { exact: true }).fill('city');
    await last.getByLabel('valeur').fill('Lyon');
    await page.getByText('2 personnes, aujourd’hui').waitFor();
    await page.getByText('qui ne nous lisent pas chaque semaine ou chaque mois').waitFor();
    await page.getByRole('complementary').getByText('Ada').waitFor();

    await page.getByLabel('Nom du segment').fill('Pressés');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('« Pressés » est enregistré.').waitFor();
    expect((await town.call<Segments>('GET', '/segments')).items).toMatchObject([
      { name: 'Pressés', condition: CONDITION },
    ]);
    await page.reload();
    await page.getByText('2 personnes, aujourd’hui').waitFor();
    await page.getByLabel('Nom du segment').fill('Les pressés');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('« Les pressés » est enregistré.').waitFor();
    expect((await town.call<Segments>('GET', '/segments')).items).toMatchObject([
      { name: 'Les pressés', condition: CONDITION },
    ]);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('shows who reads figures a number and no people, and can be changed only by who may', async () => {
    const town = await houseWithTeam();
    await withReaders(town);
    const condition = { not: { any: [{ follows: 'ateliers' }, { paused: true }] } };
    await town.call('POST', '/segments', { name: 'Ailleurs', condition });
    const { page } = await enter(browser, town, 'analyst', '/segments');
    await page.getByRole('link', { name: 'Ailleurs' }).click();
    await page.getByText('4 personnes, aujourd’hui').waitFor();
    await page.getByText('sans les personnes').waitFor();
    expect(await page.getByText('Ada').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Enregistrer' }).count()).toBe(0);
    expect(await page.getByLabel('Ce qu’on demande').first().isDisabled()).toBe(true);
  });
});
