import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { callTo, destination } from '../ports/mailer.ts';
import { plannedCampaign } from '../console/scenes.ts';
import { linkTo, MONDAY, openTown, type StoryTown } from '../town.ts';
import { readMime } from './mime.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const post = (town: StoryTown, body: string, headers: Record<string, string> = JSON_BODY) =>
  town.request('/clock', { method: 'POST', body, headers });
const jsonOf = async (answer: Response | Promise<Response>) =>
  (await (await answer).json()) as Record<string, unknown>;
const iso = (at: number) => new Date(at).toISOString();

async function townWithMail() {
  const town = await openTown();
  const mischief = { h0: '<script>alert(1)</script>', h1: '<script>alert(2)</script>' };
  await town.ports.mailer.send(callTo(destination('ada@example.org')));
  await town.ports.mailer.send(callTo(destination('eve@example.org', { data: mischief })));
  return town;
}

test('who strays on a laptop reads so in their language, with a way back; programs are told as ever', async () => {
  const town = await openTown();
  for (const [language, words] of [
    ['fr', 'Il n’y a pas de page ici'],
    ['en', 'There is no page here'],
  ] as const) {
    const headers = { accept: 'text/html', 'accept-language': language };
    const page = await town.request('/nope', { headers });
    expect(page.status).toBe(404);
    expect(await page.text()).toContain(words);
  }
  const told = await jsonOf(town.request('/nope'));
  expect(told).toMatchObject({ code: 'not-found', status: 404 });
});

describe('the mailbox', () => {
  test('tells programs every mail, or those to one address, oldest first', async () => {
    const town = await townWithMail();
    const all = await jsonOf(town.request('/mailbox/messages.json'));
    expect(all).toMatchObject({ messages: [{ id: '1', to: 'ada@example.org' }, { id: '2' }] });
    const one = await jsonOf(town.request('/mailbox/messages.json?to=ada@example.org'));
    expect(one['messages']).toHaveLength(1);
    expect(one).toMatchObject({
      messages: [
        {
          id: '1',
          at: iso(MONDAY),
          to: 'ada@example.org',
          from: 'Maison d’Été <letters@example.org>',
          subject: 'L’été pour Ada',
          headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', To: 'ada@example.org' },
          html: expect.stringContaining('Bonjour') as string,
          text: expect.stringContaining('Bonjour') as string,
          category: 'editorial',
          mailing: 'm1',
        },
      ],
    });
    const none = await jsonOf(town.request('/mailbox/messages.json?to=nobody@example.org'));
    expect(none).toEqual({ messages: [] });
    const accept = { headers: { accept: 'application/json' } };
    expect(await jsonOf(town.request('/mailbox', accept))).toEqual(all);
    expect(await jsonOf(town.request('/mailbox/messages/1', accept))).toMatchObject({ id: '1' });
  });

  test('shows a mail to a person in four ways, and saves it as a mail program reads it', async () => {
    const town = await townWithMail();
    const list = await town.open('/mailbox');
    expect(
      list.links.filter(({ href }) => href.includes('/messages/')).map(({ href }) => href),
    ).toEqual(['/mailbox/messages/2', '/mailbox/messages/1']);
    const mail = await list.follow(/L’été pour Ada/);
    expect(mail.heading).toBe('L’été pour Ada');
    expect((await mail.follow('Plain text')).text).toContain('Bonjour Ada');
    expect((await mail.follow('Headers')).text).toContain(
      'List-Unsubscribe-Post List-Unsubscribe=One-Click',
    );
    expect((await mail.follow('Source')).text).toContain('multipart/alternative');
    const file = await town.request('/mailbox/messages/1.eml');
    expect(file.headers.get('content-type')).toBe('message/rfc822');
    expect(readMime(await file.text()).subject).toBe('L’été pour Ada');
  });

  test('lets nothing in a mail run, and nothing of it out of its frame', async () => {
    const town = await townWithMail();
    const shown = await town.request('/mailbox/messages/2/letter');
    const policy = shown.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
    );
    expect(policy).not.toContain('script');
    for (const path of ['', '/text', '/headers', '/source']) {
      const page = await town.open(`/mailbox/messages/2${path}`);
      expect(page.html).not.toContain('<script>');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect((await town.open('/mailbox/messages/2')).html).toMatch(
      /<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/,
    );
  });

  test('offers older mails only where there are some', async () => {
    const town = await openTown();
    for (let mail = 0; mail < 50; mail += 1)
      await town.ports.mailer.send(callTo(destination('ada@example.org')));
    const offers = async (path: string) =>
      (await town.open(path)).links.some(({ text }) => text === 'Older mails');
    expect(await offers('/mailbox')).toBe(false);
    await town.ports.mailer.send(callTo(destination('eve@example.org')));
    expect(await offers('/mailbox')).toBe(true);
    expect(await offers('/mailbox?to=ada@example.org')).toBe(false);
    const older = await (await town.open('/mailbox')).follow('Older mails');
    expect(older.links.filter(({ href }) => href.includes('/messages/'))).toHaveLength(1);
  });

  test('has no mail under a number that none was given', async () => {
    const town = await townWithMail();
    for (const path of ['3', 'x', '3.eml', '3/letter', '%00', '-1'])
      expect((await town.request(`/mailbox/messages/${path}`)).status).toBe(404);
  });
});

