import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../functions/consent/ledger.ts';
import { readLedger, readWords } from '../../functions/consent/store.ts';
import { readPerson } from '../../functions/people/store.ts';
import { ALL_SCOPES } from '../../functions/team/api-key.ts';
import { ADA, addPerson, given, withTopics, type PersonBody } from './cast.ts';
import { openDesk, type Desk, type ProblemBody } from './desk.ts';

async function house(): Promise<Desk> {
  const desk = await openDesk();
  await withTopics(desk, 'arrivages', 'ateliers');
  return desk;
}
const stateOn = (person: PersonBody, topic: string) =>
  person.subscriptions.find((one) => one.topic === topic)?.state;

/** Ada chooses for herself, as a reader does, an hour after she was added. */
async function chooses(desk: Desk, id: string, wish: object): Promise<PersonBody> {
  await desk.passTime(3_600_000);
  const agent = { name: 'Lou', method: 'phone' };
  return (await desk.ask<PersonBody>('POST', `/people/${id}/preferences`, { ...wish, agent })).body;
}

describe('a person a program adds', () => {
  it('with a proof is a reader, with everything the program said and the date of their next letter', async () => {
    const desk = await house();
    const answer = await addPerson(desk, { ...ADA, externalId: 'crm-1' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      email: 'ada@example.org',
      externalId: 'crm-1',
      state: 'active',
      frequency: 'monthly',
      givenName: 'Ada',
      salutation: { form: 'madame' },
      fields: { city: 'Lyon' },
      nextDigestAt: '2026-01-06T08:00:00.000Z',
      ignored: [],
    });
    expect(answer.body.links?.unsubscribe).toMatch(/^http:\/\/house\.test\/unsubscribe\//);
    expect(answer.body.id).not.toContain('ada');
  });

  it('leaves a record of the exact words, in a chain that holds', async () => {
    const desk = await house();
    const { id } = (await addPerson(desk, ADA)).body;
    const records = [];
    for await (const record of readLedger(desk.ports, id)) records.push(record);
    expect(records).toMatchObject([
      {
        purpose: 'topic:arrivages',
        state: 'given',
        method: 'paper',
        by: { kind: 'person' },
        change: { frequency: 'monthly' },
        at: Date.parse('2026-01-05T09:00:00Z'),
      },
    ]);
    const words = await readWords(desk.ports, [records[0]!.wordsHash!]);
    expect([...words.values()][0]?.text).toBe('Oui, la maison peut m’écrire.');
    const person = await readPerson(desk.ports, id);
    expect(await verifyLedger(desk.ports, person!.reader.it)).toEqual({ sound: true, records: 1 });
  });

  it('without a proof is unproven and has no letter to come', async () => {
    const desk = await house();
    const { body } = await addPerson(desk, {
      ...ADA,
      subscriptions: [{ topic: 'arrivages', consent: { state: 'given', legalBasis: 'consent' } }],
    });
    expect([body.state, body.nextDigestAt]).toEqual(['unproven', null]);
    expect(stateOn(body, 'arrivages')).toBe('unproven');
    await desk.drain();
    expect(desk.mailbox.count()).toBe(0);
  });

  it('who was asked gets the mail to confirm, and is a reader once they do', async () => {
    const desk = await house();
    const asked = { topic: 'arrivages', consent: { state: 'asked' } };
    const { status, body } = await addPerson(desk, { ...ADA, subscriptions: [asked] });
    expect([status, body.state, body.links]).toEqual([201, 'asked', null]);
    await desk.drain();
    const [mail] = desk.mailbox.letters('ada@example.org');
    const link = /http:\/\/house\.test(\/confirm\/[\w.-]+)/.exec(mail!.text)![1]!;
    const page = await (await desk.app.request(link)).text();
    const words = /name="words"[^>]*value="([^"]+)"/.exec(page)![1]!;
    await desk.app.request(link, {
      method: 'POST',
      body: new URLSearchParams({ choice: 'confirm', words }),
    });
    const found = await desk.ask<PersonBody>('POST', '/people/lookup', { email: ADA.email });
    expect(found.body).toMatchObject({ state: 'active', givenName: 'Ada', frequency: 'monthly' });
  });

  it('who was asked, and then shown to have said yes on paper, needs no mail any more', async () => {
    const desk = await house();
    const asked = { topic: 'arrivages', consent: { state: 'asked' } };
    const before = await addPerson(desk, { ...ADA, subscriptions: [asked] });
    const after = await addPerson(desk, ADA);
    expect([after.status, after.body.id, after.body.state]).toEqual([
      200,
      before.body.id,
      'active',
    ]);
  });

  it('is never mailed for a test key', async () => {
    const desk = await house();
    const headers = { authorization: `Bearer ${await desk.keyWith(ALL_SCOPES, 'test')}` };
    const asked = { ...ADA, subscriptions: [{ topic: 'arrivages', consent: { state: 'asked' } }] };
    const refused = await desk.ask<ProblemBody>('POST', '/people', asked, headers);
    expect([refused.status, refused.body.code]).toEqual([403, 'test-key']);
    expect((await desk.ask('POST', '/people', ADA, headers)).status).toBe(201);
    await desk.drain();
    expect(desk.mailbox.count()).toBe(0);
  });

  it('twice at the same moment is one person', async () => {
    const desk = await house();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => addPerson(desk, { ...ADA, externalId: 'crm-1' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 200, 200, 200, 200, 201,
    ]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });
});

