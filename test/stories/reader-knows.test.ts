import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { Receipts } from '../../functions/consent/receipt.ts';
import { verifyLedger } from '../../functions/consent/ledger.ts';
import { keys } from '../../functions/base/keys.ts';
import { DUE_SHARDS, type Row } from '../../functions/base/ports.ts';
import { readPerson } from '../../functions/people/store.ts';
import { DAY } from '../../functions/base/time.ts';
import { SesLike } from '../feedback/ses-like.ts';
import type { StoryTown } from '../town.ts';
import {
  CLAIRE,
  knownOf,
  pageFromMail,
  publish,
  townWithClaire,
  type Shown,
} from './reader-cast.ts';

async function knownPage(town: StoryTown, claire: () => Promise<Shown>) {
  await (await town.open((await claire()).links.preferences)).press('Ce que nous savons de vous');
  return pageFromMail(town, 'my-data');
}

const json = async (town: StoryTown, link: string) => (await town.ask(link)).json();

describe('what we know about somebody', () => {
  it('is shown in plain words: who, from where, what they bought, what was sent and why', async () => {
    const { town, claire } = await townWithClaire();
    const at = new Date(town.now()).toISOString();
    await town.call('POST', '/events', {
      events: [
        {
          id: 'e1',
          type: 'purchase',
          email: CLAIRE,
          at,
          data: { amount: 42.5, currency: 'EUR', items: 2 },
        },
      ],
    });
    await publish(town, 'arrivages', 'Le premier envoi');
    const page = await knownPage(town, claire);
    expect(page.text).toContain('Claire Bonnet');
    expect(page.text).toContain('un magasin ou un service de la maison, le 5 janvier 2026');
    expect(page.text).toContain('Un achat connu, en tout 42,50 €');
    expect(page.text).toContain('Le premier envoi');
    expect(page.text).toContain('parce que vous suivez « Arrivages »');
  });

  it('tells the last ten letters however long ago, and none that never came', async () => {
    const provider = new SesLike();
    const { town } = await townWithClaire({ frequency: 'quarterly' }, { mailer: provider.mailer });
    for (let month = 0; month < 36; month += 3) {
      await publish(town, 'arrivages', `Saison ${month}`);
      await town.passTime({ to: Date.UTC(2026, month + 3, 28, 10) });
    }
    const came = town.mails(CLAIRE).map(({ subject }) => subject);
    expect(came.length).toBeGreaterThan(10);
    const told = async () =>
      (await knownOf(town, CLAIRE)).all.lastMails as { readonly subject: string }[];
    const ten = [...came].reverse().slice(0, 10);
    expect((await told()).map(({ subject }) => subject)).toEqual(ten);

    provider.mood = 'refused';
    await publish(town, 'arrivages', 'Jamais arrivée');
    await town.passTime(100 * DAY);
    expect((await told()).map(({ subject }) => subject)).toEqual(ten);
  });

  it('can be corrected, and a name corrected is theirs', async () => {
    const { town, claire } = await townWithClaire();
    const page = await knownPage(town, claire);
    const saved = await page.press('Corriger mon nom', {
      givenName: 'Clara',
      familyName: 'O’Brien',
    });
    expect(saved.text).toContain('nom : Clara O’Brien');
    expect((await claire()).givenName).toBe('Clara');
    expect((await page.press('Corriger mon nom', { givenName: 'x'.repeat(81) })).status).toBe(422);
  });

  it('can be taken away as JSON: all of it, and nothing of anybody else', async () => {
    const { town, claire } = await townWithClaire();
    const page = await knownPage(town, claire);
    const link = page.links.find(({ text }) => text.startsWith('Télécharger tout'))!.href;
    const all = (await json(town, link)) as Record<string, unknown>;
    expect(all).toMatchObject({
      email: CLAIRE,
      givenName: 'Claire',
      choices: { frequency: 'immediate' },
    });
    expect(all).not.toHaveProperty('fingerprint');
  });

  it('holds a receipt for each yes and no with the exact words, which validates against the published schema', async () => {
    const { town, claire } = await townWithClaire();
    await (
      await town.open((await claire()).links.preferences)
    ).press('Enregistrer', { frequency: 'monthly' });
    const page = await knownPage(town, claire);
    const receipts = await page.follow(/reçus/);
    expect(receipts.text).toContain('Le registre est intact');
    expect(receipts.text).toContain('Oui, écrivez-moi.');
    expect(receipts.text).toContain('À quel rythme ? Une fois par mois');
    const link = receipts.links.find(({ text }) => text.startsWith('Télécharger'))!.href;
    const document = await json(town, link);
    const schema = await json(town, '/receipts/schema.json');
    expect(schema).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(Receipts, { io: 'output' }))));
    const read = z
      .fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
      .safeParse(document);
    expect(read.error?.issues).toBeUndefined();
    expect(
      Receipts.parse(document).receipts.map(({ purpose, state }) => `${purpose} ${state}`),
    ).toEqual(['topic:arrivages given', 'topic:ateliers given', 'letters changed']);
  });

  it('shows when a record was changed behind our back, whichever way', async () => {
    const { town, id, claire } = await townWithClaire();
    await (
      await town.open((await claire()).links.preferences)
    ).press('Enregistrer', { frequency: 'monthly' });
    const { table } = town.ports;
    const check = async () =>
      verifyLedger(town.ports, (await readPerson(town.ports, id))!.reader.it);
    expect(await check()).toEqual({ sound: true, records: 3 });
    const key = keys.ledger(id, 2);
    const row = (await table.get(key))!;
    const put = (data: unknown) => table.writeAll([{ kind: 'put', key, data }]);
    await put({ ...(row.data as object), at: 0 });
    expect(await check()).toMatchObject({ sound: false, sequence: 3 });
    await put(row.data);
    expect(await check()).toMatchObject({ sound: true });
    await table.writeAll([{ kind: 'remove', key: keys.ledger(id, 3) }]);
    expect(await check()).toMatchObject({ sound: false });
  });

  it('can be erased: nothing is left but an unreadable print, and no import brings them back', async () => {
    const { town, id, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    await (
      await town.open((await claire()).links.preferences)
    ).press('Enregistrer', {
      salutation: 'none',
    });
    const page = await knownPage(town, claire);
    await page.press('Changer d’adresse', { email: 'neuve@example.net' });
    const unsure = await page.press('Effacer');
    expect(unsure.status).toBe(422);
    expect((await claire()).state).toBe('active');
    const gone = await page.press('Effacer', { sure: 'yes' });
    expect(gone.heading).toBe('Tout est effacé.');
    expect((await page.press('Effacer', { sure: 'yes' })).heading).toBe('Tout est effacé.');
    expect((await town.api('GET', `/people/${id}`)).status).toBe(404);
    const again = await town.api<{ code: string }>('POST', '/people', {
      email: CLAIRE,
      subscriptions: [],
    });
    expect(again.body.code).toBe('person-erased');
    expect(await tracesOf(town, id, [CLAIRE, 'Claire', 'Bonnet', 'neuve@'])).toEqual([]);
  });

  it('erased by mistake or not, they may sign up again themselves', async () => {
    const { town, claire } = await townWithClaire();
    await (await knownPage(town, claire)).press('Effacer', { sure: 'yes' });
    const form = await town.open('/subscribe?lang=fr');
    await form.press('Je m’inscris', { email: CLAIRE, topics: ['arrivages'], consent: 'yes' });
    await (await pageFromMail(town, 'confirm')).press('Oui, je confirme');
    const { body } = await town.api<Shown>('POST', '/people/lookup', { email: CLAIRE });
    expect(body).toMatchObject({ state: 'active', givenName: null });
  });
});

/** The rows of people, of their own partitions and of the agenda, in which any of these words stands. */
async function tracesOf(
  { ports: { table } }: StoryTown,
  id: string,
  words: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const look = (row: Row) => {
    if (words.some((word) => JSON.stringify(row.data).includes(word))) found.push(row.key.pk);
  };
  const page = await table.scanPeople({ index: 0, of: 1 }, undefined, 1_000);
  page.rows.forEach(look);
  for (const pk of [
    `ledger#${id}`,
    `pending#${id}`,
    `pending#${id}-to`,
    `timeline#${id}`,
    'agenda#forget-undo',
  ])
    for await (const row of table.query('records', pk)) look(row);
  for (let shard = 0; shard < DUE_SHARDS; shard += 1)
    for await (const row of table.due('records', shard, Number.MAX_SAFE_INTEGER)) look(row);
  return found;
}
