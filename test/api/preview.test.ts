import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../functions/base/time.ts';
import { ADA, addPerson, given, withTopics } from './cast.ts';
import { openDesk, type Desk, type ProblemBody } from './desk.ts';

type Preview = {
  readonly language: string;
  readonly languages: readonly string[];
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly uses: readonly string[];
  readonly remarks: readonly { code: string; level: string; what: string }[];
  readonly decision: { kind: string; because: string; until: string | null } | null;
};
const LETTER = {
  topic: 'arrivages',
  subject: { fr: 'Janvier, {{ person.givenName }}', en: 'January, {{ person.givenName }}' },
  preheader: { fr: 'Trois choses', en: 'Three things' },
  content: {
    format: 'markdown',
    source: { fr: '{{ person.greeting }},\n\nVoici.', en: '{{ person.greeting }},\n\nHere.' },
  },
};

async function house() {
  const desk = await openDesk();
  await withTopics(desk, 'arrivages', 'ventes');
  const ada = await addPerson(desk, {
    ...ADA,
    frequency: 'monthly',
    language: 'fr',
    subscriptions: [given('arrivages')],
  });
  return { desk, ada: ada.body.id };
}
const look = (desk: Desk, more: object = {}, headers = {}) =>
  desk.ask<Preview & ProblemBody>('POST', '/campaigns/preview', { ...LETTER, ...more }, headers);
const codes = ({ remarks }: Preview) => remarks.map(({ code }) => code);
const html = (source: string) => ({ content: { format: 'html', source } });