describe('a person who is known', () => {
  it('keeps what they have and gains what is new', async () => {
    const desk = await house();
    await addPerson(desk, ADA);
    const { status, body } = await addPerson(desk, {
      email: ' ADA@Example.org ',
      fields: { shoe: 38, city: null },
      subscriptions: [given('ateliers')],
    });
    expect([status, body.givenName, body.fields]).toEqual([200, 'Ada', { shoe: 38 }]);
    expect(body.subscriptions.map(({ topic }) => topic).sort()).toEqual(['arrivages', 'ateliers']);
  });

  it('is written only when something changes', async () => {
    const desk = await house();
    const { id } = (await addPerson(desk, ADA)).body;
    const before = await readPerson(desk.ports, id);
    await addPerson(desk, ADA);
    expect(await readPerson(desk.ports, id)).toEqual(before);
  });

  it('keeps what they chose themselves: the answer lists what was ignored', async () => {
    const desk = await house();
    const { id } = (await addPerson(desk, ADA)).body;
    await chooses(desk, id, {
      frequency: 'weekly',
      language: 'en',
      timeZone: 'Europe/London',
      salutation: { form: 'none' },
      givenName: 'Adeline',
    });
    const { body } = await addPerson(desk, ADA);
    expect(body).toMatchObject({
      frequency: 'weekly',
      language: 'en',
      timeZone: 'Europe/London',
      salutation: { form: 'none' },
      givenName: 'Adeline',
    });
    expect([...body.ignored].sort()).toEqual([
      'frequency',
      'givenName',
      'language',
      'salutation',
      'timeZone',
    ]);
  });

  it('may be slowed down by a program, and sped up only with a later yes', async () => {
    const desk = await house();
    await addPerson(desk, { ...ADA, frequency: 'weekly' });
    const pace = async (person: object) => (await addPerson(desk, person)).body.frequency;
    expect(await pace({ ...ADA, frequency: 'monthly' })).toBe('monthly');
    expect(await pace({ ...ADA, frequency: 'immediate' })).toBe('monthly');
    await desk.passTime(86_400_000);
    const yes = given('arrivages', '2026-01-06T09:00:00Z');
    expect(await pace({ ...ADA, frequency: 'weekly', subscriptions: [yes] })).toBe('weekly');
  });

  it('who left a topic is brought back by no proof older than that, and by a later one', async () => {
    const desk = await house();
    const { id } = (await addPerson(desk, ADA)).body;
    await chooses(desk, id, { subscriptions: [{ topic: 'arrivages', delivery: 'off' }] });
    const again = await addPerson(desk, ADA);
    expect(again.body.ignored).toEqual(['subscriptions.arrivages']);
    expect(stateOn(again.body, 'arrivages')).toBe('withdrawn');
    const without = { topic: 'arrivages', consent: { state: 'given' } };
    const bare = await addPerson(desk, { email: ADA.email, subscriptions: [without] });
    expect(stateOn(bare.body, 'arrivages')).toBe('withdrawn');
    await desk.passTime(3_600_000);
    const later = given('arrivages', '2026-01-05T11:30:00Z');
    const back = await addPerson(desk, { email: ADA.email, subscriptions: [later] });
    expect([stateOn(back.body, 'arrivages'), back.body.state]).toEqual(['given', 'active']);
  });

  it('who stopped everything is not brought back by another topic', async () => {
    const desk = await house();
    const { id } = (await addPerson(desk, ADA)).body;
    const stopped = await chooses(desk, id, { everything: 'stop' });
    expect([stopped.state, stopped.nextDigestAt]).toEqual(['unsubscribed', null]);
    const again = await addPerson(desk, { email: ADA.email, subscriptions: [given('ateliers')] });
    expect([again.body.state, again.body.ignored]).toEqual([
      'unsubscribed',
      ['subscriptions.ateliers'],
    ]);
  });

  it('is found by address in any case, and by external id; nobody else is', async () => {
    const desk = await house();
    const { id } = (await addPerson(desk, { ...ADA, externalId: 'crm-1' })).body;
    for (const wish of [{ email: 'ADA@EXAMPLE.ORG' }, { externalId: 'crm-1' }]) {
      const found = await desk.ask<PersonBody>('POST', '/people/lookup', wish);
      expect([found.status, found.body.id]).toEqual([200, id]);
    }
    for (const wish of [{ email: 'bob@example.org' }, { externalId: 'crm-2' }])
      expect((await desk.ask('POST', '/people/lookup', wish)).status).toBe(404);
    expect((await desk.ask('POST', '/people/lookup', {})).status).toBe(422);
    expect((await desk.ask('GET', '/people/nobody')).status).toBe(404);
  });

  it('shares an external id with nobody', async () => {
    const desk = await house();
    await addPerson(desk, { ...ADA, externalId: 'crm-1' });
    const other = await desk.ask<ProblemBody>('POST', '/people', {
      email: 'bob@example.org',
      externalId: 'crm-1',
    });
    expect([other.status, other.body.errors?.[0]?.path]).toEqual([409, 'externalId']);
    expect((await desk.ask('POST', '/people/lookup', { email: 'bob@example.org' })).status).toBe(
      404,
    );
  });
});

