import { describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { linksIn, linkTo } from '../town.ts';
import { CLAIRE, knownOf, townWithClaire } from './reader-cast.ts';

const PROOF = { at: '2025-03-05T10:00:00Z', method: 'paper', words: 'Yes, write to me.' };
const NOBODY = 'nobody@example.org';
const BRACES = /\{[{%]/;

/** Letters that speak to their reader in the subject, the title and the summary. */
async function townWithPersonalTitles() {
  const scene = await townWithClaire({ language: 'en', frequency: 'monthly' });
  const { town } = scene;
  await town.call('POST', '/people', {
    email: NOBODY,
    language: 'en',
    frequency: 'monthly',
    subscriptions: [{ topic: 'arrivages', consent: { state: 'given', proof: PROOF } }],
  });
  await town.passTime(2 * DAY);
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
      name: `Letter ${n}`,
      topic: 'arrivages',
      subject: `For you ${n}, {{ person.givenName | default: "dear" }}`,
      ...(n % 2 === 0 && {
        title: `{% if person.givenName != "" %}*{{ person.givenName }}* & {% endif %}number ${n}`,
      }),
      summary: `Sum ${n} for {{ person.givenName | default: "all" }}.`,
      content: { format: 'markdown', source: 'Words.' },
      public: true,
    });
    const at = new Date(town.now() + 60_000).toISOString().slice(0, 16);
    await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone: 'UTC' });
    await town.passTime(DAY);
  }
  return scene;
}