describe('the clock', () => {
  test('says what time it is and whose clock that is', async () => {
    const town = await openTown();
    const told = { now: iso(MONDAY), timeZone: 'Europe/Paris', mode: 'held', movingUntil: null };
    expect(await jsonOf(town.request('/clock.json'))).toEqual(told);
    expect((await town.open('/clock')).text).toContain('Monday, 5 January 2026 at 11:00');
  });

  test.each([
    ['{"advance":"PT90M"}', MONDAY + 1.5 * HOUR],
    ['{"advance":"P7D"}', MONDAY + 7 * DAY],
    ['{"advance":"P1M"}', Date.UTC(2026, 1, 5, 10)],
    ['{"to":"2026-02-01T00:00:00+01:00"}', Date.UTC(2026, 0, 31, 23)],
    // The wall clock keeps its hour when summer time begins in between.
    ['{"advance":"P3M"}', Date.UTC(2026, 3, 5, 9)],
  ])('moves by %s', async (body, at) => {
    const town = await openTown();
    const answer = await post(town, body);
    expect(answer.status).toBe(200);
    expect(await jsonOf(answer)).toMatchObject({ now: iso(at), ran: expect.any(Number) as number });
    expect(town.now()).toBe(at);
  });

  test('moves by a button, and until a time on the house’s own clock', async () => {
    const town = await openTown();
    const week = await (await town.open('/clock')).press('A week');
    expect(week.text).toContain('Monday, 12 January 2026 at 11:00');
    expect(week.text).toContain('No mail left on the way.');
    await week.press('Let time pass until then', { local: '2026-01-20T08:30' });
    expect(town.now()).toBe(Date.UTC(2026, 0, 20, 7, 30));
  });

  test('says how many mails left while it moved', async () => {
    const town = await openTown();
    await town.call('POST', '/topics', { id: 'arrivages', name: { fr: 'Arrivages' } });
    await plannedCampaign(town);
    const before = town.mails().length;
    const week = await (await town.open('/clock')).press('A week');
    const left = town.mails().length - before;
    expect(left).toBeGreaterThan(1);
    expect(week.text).toContain(`${left} mails left on the way.`);
    expect((await town.open('/clock')).text).not.toContain('left on the way');
  });

  test.each([
    ['2027-13-01T00:00', 'The time must be a day and an hour of the calendar.'],
    ['2027-02-30T00:00', 'The time must be a day and an hour of the calendar.'],
    ['2026-01-04T09:00', 'The clock never goes back.'],
    ['2099-01-01T00:00', 'The time must be within 10 years from now.'],
  ])('says on its page why it stays where it is, asked for %s', async (local, why) => {
    const town = await openTown();
    const page = await (await town.open('/clock')).press('Let time pass until then', { local });
    expect([page.status, page.heading]).toEqual([422, 'Clock']);
    expect(page.text).toContain(`Time stays where it is. ${why}`);
    expect(town.now()).toBe(MONDAY);
  });

  test.each([
    ['{', 400],
    ['{}', 422],
    ['[]', 422],
    ['{"advance":"1 day"}', 422],
    ['{"advance":"P"}', 422],
    ['{"advance":"-P1D"}', 422],
    ['{"advance":"P100Y"}', 422],
    ['{"advance":"P1D","to":"2026-02-01T00:00:00Z"}', 422],
    ['{"advance":"P1D","more":1}', 422],
    ['{"to":"tomorrow"}', 422],
    ['{"to":"2026-02-01T00:00:00"}', 422],
    ['{"to":"2026-01-01T00:00:00Z"}', 422],
  ])('refuses %s and stays where it is', async (body, status) => {
    const town = await openTown();
    const answer = await post(town, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(town.now()).toBe(MONDAY);
  });
});

describe('the tools of this machine', () => {
  test.each<[string, Record<string, string>]>([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page of another port', { origin: 'http://localhost:4000' }],
    ['a frame without an origin', { origin: 'null' }],
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the site', { 'sec-fetch-site': 'same-site' }],
    ['somebody behind a proxy', { 'x-forwarded-for': '203.0.113.7' }],
  ])('do nothing for %s', async (_, headers) => {
    const town = await openTown();
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    expect((await post(town, 'advance=P1D', form)).status).toBe(403);
    expect(town.now()).toBe(MONDAY);
  });

  test('do not answer under another name for this address', async () => {
    const town = await townWithMail();
    const { tools } = town;
    for (const path of ['/', '/mailbox', '/mailbox/messages.json', '/clock'])
      expect((await tools.request(`http://rebound.example${path}`)).status).toBe(403);
  });

  test('begin with a page from which everything can be reached', async () => {
    const town = await openTown();
    const start = await town.open('/');
    for (const { href } of start.links.filter((link) => !link.href.startsWith('#')))
      expect([href, (await town.open(href)).status]).toEqual([href, 200]);
  });
});

test('who signs up confirms with the button in the mail, and is asked nothing more', async () => {
  const town = await openTown();
  const names = { fr: 'Arrivages', en: 'New in' };
  await town.call('POST', '/topics', {
    id: 'arrivages',
    name: names,
    description: names,
    visibility: 'public',
  });
  const form = await town.open('/subscribe?lang=en');
  await form.press('Sign me up', {
    email: 'ada@example.org',
    frequency: 'monthly',
    consent: 'yes',
  });
  const confirm = await town.open(linkTo('confirm', town.lastMail('ada@example.org')));
  expect((await confirm.press(confirm.buttons[0]!)).status).toBe(200);
  const found = await town.call('POST', '/people/lookup', { email: 'ada@example.org' });
  expect(found).toMatchObject({ state: 'active', frequency: 'monthly' });
});