describe('what a program says of a person', () => {
  it.each([
    ['an unknown topic', { subscriptions: [given('nowhere')] }, 'subscriptions.0.topic'],
    [
      'a topic named twice',
      { subscriptions: [given('arrivages'), given('arrivages')] },
      'subscriptions.1.topic',
    ],
    [
      'a proof from the future',
      { subscriptions: [given('arrivages', '2026-03-01T00:00:00Z')] },
      'subscriptions.0.consent.proof.at',
    ],
    [
      'a moment without a zone',
      { subscriptions: [given('arrivages', '2026-01-01T00:00:00')] },
      'subscriptions.0.consent.proof.at',
    ],
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['a pace that is none', { frequency: 'hourly' }, 'frequency'],
    ['a field that is a thing', { fields: { city: { name: 'Lyon' } } }, 'fields.city'],
    ['a name of two lines', { givenName: 'Ada\r\nBcc: x@example.org' }, 'givenName'],
    ['an unknown field', { phone: '0102030405' }, 'phone'],
    ['a wrong kind', { subscriptions: 'arrivages' }, 'subscriptions'],
    [
      'own words with markup',
      { salutation: { form: 'own', words: '<b>Ada</b>' } },
      'salutation.words',
    ],
  ])('with %s is refused, and nothing is kept', async (_, wrong, path) => {
    const desk = await house();
    const answer = await desk.ask<ProblemBody>('POST', '/people', { ...ADA, ...wrong });
    expect([answer.status, answer.body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
    expect((await desk.ask('POST', '/people/lookup', { email: ADA.email })).status).toBe(404);
  });

  it('cannot reach the inside of a record', async () => {
    const desk = await house();
    const body = `{"email":"ada@example.org","fields":{"__proto__":"x"},"__proto__":{"state":"active"}}`;
    const answer = await desk.ask<ProblemBody>('POST', '/people', body);
    expect(answer.status).toBe(422);
  });
});

describe('the list of people', () => {
  it('shows everybody once, page by page', async () => {
    const desk = await house();
    for (let index = 0; index < 25; index += 1)
      await addPerson(desk, { email: `reader${index}@example.org` });
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const page: { items: PersonBody[]; next: string | null } = (
        await desk.ask<{ items: PersonBody[]; next: string | null }>(
          'GET',
          `/people?limit=10${cursor}`,
        )
      ).body;
      seen.push(...page.items.map(({ email }) => email));
      next = page.next;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('refuses a cursor that it did not give', async () => {
    const desk = await house();
    for (const cursor of ['x', 'MTIz!', '%00', 'a'.repeat(700)])
      expect((await desk.ask('GET', `/people?cursor=${cursor}`)).status).toBe(422);
    expect((await desk.ask('GET', '/people?limit=0')).status).toBe(422);
    expect((await desk.ask('GET', '/people?limit=201')).status).toBe(422);
  });
});
