import { describe, expect, it } from 'vitest';
import { linkTo } from '../town.ts';
import { CLAIRE, pageFromMail, publish, townWithClaire } from './reader-cast.ts';

const NEW = 'claire.bonnet@example.net';

/** Claire asks, on the page only her mailbox leads to, for her letters to come elsewhere. */
async function asked(email = NEW) {
  const cast = await townWithClaire();
  const page = await cast.town.open((await cast.claire()).links.preferences);
  await page.press('Ce que nous savons de vous');
  const known = await pageFromMail(cast.town, 'my-data');
  return { ...cast, known, told: await known.press('Changer d’adresse', { email }) };
}
const find = async ({ town }: Awaited<ReturnType<typeof asked>>, email: string) =>
  (await town.api<{ id: string }>('POST', '/people/lookup', { email })).body.id;

describe('a reader changes address', () => {
  it('once the new one has said yes; consents and choices follow, and letters go there', async () => {
    const cast = await asked();
    const { town, id, told } = cast;
    expect(told.text).toContain('Rien ne change avant sa confirmation.');
    expect(await find(cast, CLAIRE)).toBe(id);
    const page = await town.open(linkTo('confirm', town.lastMail(NEW)));
    await town.ask(page.path, { method: 'POST' });
    expect(await find(cast, CLAIRE)).toBe(id);
    const moved = await page.press('Oui, écrivez-moi ici');
    expect(moved.text).toContain('cl•••@example.net');
    expect(await find(cast, NEW)).toBe(id);
    expect(await find(cast, CLAIRE)).toBeUndefined();
    expect((await page.press('Oui, écrivez-moi ici')).text).toBe(moved.text);
    await publish(town, 'arrivages');
    expect(town.lastMail(NEW).subject).toBe('Du nouveau : arrivages');
  });

  it('the old address is told, and takes it back if it was not theirs', async () => {
    const cast = await asked();
    const { town, id } = cast;
    await (await town.open(linkTo('confirm', town.lastMail(NEW)))).press('Oui, écrivez-moi ici');
    const mail = town.lastMail(CLAIRE);
    expect(mail.subject).toBe('Votre adresse a été changée');
    expect(mail.text).not.toContain(NEW);
    await (await town.open(linkTo('confirm', mail))).press('Oui, écrivez-moi de nouveau ici');
    expect(await find(cast, CLAIRE)).toBe(id);
    expect(await find(cast, NEW)).toBeUndefined();
  });

  it('nobody is merged: an address that reads us keeps its own choices, and the page told nobody that it does', async () => {
    const cast = await townWithClaire();
    await cast.town.call('POST', '/people', { email: NEW, language: 'fr', subscriptions: [] });
    const unknown = await asked('nobody@example.net');
    const page = await cast.town.open((await cast.claire()).links.preferences);
    await page.press('Ce que nous savons de vous');
    const told = await (
      await pageFromMail(cast.town, 'my-data')
    ).press('Changer d’adresse', {
      email: NEW,
    });
    expect(told.text).toBe(unknown.told.text);
    const confirm = await cast.town.open(linkTo('confirm', cast.town.lastMail(NEW)));
    const taken = await confirm.press('Oui, écrivez-moi ici');
    expect(taken.heading).toBe('Cette adresse nous lit déjà');
    expect((await cast.claire()).state).toBe('active');
  });

  it('a link answers for its own mailbox alone, whatever was asked for since', async () => {
    const cast = await asked();
    const { town, known } = cast;
    const link = linkTo('confirm', town.lastMail(NEW));
    await known.press('Changer d’adresse', { email: 'other@example.net' });
    expect((await town.open(link)).status).toBe(404);
    const body = new URLSearchParams({ choice: 'move' });
    await town.ask(new URL(link).pathname, { method: 'POST', body });
    expect(await find(cast, CLAIRE)).toBe(cast.id);
    await (
      await town.open(linkTo('confirm', town.lastMail('other@example.net')))
    ).press('Oui, écrivez-moi ici');
    expect(await find(cast, 'other@example.net')).toBe(cast.id);
  });

  it('says what is wrong with an address that cannot be written to', async () => {
    const { told } = await asked('claire@');
    expect(told.status).toBe(422);
    expect(told.text).toContain('Écrivez une adresse comme');
  });
});
