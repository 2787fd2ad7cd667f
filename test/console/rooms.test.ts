import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../functions/base/time.ts';
import { beginUnnamed } from '../../functions/people/unnamed.ts';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam } from './console.ts';
import { draftCampaign, sendAnother, sentCampaign, withReaders } from './scenes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('an empty house leads in five steps to a first letter to oneself', async () => {
  const town = await houseWithTeam({ topics: false });
  await beginUnnamed(town.ports);
  const { page, watch } = await enter(browser, town, 'owner', '/');
  // Whoever has said nothing finds nothing said for them, and is not believed to have done it.
  for (const [field, said] of [
    ['Nom de la maison', 'Maison Neuve'],
    ['Raison sociale', 'Maison Neuve SARL'],
    ['Adresse postale', '1 rue Haute, 39600 Arbois'],
    ['Qui signe', 'Claire Delorme'],
    ['Adresse d’envoi', 'claire@example'],
  ] as const) {
    expect(await page.getByLabel(field).inputValue()).toBe('');
    await page.getByLabel(field).fill(said);
  }
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  // What is wrong is said beside its field, and that is where one is led.
  await page.getByText('Ce n’est pas une adresse de courrier').waitFor();
  expect(await page.getByLabel('Adresse d’envoi').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Adresse d’envoi').fill('claire@example.org');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByLabel('Nom du thème · Français').fill('Nouvelles d’été');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('button', { name: 'M’inscrire' }).click();
  await page.getByText('Un courrier attend à claire@example.org.').waitFor();
  const link = /href="([^"]+\/confirm\/[^"]+)"/.exec(town.lastMail('claire@example.org').html);
  const confirm = await town.open(link![1]!);
  await confirm.press(/confirme/i);
  await page.getByRole('button', { name: 'C’est confirmé' }).click();
  await page.getByRole('link', { name: 'Commencer une lettre' }).click();
  await page.getByLabel('Nom').fill('Bonjour à tous');
  await page.getByRole('button', { name: 'Commencer' }).click();
  await page.getByText('Enregistré', { exact: true }).waitFor();
  // The first letter goes to whoever wrote it: nobody is led to write to everybody.
  await page.getByRole('link', { name: 'Aujourd’hui' }).click();
  await page.getByText('vers personne d’autre').waitFor();
  expect(await page.getByRole('link', { name: /quand/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'M’envoyer un essai' }).click();
  await page.getByText('Les cinq pas sont faits').waitFor();
  await town.passTime(MINUTE);
  expect(town.lastMail('claire@example.org').subject).toBe('[test] Du nouveau chez nous');
  await page.getByText('est pour un lecteur').waitFor();
  await page.getByRole('link', { name: 'Voir qui la reçoit, et quand' }).click();
  await page.getByText('Un lecteur sur 1 la reçoit tout de suite').waitFor();
  await page.getByLabel('Maintenant').check();
  await page.getByLabel(/J’ai lu/).check();
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.getByRole('button', { name: 'Reprendre la main' }).waitFor();
  await town.passTime(3 * MINUTE);
  expect(town.lastMail('claire@example.org').subject).toBe('Du nouveau chez nous');
  await page.getByRole('link', { name: 'Aujourd’hui' }).click();
  await page.getByRole('heading', { name: 'Ce qui part aujourd’hui' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Ce qui part aujourd’hui' }).waitFor();
  expect(await page.getByText('Une première lettre à soi-même').count()).toBe(0);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
}, 60_000);

it('an owner who reads English writes in English, from the first letter on', async () => {
  const town = await houseWithTeam({ topics: false });
  await beginUnnamed(town.ports);
  const { page, watch } = await enter(browser, town, 'owner', '/', {
    locale: 'en-IE',
    timezoneId: 'Europe/Dublin',
  });
  for (const [field, said] of [
    ['Name of the house', 'Harbour Books'],
    ['Legal name', 'Harbour Books Ltd'],
    ['Postal address', '1 Quay Street, Galway'],
    ['Who signs', 'Nora Byrne'],
    ['Sending address', 'nora@example.org'],
  ] as const)
    await page.getByLabel(field).fill(said);
  expect(await page.getByLabel('Main language').inputValue()).toBe('en');
  expect(await page.getByLabel('Country').inputValue()).toBe('IE');
  expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Dublin');
  await page.getByLabel('French').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('Name of the topic · English').fill('New in');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Sign me up' }).waitFor();
  const brand = await town.call<{ language: string; languages: string[] }>('GET', '/brand');
  expect([brand.language, brand.languages.toSorted()]).toEqual(['en', ['en', 'fr']]);
  await page.goto(`${town.ports.publicUrl}/console/campaigns/new`);
  await page.getByLabel('Name').fill('Hello');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Say the news in one line').first().waitFor();
  // The house has said who signs: the letter knows.
  const made = await town.call<{ items: { id: string }[] }>('GET', '/campaigns');
  type Letter = { content: { source: { blocks: { kind: string; name?: string }[] } } };
  const letter = await town.call<Letter>('GET', `/campaigns/${made.items[0]!.id}`);
  const signed = letter.content.source.blocks.filter(({ kind }) => kind === 'signature');
  expect(signed.map(({ name }) => name)).toEqual(['Nora Byrne']);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('the next letter is put in order, gets a cover, is read as its reader, and approved', async () => {
  const town = await houseWithTeam();
  await sentCampaign(town);
  await sendAnother(town, 'Savagnin');
  const { page, watch } = await enter(browser, town, 'owner', '/letters?day=2026-01-06');
  await page
    .getByText('2 lecteurs recevront leur lettre le mardi 6 janvier, tous la même.')
    .waitFor();
  await page.getByLabel('Objet · Français').fill('Le Jura, enfin');
  await page.getByRole('button', { name: 'Enregistrer la couverture' }).click();
  await expect
    .poll(() => page.getByRole('button', { name: 'Enregistrer la couverture' }).isDisabled())
    .toBe(true);
  await page.getByLabel('Nom ou adresse').fill('reader-3@example.org');
  await page.getByRole('button', { name: 'onerror' }).click();
  await page.getByText('Le Jura, enfin', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Relue, elle peut partir' }).click();
  await page.getByText(/^Relue le/).waitFor();
  await town.passTime(2 * DAY);
  expect(town.lastMail('reader-3@example.org').subject).toBe('Le Jura, enfin');
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('somebody who answers the phone finds a reader and gives them a break, with a proof in their own name', async () => {
  const town = await houseWithTeam();
  const [ada] = await withReaders(town);
  const { page, watch } = await enter(browser, town, 'support', '/people');
  await page.getByLabel('Qui cherchez-vous ?').fill('ad');
  await page.getByRole('link', { name: 'Ada' }).click();
  await page.getByRole('button', { name: 'Agir pour cette personne' }).click();
  await page.getByLabel('Une pause de trois mois').check();
  await page.getByLabel('Ses mots (facultatif)').fill('Je pars en voyage');
  await page.getByRole('button', { name: 'Le faire' }).click();
  await page.getByText('C’est fait, et la preuve est gardée.').waitFor();
  await page.getByText('jusqu’au 5 avril 2026').first().waitFor();
  const person = await town.call<{ pausedUntil: string }>('GET', `/people/${ada}`);
  expect(person.pausedUntil.slice(0, 10)).toBe('2026-04-05');
  expect(await page.getByRole('button', { name: 'Effacer' }).count()).toBe(0);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('the list of campaigns is narrowed by the house, and its address can be sent to a colleague', async () => {
  const town = await houseWithTeam();
  await sentCampaign(town);
  await draftCampaign(town, 'Savagnin');
  const { page, watch } = await enter(browser, town, 'analyst', '/campaigns');
  await page.getByRole('link', { name: 'Savagnin' }).waitFor();
  await page.getByRole('button', { name: 'Envoyées' }).click();
  await page.getByRole('link', { name: 'Savagnin' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Poulsard' }).waitFor();
  await page.getByLabel('Chercher une campagne').fill('sava');
  await page.getByText('Aucune campagne ne correspond.').waitFor();
  await page.getByRole('button', { name: 'Toutes' }).click();
  await page.getByRole('link', { name: 'Savagnin' }).waitFor();
  expect(new URL(page.url()).search).toBe('?words=sava');
  await page.reload();
  await page.getByRole('link', { name: 'Savagnin' }).waitFor();
  expect(await page.getByRole('link', { name: 'Poulsard' }).count()).toBe(0);
  expect(watch).toEqual({ elsewhere: [], complaints: [] });
});

it('whoever may not see a room is told so in it, and still finds the way out', async () => {
  const town = await houseWithTeam();
  const { page } = await enter(browser, town, 'editor', '/settings/team');
  await page.getByRole('alert').getByText('Votre rôle ne permet pas cela.').waitFor();
  await page.getByRole('link', { name: 'Campagnes' }).click();
  await page.getByRole('heading', { name: 'Campagnes', level: 1 }).waitFor();
});
