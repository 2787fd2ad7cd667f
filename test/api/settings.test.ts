import { describe, expect, it } from 'vitest';
import { given } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Topic = {
  readonly id: string;
  readonly name: Record<string, string>;
  readonly atMost: number | null;
  readonly retiredAt: string | null;
};
const NEWS = { id: 'news', name: { fr: 'Nouvelles', en: 'News' }, atMost: 2 };

describe('a topic', () => {
  it.each([
    ['a name of two lines', { name: { fr: 'Nouvelles\r\nBcc: eve@example.org' } }, 'name'],
    ['half a sign', { name: { fr: 'Nouvelles \ud83c' } }, 'name'],
    ['a bell', { description: { fr: 'Ding \u0007' } }, 'description'],
  ])('with %s is refused', async (_, more, path) => {
    const desk = await openDesk();
    const { status, body } = await desk.ask<ProblemBody>('POST', '/topics', { ...NEWS, ...more });
    expect([status, body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
  });

  it('is made, listed in the order of making, and shown', async () => {
    const desk = await openDesk();
    for (const id of ['news', 'art', 'music']) {
      await desk.ask('POST', '/topics', { ...NEWS, id });
      await desk.passTime(1_000);
    }
    type List = { items: Topic[]; next: string | null };
    const first = await desk.ask<List>('GET', '/topics?limit=2');
    const rest = await desk.ask<List>('GET', `/topics?limit=2&cursor=${first.body.next}`);
    expect([...first.body.items, ...rest.body.items].map(({ id }) => id)).toEqual([
      'news',
      'art',
      'music',
    ]);
    expect(rest.body.next).toBeNull();
    expect((await desk.ask<Topic>('GET', '/topics/art')).body).toMatchObject({ atMost: 2 });
    for (const id of ['jazz', 'A B', '..%2Fbrand'])
      expect((await desk.ask('GET', `/topics/${id}`)).status).toBe(404);
  });

  it('is made once', async () => {
    const desk = await openDesk();
    const answers = await Promise.all([1, 2, 3].map(() => desk.ask('POST', '/topics', NEWS)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('is changed in what is sent and in nothing else, by who saw it as it is', async () => {
    const desk = await openDesk();
    const made = await desk.ask<Topic>('POST', '/topics', NEWS);
    const etag = made.headers.get('etag') ?? '';
    const wish = { name: { fr: 'Actualités' } };
    expect((await desk.ask('PATCH', '/topics/news', wish)).status).toBe(428);
    const changed = await desk.ask<Topic>('PATCH', '/topics/news', wish, { 'if-match': etag });
    expect(changed.body).toMatchObject({ name: { fr: 'Actualités' }, atMost: 2 });
    const late = await desk.ask<ProblemBody>('PATCH', '/topics/news', wish, { 'if-match': etag });
    expect([late.status, late.body.code]).toEqual([412, 'changed-meanwhile']);
    const now = (await desk.ask('GET', '/topics/news')).headers.get('etag') ?? '';
    const none = await desk.ask<Topic>(
      'PATCH',
      '/topics/news',
      { atMost: null },
      { 'if-match': now },
    );
    expect(none.body.atMost).toBeNull();
  });

  it('that is retired cannot be joined any more', async () => {
    const desk = await openDesk();
    await desk.ask('POST', '/topics', NEWS);
    const retired = await desk.ask<Topic>('POST', '/topics/news/retire');
    const again = await desk.ask<Topic>('POST', '/topics/news/retire');
    expect(again.body.retiredAt).toBe(retired.body.retiredAt);
    const joining = await desk.ask<ProblemBody>('POST', '/people', {
      email: 'ada@example.org',
      subscriptions: [given('news')],
    });
    expect([joining.status, joining.body.code]).toEqual([422, 'topic-unknown']);
  });

  it('that is retired gets no new letter, and one that was begun may still leave', async () => {
    const desk = await openDesk();
    await desk.ask('POST', '/topics', NEWS);
    await desk.ask('POST', '/topics', { ...NEWS, id: 'other' });
    const letter = (topic: string) => ({
      name: 'Letter',
      topic,
      subject: 'Letter',
      content: { format: 'markdown', source: 'A text.' },
    });
    const begun = await desk.ask<{ id: string }>('POST', '/campaigns', letter('news'));
    const other = await desk.ask<{ id: string }>('POST', '/campaigns', letter('other'));
    await desk.ask('POST', '/topics/news/retire');
    const fresh = await desk.ask<ProblemBody>('POST', '/campaigns', letter('news'));
    expect([fresh.status, fresh.body.code]).toEqual([422, 'topic-unknown']);
    const change = async ({ id }: { id: string }, wish: object) => {
      const { headers } = await desk.ask('GET', `/campaigns/${id}`);
      const match = { 'if-match': headers.get('etag') ?? '' };
      return (await desk.ask('PATCH', `/campaigns/${id}`, wish, match)).status;
    };
    expect(await change(other.body, { topic: 'news' })).toBe(422);
    expect(await change(begun.body, { subject: 'The last letter' })).toBe(200);
    expect((await desk.ask('POST', `/campaigns/${begun.body.id}/duplicate`)).status).toBe(201);
    const plan = { at: 'now', timeZone: 'Europe/Paris' };
    expect((await desk.ask('POST', `/campaigns/${begun.body.id}/schedule`, plan)).status).toBe(200);
  });
});

describe('the settings of the house', () => {
  it('begin with the defaults, and a change leaves the others as they are', async () => {
    const desk = await openDesk();
    const before = await desk.ask<Record<string, unknown>>('GET', '/brand');
    const headers = { 'if-match': before.headers.get('etag') ?? '' };
    const wish = { name: 'Librairie Ada', cap: { mails: 2, days: 7 } };
    const after = await desk.ask<Record<string, unknown>>('PATCH', '/brand', wish, headers);
    expect(after.body).toEqual({ ...before.body, ...wish });
    expect((await desk.ask('PATCH', '/brand', wish, headers)).status).toBe(412);
    expect((await desk.ask('PATCH', '/brand', wish)).status).toBe(428);
    const next = { 'if-match': after.headers.get('etag') ?? '' };
    const last = await desk.ask<Record<string, unknown>>(
      'PATCH',
      '/brand',
      { digestWeekday: 4 },
      next,
    );
    expect(last.body).toMatchObject({ ...wish, digestWeekday: 4 });
  });

  it.each([
    [{ timeZone: 'Paris' }, 'timeZone'],
    [{ languages: ['en'] }, 'languages'],
    [{ sender: { name: 'Ada', address: 'no address' } }, 'sender.address'],
    [{ colour: 'red;}' }, 'colour'],
    [{ logoUrl: 'javascript:alert(1)' }, 'logoUrl'],
    [{ privacyUrl: 'javascript:alert(1)' }, 'privacyUrl'],
    [{ privacyUrl: 'data:text/html,x' }, 'privacyUrl'],
    [{ format: 2 }, 'format'],
  ])('refuse %j', async (wish, path) => {
    const desk = await openDesk();
    const headers = { 'if-match': (await desk.ask('GET', '/brand')).headers.get('etag') ?? '' };
    const answer = await desk.ask<ProblemBody>('PATCH', '/brand', wish, headers);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, path]);
  });
});
