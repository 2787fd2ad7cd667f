import { expect, it } from 'vitest';
import { withTopics } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Form = ProblemBody & {
  id: string;
  topics: string[] | null;
  frequency: string;
  url: string;
  embed: { fr: string; en: string };
  closedAt: string | null;
};

it('a house makes forms for its own site, and the one that is always there can be changed', async () => {
  const desk = await openDesk();
  await withTopics(desk, 'news', 'wine');
  const salon = { id: 'salon', topics: ['wine'], frequency: 'monthly' };
  const made = await desk.ask<Form>('POST', '/forms', salon);
  expect([made.status, made.body.url]).toEqual([201, 'http://house.test/subscribe/salon']);
  expect((await desk.ask<Form>('POST', '/forms', salon)).status).toBe(409);
  const wrong = await desk.ask<Form>('POST', '/forms', { ...salon, id: 'x', topics: ['nothing'] });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'topic-unknown']);
  const list = (await desk.ask<{ items: Form[] }>('GET', '/forms')).body.items;
  expect(list.map(({ id, topics }) => [id, topics])).toEqual([
    ['home', null],
    ['salon', ['wine']],
  ]);
  const home = await desk.ask<Form>('GET', '/forms/home');
  const match = { 'if-match': home.headers.get('etag') ?? '' };
  const changed = await desk.ask<Form>('PATCH', '/forms/home', { frequency: 'quarterly' }, match);
  expect([changed.status, changed.body.frequency]).toEqual([200, 'quarterly']);
  expect((await desk.ask('PATCH', '/forms/home', { frequency: 'weekly' }, match)).status).toBe(412);
  expect((await desk.ask('GET', '/forms/nobody')).status).toBe(404);
});

it('what one pastes into a page leads to the form with the address in it, and never in a URL', async () => {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  const { embed, url } = (await desk.ask<Form>('GET', '/forms/home')).body;
  expect(embed.fr).toContain(`action="${url}" method="post"`);
  expect(embed.en).not.toContain('<script');
  const page = await desk.app.request('/subscribe', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://shop.example',
    },
    body: 'email=ada%40example.org',
  });
  const html = await page.text();
  expect(html).toContain('ada@example.org');
  expect(html).toContain('name="consent"');
  expect(desk.mailbox.count()).toBe(0);
});

it('a form that is closed takes nobody any more and says where to go; opened again it is as before', async () => {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  await desk.ask('POST', '/forms', { id: 'salon', topics: ['news'], frequency: 'monthly' });
  const page = () =>
    desk.app.request('/subscribe/salon', {
      headers: { accept: 'text/html', 'accept-language': 'fr' },
    });
  const change = (id: string, closed: boolean) =>
    desk.ask<Form>('PATCH', `/forms/${id}`, { closed }, { 'if-match': '*' });
  expect((await page()).status).toBe(200);
  const closed = await change('salon', true);
  expect([closed.status, closed.body.closedAt]).toEqual([200, '2026-01-05T10:00:00.000Z']);
  const gone = await page();
  expect(gone.status).toBe(404);
  expect(await gone.text()).toContain('href="/subscribe"');
  const taken = await desk.app.request('/subscribe/salon', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'email=ada%40example.org&consent=yes&topics=news',
  });
  expect([taken.status, desk.mailbox.count()]).toEqual([404, 0]);
  expect((await change('salon', false)).body).toMatchObject({ closedAt: null, topics: ['news'] });
  expect((await page()).status).toBe(200);
  const home = await change('home', true);
  expect([home.status, home.body.code]).toEqual([409, 'state-does-not-allow']);
});
