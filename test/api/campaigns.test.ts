import { describe, expect, it } from 'vitest';
import { ADA, addPerson, given, withTopics } from './cast.ts';
import { openDesk, type Desk, type ProblemBody } from './desk.ts';

const LETTER = {
  name: 'January arrivals',
  topic: 'arrivages',
  subject: { fr: 'Les nouveautés de janvier', en: 'New in January' },
  from: { name: 'Claire Delorme', address: 'claire@example.org' },
  content: {
    format: 'markdown',
    source: {
      fr: '{{ person.greeting }},\n\nVoici **janvier**.',
      en: '{{ person.greeting }},\n\nHere is **January**.',
    },
  },
};
type Campaign = typeof LETTER & {
  readonly id: string;
  readonly state: string;
  readonly audience?: object;
  readonly schedule: { readonly at: string; readonly timeZone: string } | null;
  readonly figures: Record<string, number> & { readonly byReason: Record<string, number> };
};
const NOON = { at: '2026-01-05T12:00', timeZone: 'Europe/Paris' };

/** Ada reads at once, Bob once a month, Cleo is unproven, Dan paused. */
async function house(): Promise<Desk> {
  const desk = await openDesk();
  await withTopics(desk, 'arrivages');
  const add = async (name: string, more: object) =>
    (await addPerson(desk, { ...ADA, email: `${name}@example.org`, givenName: name, ...more }))
      .body;
  await add('ada', { frequency: 'immediate' });
  await add('bob', { frequency: 'monthly' });
  await add('cleo', {
    subscriptions: [{ topic: 'arrivages', consent: { state: 'given', legalBasis: 'consent' } }],
  });
  const dan = await add('dan', { frequency: 'immediate', subscriptions: [given('arrivages')] });
  await desk.ask('POST', `/people/${dan.id}/preferences`, {
    pausedUntil: '2026-03-01T00:00:00Z',
    agent: { name: 'Lou', method: 'phone' },
  });
  return desk;
}
const write = async (desk: Desk, more: object = {}) =>
  (await desk.ask<Campaign>('POST', '/campaigns', { ...LETTER, ...more })).body;
const act = (desk: Desk, id: string, name: string, body?: object) =>
  desk.ask<Campaign & ProblemBody>('POST', `/campaigns/${id}/${name}`, body);

