import { describe, expect, it } from 'vitest';
import { addPerson, given, withTopics, type PersonBody } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

const desk = await openDesk();
await withTopics(desk, 'news');

const LONGEST_NAME = 'a'.repeat(64);

describe('an address', () => {
  it.each([
    ['in capitals', 'ADA.Lovelace@EXAMPLE.Org', 'ada.lovelace@example.org'],
    [
      'between spaces of every kind',
      '\u00a0 \u200bada1@example.org\ufeff\u2003',
      'ada1@example.org',
    ],
    ['at a domain in its own letters', 'ada@müller.example', 'ada@xn--mller-kva.example'],
    ['at a domain already in Punycode', 'ada2@xn--mller-kva.example', 'ada2@xn--mller-kva.example'],
    ['of 64 letters before the @', `${LONGEST_NAME}@example.org`, `${LONGEST_NAME}@example.org`],
    ['with an apostrophe', "o'brien@example.org", "o'brien@example.org"],
    ['with a plus and signs', 'ada+news_1-x@example.org', 'ada+news_1-x@example.org'],
    ['with $& in it', 'a$&b{c}@example.org', 'a$&b{c}@example.org'],
    ['of a role that people read', 'contact@example.org', 'contact@example.org'],
  ])('%s is taken, and leads to one person', async (_, written, kept) => {
    const added = await addPerson(desk, { email: written, subscriptions: [given('news')] });
    expect([added.status, added.body.email]).toEqual([201, kept]);
    const again = await addPerson(desk, { email: kept });
    expect([again.status, again.body.id]).toEqual([200, added.body.id]);
    const found = await desk.ask<PersonBody>('POST', '/people/lookup', { email: written });
    expect(found.body.id).toBe(added.body.id);
  });

  it.each([
    ['in quotation marks', '"ada lovelace"@example.org', /quotation marks/],
    ['with a line break', 'ada@example.org\r\nBcc: bob@example.org', /one line/],
    ['with a line break in the middle', 'ada\n@example.org', /one line/],
    ['of 65 letters before the @', `a${LONGEST_NAME}@example.org`, /64 characters/],
    ['with letters that mail cannot carry', 'adà@example.org', /without accents/],
    ['with two dots', 'ada..b@example.org', /without accents/],
    ['without a domain', 'ada@', /domain/],
    ['at a machine', 'ada@localhost', /domain/],
    ['at a number', 'ada@127.0.0.1', /domain/],
    ['without an @', 'ada.example.org', /an @/],
    ['with two people in it', 'ada@example.org,bob@example.org', /./],
    ['with a name around it', 'Ada <ada@example.org>', /./],
    ['where nobody reads', 'no-reply@example.org', /nobody reads/],
    ['where complaints go', 'Abuse@example.org', /nobody reads/],
  ])('%s is refused with a clear word', async (_, email, word) => {
    const answer = await desk.ask<ProblemBody>('POST', '/people', { email });
    expect([answer.status, answer.body.code]).toEqual([422, 'address-refused']);
    expect(answer.body.errors).toMatchObject([{ path: 'email' }]);
    expect(answer.body.errors![0]!.detail).toMatch(word);
  });
});

describe('a name', () => {
  it.each([
    ["O’Brien and O'Brien", { givenName: 'Maeve', familyName: "O'Brien" }],
    ['Müller, decomposed', { givenName: 'Jürgen', familyName: 'Mu\u0308ller' }],
    ['emoji with joiners', { givenName: '👩🏽‍🚀 Zoé', familyName: '🇫🇷' }],
    ['right to left', { givenName: 'נועה', familyName: 'الخوارزمي' }],
    ['$& and braces', { givenName: '$& $1 $`', familyName: '{{ person.email }} {% if %}' }],
    ['markup and a script', { givenName: '<b>Ada</b>', familyName: '"><script>alert(1)</script>' }],
    ['a formula', { givenName: '=HYPERLINK("x")', familyName: '+1' }],
    ['a word of the machine', { givenName: 'constructor', familyName: '__proto__' }],
  ])('%s is kept letter for letter', async (_, names) => {
    const email = `${Buffer.from(names.givenName).toString('hex').slice(0, 40)}@example.org`;
    const added = await addPerson(desk, { email, ...names });
    expect(added.body).toMatchObject(names);
    const read = await desk.ask<PersonBody>('GET', `/people/${added.body.id}`);
    expect(read.body).toMatchObject(names);
    expect(read.headers.get('content-type')).toMatch(/^application\/json/);
    expect(read.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

it('no address stands in any URL of the API', async () => {
  const answer = await desk.ask<{ paths: Record<string, object> }>('GET', '/openapi.json');
  expect(Object.keys(answer.body.paths).filter((path) => /mail|address/.test(path))).toEqual([]);
  const parameters = JSON.stringify(
    Object.values(answer.body.paths).flatMap((item) =>
      Object.values(item).map((operation) => (operation as { parameters?: object }).parameters),
    ),
  );
  expect(parameters).not.toMatch(/mail|address/i);
});
