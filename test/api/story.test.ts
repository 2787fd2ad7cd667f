import { describe, expect, it } from 'vitest';
import { memberOf } from '../../functions/team/member.ts';
import { memberWrite } from '../../functions/team/store.ts';
import { someIssuer } from '../team/issuer.ts';
import { ADA, addPerson, withTopics } from './cast.ts';
import { openDesk, type Desk } from './desk.ts';

type Line = { id: string; name: string | null; email: string };
type Found = { items: Line[]; read: number; next: string | null };
type Story = {
  items: { at: string; kind: string; words: { fr: string; en: string }; recordId: string | null }[];
  next: string | null;
};
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

const search = async (desk: Desk, text: string) => {
  const found: Line[] = [];
  let cursor: string | undefined;
  for (let call = 0; call < 50; call += 1) {
    const { body } = await desk.ask<Found>('POST', '/people/search', {
      text,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...body.items);
    if (body.next === null) return found.map(({ name }) => name).sort();
    cursor = body.next;
  }
  throw new Error('the search has no end');
};

describe('a person', () => {
  it('is found by the beginning of a name or an address, with or without accents, and at once by a whole one', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'arrivages');
    const add = (email: string, givenName: string, familyName: string, externalId?: string) =>
      addPerson(desk, {
        email,
        givenName,
        familyName,
        subscriptions: [],
        ...(externalId && { externalId }),
      });
    await add('ada@example.org', 'Ada', 'Bonnet', 'C-42');
    await add('adele@example.org', 'Adèle', 'Müller');
    await add('zoe@example.org', 'Zoé', 'Lefèvre-Bonnard');
    expect(await search(desk, 'ad')).toEqual(['Ada Bonnet', 'Adèle Müller']);
    expect(await search(desk, 'muller adel')).toEqual(['Adèle Müller']);
    expect(await search(desk, 'Bonn')).toEqual(['Ada Bonnet', 'Zoé Lefèvre-Bonnard']);
    expect(await search(desk, 'zoe@')).toEqual(['Zoé Lefèvre-Bonnard']);
    expect(await search(desk, 'nobody')).toEqual([]);
    for (const whole of ['ADA@example.org', 'C-42']) {
      const { body } = await desk.ask<Found>('POST', '/people/search', { text: whole });
      expect([body.items.map(({ name }) => name), body.read, body.next]).toEqual([
        ['Ada Bonnet'],
        1,
        null,
      ]);
    }
    expect((await desk.ask('POST', '/people/search', { text: 'a' })).status).toBe(422);
    const bad = await desk.ask('POST', '/people/search', { text: 'ada', cursor: 'x' });
    expect(bad.status).toBe(422);
  });

  it('has one story over all touchpoints, in plain words, page by page', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'arrivages');
    const { body: ada } = await addPerson(desk, { ...ADA, frequency: 'immediate' });
    await desk.passTime(3_600_000);
    await desk.ask('POST', '/events', {
      events: [
        {
          id: 'e1',
          type: 'purchase',
          personId: ada.id,
          at: new Date(desk.ports.now()).toISOString(),
          data: { amount: 29.33, currency: 'EUR', items: 2 },
        },
        {
          id: 'e2',
          type: 'shop-visit',
          personId: ada.id,
          at: new Date(desk.ports.now() + 1).toISOString(),
          data: { shop: 'Lyon' },
        },
      ],
    });
    const letter = {
      name: 'One',
      topic: 'arrivages',
      subject: 'Les vendanges',
      content: { format: 'markdown', source: 'x' },
    };
    const { body: made } = await desk.ask<{ id: string }>('POST', '/campaigns', letter);
    await desk.ask('POST', `/campaigns/${made.id}/schedule`, {
      at: 'now',
      timeZone: 'Europe/Paris',
    });
    await desk.passTime(3_600_000);
    const pausedUntil = '2026-03-01T09:00:00Z';
    await desk.ask('POST', `/people/${ada.id}/preferences`, {
      pausedUntil,
      agent: { name: 'Lucie', method: 'phone' },
    });
    const whole = (await desk.ask<Story>('GET', `/people/${ada.id}/timeline`)).body;
    expect(whole.items.map(({ kind, words }) => [kind, plain(words.fr), plain(words.en)])).toEqual([
      [
        'consent',
        'Pause jusqu’au 1er mars 2026 · téléphone, par Lucie',
        'Break until 1 March 2026 · phone, by Lucie',
      ],
      [
        'mail',
        'Courrier « Les vendanges » · suit « Thème arrivages »',
        'Mail “Les vendanges” · follows “Topic arrivages”',
      ],
      ['event', 'Événement « shop-visit » · shop Lyon', 'Event “shop-visit” · shop Lyon'],
      ['event', 'Achat de 29,33 €, 2 articles', 'Bought for €29.33, 2 items'],
      ['came', 'Arrivée dans la maison', 'Came to the house'],
      ['consent', 'Oui à « Thème arrivages » · papier', 'Yes to “Topic arrivages” · paper'],
    ]);
    const pages: Story['items'] = [];
    let query = '?limit=2';
    for (let page = 0; page < 5; page += 1) {
      const { items, next } = (await desk.ask<Story>('GET', `/people/${ada.id}/timeline${query}`))
        .body;
      pages.push(...items);
      if (next === null) break;
      query = `?limit=2&cursor=${next}`;
    }
    expect(pages).toEqual(whole.items);
    expect((await desk.ask('GET', '/people/nobody/timeline')).status).toBe(404);
  });

  it('is helped by a member in their own name, whatever name the call gives', async () => {
    const { signIn, token } = someIssuer();
    const desk = await openDesk({ signIn });
    await withTopics(desk, 'arrivages');
    const { body: ada } = await addPerson(desk, ADA);
    const lucie = memberOf(desk.ports, {
      name: 'Lucie Perret',
      email: 'lucie@example.org',
      role: 'support',
    });
    await desk.ports.table.writeAll([memberWrite(desk.ports, { member: lucie, version: 0 })]);
    const headers = { authorization: `Bearer ${await token(lucie.email)}` };
    const wish = { frequency: 'quarterly', agent: { name: 'Somebody else', method: 'phone' } };
    const done = await desk.ask('POST', `/people/${ada.id}/preferences`, wish, headers);
    expect(done.status).toBe(200);
    const { items } = (await desk.ask<Story>('GET', `/people/${ada.id}/timeline`)).body;
    expect(items[0]?.words.en).toBe('Pace: once a season · phone, by Lucie Perret');
  });

  it('who asks for it is erased by an owner, with the agent in the ledger, and no import brings them back', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'arrivages');
    const { body: ada } = await addPerson(desk, ADA);
    const path = `/people/${ada.id}/erase`;
    expect((await desk.ask('POST', path, {})).status).toBe(422);
    const done = await desk.ask('POST', path, { agent: { name: 'Claire', method: 'reply' } });
    expect([done.status, done.body]).toEqual([200, { erased: true }]);
    expect((await desk.ask('GET', `/people/${ada.id}`)).status).toBe(404);
    expect((await addPerson(desk, ADA)).status).toBe(409);
    expect((await desk.ask('POST', path, { agent: { method: 'reply' } })).status).toBe(404);
    const ledger: unknown[] = [];
    for await (const row of desk.ports.table.query('records', `ledger#${ada.id}`))
      ledger.push(row.data);
    expect(ledger.at(-1)).toMatchObject({ method: 'reply', by: { kind: 'agent', name: 'Claire' } });
  });

  it('is a line without a name when nobody gave one', async () => {
    const desk = await openDesk();
    await addPerson(desk, { email: 'x@example.org', subscriptions: [] });
    expect(await search(desk, 'x@exam')).toEqual([null]);
  });
});