describe('news that speaks to its reader', () => {
  it('does so in a letter of several too, and says its fallback to who left no name', async () => {
    const { town } = await townWithPersonalTitles();
    await town.passTime(35 * DAY);
    const claire = town.lastMail(CLAIRE);
    expect(claire.subject).toBe('For you 7, Claire and 6 more pieces of news');
    expect(claire.text).toContain('Sum 5 for Claire.');
    expect(claire.html).toContain('*Claire* &amp; number 6');
    expect(claire.html).toMatch(/<a[^>]*>\*Claire\* &amp; number 2<\/a>/);
    expect(claire.html).toContain('>For you 1, Claire</a>');
    const nobody = town.lastMail(NOBODY);
    expect(nobody.subject).toBe('For you 7, dear and 6 more pieces of news');
    expect(nobody.text).toContain('Sum 4 for all.');
    expect(nobody.html).toContain('>number 2</a>');
    for (const { subject, html, text } of [claire, nobody])
      expect(subject + html + text).not.toMatch(BRACES);
  });

  it('does so in a welcome', async () => {
    const { town } = await townWithPersonalTitles();
    const form = await town.open('/subscribe?lang=en');
    const eve = 'eve@example.org';
    await form.press('Sign me up', {
      email: eve,
      frequency: 'monthly',
      topics: ['arrivages'],
      consent: 'yes',
    });
    await (await town.open(linkTo('confirm', town.lastMail(eve)))).press('Yes, I confirm');
    const welcome = town.lastMail(eve);
    expect(welcome.category).toBe('lifecycle');
    expect(welcome.text).toContain('For you 7, dear');
    expect(welcome.subject + welcome.html + welcome.text).not.toMatch(BRACES);
  });

  it('says its fallback wherever anybody may read it', async () => {
    const { town } = await townWithPersonalTitles();
    const letters = await town.open('/letters?lang=en');
    expect(letters.text).toContain('For you 7, dear');
    expect(letters.text).toContain('Sum 2 for all.');
    expect(letters.html).not.toMatch(BRACES);
    const feed = await (await town.request('/letters.rss?lang=en')).text();
    expect(feed).toContain('number 2');
    expect(feed).not.toMatch(BRACES);
  });

  it('is told in the words it came with among the last mails of who got it', async () => {
    const { town } = await townWithPersonalTitles();
    await town.passTime(35 * DAY);
    const { page, all } = await knownOf(town, CLAIRE);
    expect(page).toContain('For you 7, Claire and 6 more pieces of news');
    expect(page).not.toMatch(BRACES);
    expect(all['lastMails']).toMatchObject([
      { subject: 'For you 7, Claire and 6 more pieces of news' },
    ]);
  });

  it('is refused with its place when nobody could fill it', async () => {
    const { town } = await townWithClaire();
    const { status, body } = await town.api('POST', '/campaigns', {
      name: 'Broken',
      topic: 'arrivages',
      subject: 'Hello',
      title: { fr: 'Pour {{ person.nom | majuscules }}', en: 'For you' },
      summary: 'For {{ person.givenName',
      content: { format: 'markdown', source: { fr: 'Mots.', en: 'Words.' } },
    });
    expect(status).toBe(422);
    const paths = (body['errors'] as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(['title.fr:1:6', 'summary:1:5', 'summary:1:5']);
  });
});

describe('a letter on the web', () => {
  type Town = Awaited<ReturnType<typeof townWithPersonalTitles>>['town'];
  /** The page behind the foot of her last letter. */
  const online = (town: Town) => {
    const foot = /<a[^>]*>Read online<\/a>/.exec(town.lastMail(CLAIRE).html)![0];
    return town.open(linksIn({ html: foot, text: '' })[0]!);
  };

  it('that gathered several is there as anybody may read it, and speaks to nobody by name', async () => {
    const { town } = await townWithPersonalTitles();
    await town.passTime(35 * DAY);
    const page = await online(town);
    expect(page.status).toBe(200);
    for (const n of [1, 3, 5, 7]) expect(page.text).toContain(`For you ${n}, dear`);
    expect(page.text).not.toMatch(/Claire(?! Delorme)/);
    expect(page.html).not.toMatch(BRACES);
    expect(page.headers.get('x-robots-tag')).toBe('noindex');
  });

  it('offers whoever reads it there to subscribe, and nothing that only its reader can do', async () => {
    const { town } = await townWithPersonalTitles();
    await town.passTime(35 * DAY);
    const gathered = await online(town);
    const alone = await (await town.open('/letters')).follow(/For you/);
    for (const [page, subscribe, letters, not] of [
      [
        gathered,
        'Receive our letters',
        'Our letters',
        /Change pace|Unsubscribe|Read online|You read/,
      ],
      [alone, 'Recevoir nos lettres', 'Nos lettres', /rythme|désinscrire|Lire en ligne|lisez/],
    ] as const) {
      expect(page.text).not.toMatch(not);
      expect((await page.follow(letters)).heading).toBe(letters);
      expect((await page.follow(subscribe)).heading).toBe(subscribe);
    }
  });

  it('leaves out what was withdrawn since, and is gone when nothing is left', async () => {
    const { town } = await townWithPersonalTitles();
    await town.passTime(35 * DAY);
    const { items } = await town.call<{ items: { id: string; name: string }[] }>(
      'GET',
      '/campaigns',
    );
    const withdraw = (which: (name: string) => boolean) =>
      Promise.all(
        items
          .filter(({ name }) => which(name))
          .map(({ id }) => town.call('POST', `/campaigns/${id}/withdraw`)),
      );
    await withdraw((name) => name === 'Letter 7');
    const page = await online(town);
    expect(page.text).not.toContain('Sum 7');
    expect(page.text).toContain('Sum 5');
    await withdraw(() => true);
    expect((await online(town)).status).toBe(404);
  });

  it('stands in a list in the language of who looks', async () => {
    const { town } = await townWithPersonalTitles();
    const heading = async (path: string, language: string) =>
      /<h1>(.*?)<\/h1>/s.exec(
        await (await town.request(path, { headers: { 'accept-language': language } })).text(),
      )?.[1];
    expect(await heading('/letters', 'en-GB,en;q=0.9,fr;q=0.5')).toBe('Our letters');
    expect(await heading('/letters', 'fr-CH')).toBe('Nos lettres');
    expect(await heading('/letters?lang=fr', 'en')).toBe('Nos lettres');
    expect(await heading('/letters', 'ja')).toBe('Nos lettres');
  });
});