describe('a campaign', () => {
  it('goes from draft to sent, and its books balance', async () => {
    const desk = await house();
    const draft = await write(desk);
    expect(draft.state).toBe('draft');
    const rehearsal = await desk.ask<Record<string, unknown>>(
      'POST',
      `/campaigns/${draft.id}/dry-run`,
    );
    expect(rehearsal.body).toMatchObject({
      candidates: 4,
      send: 1,
      hold: 0,
      digest: 2,
      drop: 1,
      byReason: { subscribed: 1, frequency: 1, paused: 1, unproven: 1 },
    });
    await desk.drain();
    expect(desk.mailbox.count()).toBe(0);
    const scheduled = await act(desk, draft.id, 'schedule', { ...NOON, expect: 4 });
    expect(scheduled.body).toMatchObject({ state: 'scheduled', schedule: NOON });
    await desk.passTime(3 * 3_600_000);
    const { figures, state } = (await desk.ask<Campaign>('GET', `/campaigns/${draft.id}`)).body;
    expect(state).toBe('sent');
    expect(figures).toMatchObject({ candidates: 4, accepted: 1, digest: 2, dropped: 1 });
    expect([...desk.mailbox.letters()].map(({ to }) => to)).toEqual(['ada@example.org']);
  });

  it('has a delivery log that can be asked by person, decision and reason, page by page', async () => {
    const desk = await house();
    const { id } = await write(desk);
    await act(desk, id, 'schedule', NOON);
    await desk.passTime(3 * 3_600_000);
    type Log = {
      items: { person: string; decision: string; reason: string }[];
      next: string | null;
    };
    const log = (query: string) => desk.ask<Log>('GET', `/campaigns/${id}/deliveries${query}`);
    const all: Log['items'] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Log = (await log(`?limit=1${next && `&cursor=${next}`}`)).body;
      all.push(...page.items);
      next = page.next;
    }
    expect(all.map(({ reason }) => reason).sort()).toEqual([
      'frequency',
      'paused',
      'subscribed',
      'unproven',
    ]);
    const sent = (await log('?decision=send')).body.items;
    expect(sent).toHaveLength(1);
    expect((await log(`?person=${sent[0]!.person}`)).body.items).toEqual(sent);
    expect((await log('?reason=unproven')).body.items).toMatchObject([{ decision: 'drop' }]);
    expect((await log('?order=asc')).status).toBe(422);
  });

  it('with a template that cannot be a letter is refused with line and column, and is not kept', async () => {
    const desk = await house();
    const answer = await desk.ask<ProblemBody>('POST', '/campaigns', {
      ...LETTER,
      content: { format: 'markdown', source: 'Bonjour\n\n{% if person.givenName %}oui' },
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'template-invalid']);
    expect(answer.body.errors?.[0]?.path).toMatch(/^content\.source:3:\d+$/);
    expect((await desk.ask<{ items: [] }>('GET', '/campaigns')).body.items).toEqual([]);
  });

  it.each([
    ['an unknown topic', { topic: 'nowhere' }, 'topic-unknown', 'topic'],
    ['an end that has passed', { expiresAt: '2025-01-01T00:00:00Z' }, 'moment-passed', 'expiresAt'],
    ['a subject of two lines', { subject: 'A\nBcc: x' }, 'input-invalid', 'subject'],
    [
      'a condition nobody knows',
      { audience: { fact: 'shoeSize', atLeast: 3 } },
      'input-invalid',
      'audience.fact',
    ],
    [
      'a condition half said',
      { audience: { all: [{ fact: 'spent', atLeast: 'much' }] } },
      'input-invalid',
      'audience.all.0.atLeast',
    ],
    ['a field of its own', { colour: 'red' }, 'input-invalid', 'colour'],
    [
      'a picture from an unsafe place',
      { picture: { url: 'http://x.example/a.png', alt: '' } },
      'input-invalid',
      'picture.url',
    ],
  ])('with %s is refused', async (_, wrong, code, path) => {
    const desk = await house();
    const answer = await desk.ask<ProblemBody>('POST', '/campaigns', { ...LETTER, ...wrong });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(answer.body.errors?.map((error) => error.path)).toEqual([path]);
  });

  it('in the past, at an hour that is none, or for another number of readers is not scheduled', async () => {
    const desk = await house();
    const { id } = await write(desk);
    const past = await act(desk, id, 'schedule', {
      at: '2026-01-05T10:00',
      timeZone: 'Europe/Paris',
    });
    expect([past.status, past.body.code]).toEqual([422, 'moment-passed']);
    for (const at of ['2026-01-05T25:00', '2026-02-30T10:00', '2026-01-06', '2026-01-06T10:00Z'])
      expect((await act(desk, id, 'schedule', { ...NOON, at })).status).toBe(422);
    const other = await act(desk, id, 'schedule', { ...NOON, expect: 3 });
    expect([other.status, other.body.code]).toEqual([409, 'expected-another-number']);
    const readers = await act(desk, id, 'schedule', { ...NOON, timeZone: 'reader' });
    expect([readers.status, readers.body.code]).toEqual([422, 'moment-passed']);
    expect((await desk.ask<Campaign>('GET', `/campaigns/${id}`)).body.state).toBe('draft');
  });

  it('can be taken back before it starts, changed, and not changed once it is scheduled', async () => {
    const desk = await house();
    const { id } = await write(desk, { audience: { fact: 'purchases', atLeast: 1 } });
    const patch = async (wish: object) => {
      const etag = (await desk.ask('GET', `/campaigns/${id}`)).headers.get('etag') ?? '';
      return desk.ask<Campaign>('PATCH', `/campaigns/${id}`, wish, { 'if-match': etag });
    };
    const changed = await patch({ name: 'Another', audience: null });
    expect(changed.body).toMatchObject({ name: 'Another', subject: LETTER.subject });
    expect(changed.body.audience).toBeUndefined();
    await act(desk, id, 'schedule', NOON);
    expect((await patch({ name: 'Too late' })).status).toBe(409);
    expect((await act(desk, id, 'unschedule')).body.state).toBe('draft');
    await desk.passTime(3 * 3_600_000);
    expect(desk.mailbox.count()).toBe(0);
    expect((await desk.ask('PATCH', `/campaigns/${id}`, { name: 'x' })).status).toBe(428);
  });

  it('is held, goes on, ends and is duplicated as its state allows', async () => {
    const desk = await house();
    const { id } = await write(desk);
    for (const name of ['pause', 'resume', 'stop', 'withdraw', 'unschedule'])
      expect((await act(desk, id, name)).status).toBe(409);
    const copy = await act(desk, id, 'duplicate');
    expect([copy.status, copy.body.state, copy.body.name]).toEqual([201, 'draft', LETTER.name]);
    expect(copy.body.id).not.toBe(id);
    await act(desk, id, 'schedule', NOON);
    await desk.passTime(3 * 3_600_000);
    expect((await act(desk, id, 'withdraw')).status).toBe(200);
    expect((await act(desk, id, 'schedule', NOON)).status).toBe(409);
    for (const name of ['pause', 'dry-run', 'duplicate', 'schedule'])
      expect((await act(desk, 'nobody', name, name === 'schedule' ? NOON : undefined)).status).toBe(
        404,
      );
  });

  it('goes to whoever wrote it on request, and stands in no book', async () => {
    const desk = await house();
    const { id } = await write(desk);
    const sent = await act(desk, id, 'test', { to: 'claire@example.org', language: 'en' });
    expect(sent.status).toBe(202);
    await desk.drain();
    const [mail] = desk.mailbox.letters('claire@example.org');
    expect(mail?.subject).toContain('New in January');
    expect((await desk.ask<Campaign>('GET', `/campaigns/${id}`)).body.figures.candidates).toBe(0);
    expect((await act(desk, id, 'test', { to: 'claire@localhost' })).status).toBe(422);
  });

  it('is listed newest first, page by page', async () => {
    const desk = await house();
    for (const name of ['one', 'two', 'three']) {
      await write(desk, { name });
      await desk.passTime(1_000);
    }
    type List = { items: Campaign[]; next: string | null };
    const first = await desk.ask<List>('GET', '/campaigns?limit=2');
    const rest = await desk.ask<List>('GET', `/campaigns?limit=2&cursor=${first.body.next}`);
    expect([...first.body.items, ...rest.body.items].map(({ name }) => name)).toEqual([
      'three',
      'two',
      'one',
    ]);
    expect(rest.body.next).toBeNull();
  });
});