describe('a letter on the desk', () => {
  it('is shown as its author wrote it, with every fallback, and nothing of it is kept', async () => {
    const { desk } = await house();
    const { status, body } = await look(desk, { language: 'en' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ language: 'en', languages: ['fr', 'en'], subject: 'January, ' });
    expect(body.text).toContain('Hello,\n\nHere.');
    expect(body.text).toContain('You read us at your own pace.');
    expect(body.uses).toContain('person.givenName');
    const { body: list } = await desk.ask<{ items: unknown[] }>('GET', '/campaigns');
    expect(list.items).toEqual([]);
  });

  it('is shown as one reader would get it, with what the heart says of them today', async () => {
    const { desk, ada } = await house();
    const { body } = await look(desk, { as: ada });
    expect(body.subject).toBe('Janvier, Ada');
    expect(body.text).toContain('une fois par mois');
    expect(body.decision).toMatchObject({ kind: 'digest', because: 'frequency' });
    expect(body.decision?.until).toMatch(/^2026-01-06T/);
  });

  it('says that the audience leaves a reader out', async () => {
    const { desk, ada } = await house();
    const { body } = await look(desk, { as: ada, audience: { language: 'en' } });
    expect(body.decision).toBeNull();
  });

  it('holds no link that acts for the reader it is read as', async () => {
    const { desk, ada } = await house();
    const { body } = await look(desk, { as: ada });
    expect(body.html + body.text).not.toMatch(/\/(?:unsubscribe|preferences)\//);
  });

  it('shows no reader to who may not look people up', async () => {
    const { desk, ada } = await house();
    const key = await desk.keyWith(['campaigns:write']);
    const headers = { authorization: `Bearer ${key}` };
    expect((await look(desk, { as: ada }, headers)).status).toBe(403);
    expect((await look(desk, {}, headers)).status).toBe(200);
  });

  it('tells the line and column of what cannot be compiled', async () => {
    const { desk } = await house();
    const { status, body } = await look(desk, {
      content: { format: 'markdown', source: 'Bonjour\n\n{{ person.nom' },
    });
    expect(status).toBe(422);
    expect(body.errors?.[0]?.path).toBe('content.source:3:1');
  });
});

it('the rehearsal says how many would read a gap where a field has nothing in it', async () => {
  const { desk } = await house();
  const add = (email: string, more: object) =>
    addPerson(desk, {
      ...ADA,
      email,
      language: 'fr',
      subscriptions: [given('arrivages')],
      ...more,
    });
  await add('bob@example.org', { givenName: undefined, fields: {} });
  await add('eve@example.org', { givenName: undefined, language: 'en' });
  const letter = {
    ...LETTER,
    name: 'gaps',
    content: {
      format: 'markdown',
      source: { fr: 'De {{ person.fields.city }}', en: '{{ person.fields.city | default: "x" }}' },
    },
  };
  const { body } = await desk.ask<{ id: string }>('POST', '/campaigns', letter);
  const run = await desk.ask<{ emptyFields: object }>('POST', `/campaigns/${body.id}/dry-run`);
  expect(run.body.emptyFields).toEqual({ 'person.givenName': 2, 'person.fields.city': 1 });
});

describe('a careful colleague', () => {
  const cases: [string, object, string][] = [
    ['a subject that no phone shows whole', { subject: 'x'.repeat(80) }, 'subject-long'],
    ['a subject that shouts', { subject: 'DERNIERS JOURS MAINTENANT' }, 'subject-loud'],
    ['a missing preheader', { preheader: undefined }, 'preheader-missing'],
    ['a long preheader', { preheader: 'x '.repeat(80) }, 'preheader-long'],
    ['a picture without alt', html('<img src="https://a.example/b.jpg">'), 'picture-without-alt'],
    [
      'a file name for an alt',
      html('<img src="https://a.example/b.jpg" alt="IMG_2041.jpg">'),
      'picture-alt-is-a-file-name',
    ],
    ['a link without words', html('<a href="https://a.example/"></a>'), 'link-without-words'],
    ['"click here"', html('<a href="https://a.example/">Cliquez ici</a>'), 'link-says-nothing'],
    ['a link to nowhere', html('<a href="#">La vente</a>'), 'link-leads-nowhere'],
    [
      'an address without TLS',
      html('<a href="http://a.example/">La vente</a>'),
      'link-not-encrypted',
    ],
    [
      'grey words on white',
      html('<p style="color:#aaaaaa">à peine lisible</p>'),
      'words-hard-to-see',
    ],
    [
      'white words on a pale box',
      html('<table bgcolor="#dddddd"><tr><td style="color: white">pâle</td></tr></table>'),
      'words-hard-to-see',
    ],
    ['a heading that is skipped', html('<h1>Un</h1><h3>Deux</h3>'), 'heading-skipped'],
    ['a long letter', html(`<p>${'mot '.repeat(19_000)}</p>`), 'letter-large'],
    ['a field that may be empty', {}, 'field-may-be-empty'],
  ];
  it.each(cases)('notices %s', async (_, change, code) => {
    const { desk } = await house();
    const { body } = await look(desk, change);
    expect(codes(body)).toContain(code);
  });

  it('has nothing to say about a good letter', async () => {
    const { desk } = await house();
    const { body } = await look(desk, {
      subject: 'Ce que janvier apporte',
      content: {
        format: 'markdown',
        source:
          '# Janvier\n\n{{ person.greeting }},\n\nTrois choses pour {{ person.fields.city | default: "vous" }}.\n\n![Une table](https://a.example/b.jpg)\n\n[Voir la table](https://a.example/){.button}',
      },
    });
    expect(body.remarks).toEqual([]);
  });
});

describe('the letter of a campaign', () => {
  type Made = { readonly id: string };
  const read = (desk: Desk, id: string, more = '') =>
    desk.ask<Preview & ProblemBody>('GET', `/campaigns/${id}/letter${more}`);

  it('is read whole by whoever may see campaigns, in each of its languages, as nobody in particular', async () => {
    const { desk } = await house();
    const { body: made } = await desk.ask<Made>('POST', '/campaigns', {
      name: 'Janvier',
      ...LETTER,
    });
    const { status, body } = await read(desk, made.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ language: 'fr', languages: ['fr', 'en'], decision: null });
    expect(body.text).toContain('Voici.');
    const { body: inEnglish } = await read(desk, made.id, '?language=en');
    expect(inEnglish).toMatchObject({ language: 'en', subject: 'January, ' });
    expect(inEnglish.html).toContain('Here.');
  });

  it('stays what it was when it left, whatever the house changes of itself afterwards', async () => {
    const { desk } = await house();
    const link = 'https://house.example/a?b=1&c=2';
    const source = `{{ person.greeting }},\n\n[Voir](${link})`;
    const { body: made } = await desk.ask<Made>('POST', '/campaigns', {
      ...{ name: 'Janvier', ...LETTER },
      content: { format: 'markdown', source: { fr: source, en: source } },
    });
    const { body: draft } = await read(desk, made.id);
    await desk.ask('POST', `/campaigns/${made.id}/schedule`, {
      at: 'now',
      timeZone: 'Europe/Paris',
    });
    await desk.passTime(5 * MINUTE);
    const moved = { postalAddress: '9 quai Neuf, Dole', colour: '#224466' };
    const sender = { name: 'Somebody Else', address: 'else@example.org' };
    const answer = await desk.ask('PATCH', '/brand', { ...moved, sender }, { 'if-match': '*' });
    expect(answer.status).toBe(200);
    const { body: left } = await read(desk, made.id);
    expect(left.html).toBe(draft.html);
    expect([left.text, left.from]).toEqual([draft.text, draft.from]);
    expect(left.html).toContain('href="https://house.example/a?b=1&amp;c=2"');
    expect((await read(desk, made.id, '?language=en')).body.subject).toBe('January, ');
    const { body: fresh } = await desk.ask<Made>('POST', `/campaigns/${made.id}/duplicate`);
    const { body: now } = await read(desk, fresh.id);
    expect(now.html).toContain('9 quai Neuf, Dole');
    expect(now.from).toEqual(sender);
  });

  it('that was put right afterwards is shown as it was first written; the correction, as it left', async () => {
    const { desk, ada } = await house();
    await desk.ask('POST', `/people/${ada}/preferences`, {
      frequency: 'immediate',
      agent: { name: 'Lou', method: 'phone' },
    });
    const { body: made } = await desk.ask<Made>('POST', '/campaigns', { name: 'One', ...LETTER });
    await desk.ask('POST', `/campaigns/${made.id}/schedule`, {
      at: 'now',
      timeZone: 'Europe/Paris',
    });
    await desk.passTime(5 * MINUTE);
    const content = {
      format: 'markdown',
      source: { fr: 'Le juste prix.', en: 'The right price.' },
    };
    const correction = await desk.ask<Made>('POST', `/campaigns/${made.id}/correct`, { content });
    expect(correction.status).toBe(201);
    await desk.passTime(5 * MINUTE);
    expect((await read(desk, made.id)).body.text).toContain('Voici.');
    expect((await read(desk, correction.body.id)).body.text).toContain('Le juste prix.');
  });

  it('names what is to be mended in a draft that is no letter yet', async () => {
    const { desk } = await house();
    const { body: made } = await desk.ask<Made>('POST', '/campaigns?unready=keep', {
      name: 'Janvier',
      ...LETTER,
      content: { format: 'markdown', source: { fr: '{% if %}' } },
    });
    const { status, body } = await read(desk, made.id);
    expect([status, body.code]).toEqual([422, 'template-invalid']);
  });

  it('is nobody else’s: what is no campaign has none', async () => {
    const { desk } = await house();
    expect((await read(desk, 'nothing')).status).toBe(404);
  });
});