describe('the list of campaigns', () => {
  it('shows those in one state, of one topic, or with words in their name, page by page', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'news', 'wine');
    const make = async (name: string, topic: string) => {
      const { body } = await desk.ask<{ id: string }>('POST', '/campaigns', {
        name,
        topic,
        subject: name,
        content: { format: 'markdown', source: name },
      });
      await desk.passTime(1_000);
      return body.id;
    };
    const spring = await make('Été à Lyon', 'news');
    await make('Vendanges', 'wine');
    await make('Lyon en hiver', 'wine');
    await desk.ask('POST', `/campaigns/${spring}/schedule`, {
      at: 'now',
      timeZone: 'Europe/Paris',
    });
    const list = async (query: string) =>
      (
        await desk.ask<{ items: { name: string; state: string }[]; next: string | null }>(
          'GET',
          `/campaigns${query}`,
        )
      ).body;
    const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
    expect(await names('')).toEqual(['Lyon en hiver', 'Vendanges', 'Été à Lyon']);
    expect(await names('?topic=wine')).toEqual(['Lyon en hiver', 'Vendanges']);
    expect(await names('?text=lyon')).toEqual(['Lyon en hiver', 'Été à Lyon']);
    expect(await names('?text=ete+lyon')).toEqual(['Été à Lyon']);
    expect(await names('?state=scheduled')).toEqual(['Été à Lyon']);
    await desk.passTime(3_600_000);
    expect(await names('?state=sent')).toEqual(['Été à Lyon']);
    expect(await names('?state=scheduled')).toEqual([]);
    const first = await list('?state=draft&limit=1');
    expect(await names(`?state=draft&limit=1&cursor=${first.next}`)).toEqual(['Vendanges']);
    expect((await desk.ask('GET', '/campaigns?state=wrong')).status).toBe(422);
  });
});
