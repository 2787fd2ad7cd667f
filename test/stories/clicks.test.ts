import { describe, expect, it } from 'vitest';
import { DAY, SECOND } from '../../functions/base/time.ts';
import { linksIn, type StoryTown } from '../town.ts';
import { CLAIRE, figuresOf, knownOf, publish, townWithClaire } from './reader-cast.ts';

const SHOP = 'https://shop.example.org/new?colour=red&size=m';
const BLOG = 'https://blog.example.org/';
const OTHER = 'https://blog.example.org/other';
const agent = { name: 'Lise', method: 'phone' };
const PROOF = { at: '2025-03-05T10:00:00Z', method: 'paper', words: 'Oui, écrivez-moi.' };

const LETTER = `[La boutique](${SHOP})\n\nLe [blog](${BLOG}), et [encore](${OTHER}).`;

/** Claire wants her clicks counted; Bob said nothing. */
async function townOfTwo() {
  const { town, id } = await townWithClaire();
  await town.call('POST', '/people', {
    email: 'bob@example.org',
    language: 'fr',
    frequency: 'immediate',
    subscriptions: [{ topic: 'arrivages', consent: { state: 'given', proof: PROOF } }],
  });
  await town.call('POST', `/people/${id}/preferences`, { countClicks: true, agent });
  const campaign = await publish(town, 'arrivages', 'Liens', LETTER);
  return { town, id, campaign };
}

const doorsIn = (town: StoryTown, to: string) =>
  linksIn({ html: town.lastMail(to).html, text: '' }).filter((link) => link.includes('/c/'));
const path = (link: string) => new URL(link).pathname;
const FAR = { incoming: { socket: { remoteAddress: '203.0.113.7' } } };

describe('a counted link', () => {
  it('is the same for everybody who did not ask for more, holds nobody, and leads where it says', async () => {
    const { town, campaign } = await townOfTwo();
    const [bobs, claires] = [doorsIn(town, 'bob@example.org'), doorsIn(town, CLAIRE)];
    expect(bobs).toHaveLength(3);
    expect(bobs.join()).not.toContain('~');
    expect(claires.map((link) => link.split('~')[0])).toEqual(bobs);
    expect(town.lastMail('bob@example.org').text).toContain(SHOP);
    const answer = await town.request(path(bobs[0]!));
    expect([answer.status, answer.headers.get('location')]).toEqual([302, SHOP]);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('set-cookie')).toBeNull();
    await town.request(path(claires[1]!));
    expect(await figuresOf(town, campaign)).toMatchObject({ clicked: 2, clickedByMachines: 0 });
    const { items } = await town.call<{ items: object[] }>('GET', `/campaigns/${campaign}/links`);
    expect(items).toEqual([
      { url: BLOG, clicks: 1 },
      { url: OTHER, clicks: 0 },
      { url: SHOP, clicks: 1 },
    ]);
  });

  it.each([
    ['html', `<p><a href="https://shop.example.org/a?x=1&amp;y=2">A</a></p>`],
    [
      'html',
      `{% if person.givenName %}<p><a class="b" href='https://shop.example.org/a?x=1&amp;y=2'>A</a></p>{% endif %}`,
    ],
    [
      'mjml',
      `<mjml><mj-body><mj-section><mj-column><mj-button href="https://shop.example.org/a?x=1&amp;y=2">A</mj-button></mj-column></mj-section></mj-body></mjml>`,
    ],
  ])('is one in %s too, also where only some see it', async (format, source) => {
    const { town } = await townWithClaire();
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
      name: 'Liens',
      topic: 'arrivages',
      subject: 'Liens',
      content: { format, source },
    });
    const at = new Date(town.now() + 60_000).toISOString().slice(0, 16);
    await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone: 'UTC' });
    await town.passTime(120_000);
    const doors = doorsIn(town, CLAIRE);
    expect(doors).toHaveLength(1);
    const { headers } = await town.request(path(doors[0]!));
    expect(headers.get('location')).toBe('https://shop.example.org/a?x=1&y=2');
  });

  it('that is put together for a reader stays as it is', async () => {
    const { town } = await townWithClaire();
    const words =
      '[A](https://shop.example.org/{{ person.givenName }}) [B]({{ links.preferences }})';
    await publish(town, 'arrivages', 'Liens', words);
    expect(doorsIn(town, CLAIRE)).toEqual([]);
    expect(town.lastMail(CLAIRE).html).toContain('https://shop.example.org/Claire');
  });

  it('leads nowhere but to addresses of our letters: altered or made up, it is nothing', async () => {
    const { town } = await townOfTwo();
    const [door] = doorsIn(town, 'bob@example.org');
    for (const wrong of [
      `${path(door!).slice(0, -1)}_`,
      '/c/https%3A%2F%2Fevil.example',
      `/c/x?url=https://evil.example`,
      path(door!).replace('/c/k1.l1', '/c/k1.l2'),
    ])
      expect((await town.request(wrong)).status, wrong).toBe(404);
    expect((await town.request(`${path(door!)}~nonsense`)).headers.get('location')).toBe(SHOP);
  });

  it('counts nothing when only its headers are asked for', async () => {
    const { town, campaign } = await townOfTwo();
    const [door] = doorsIn(town, CLAIRE);
    expect((await town.request(path(door!), { method: 'HEAD' })).status).toBe(302);
    expect(await figuresOf(town, campaign)).toMatchObject({ clicked: 0, clickedByMachines: 0 });
  });

  it('followed by what follows every link at once is told apart as a machine’s', async () => {
    const { town, campaign } = await townOfTwo();
    for (const door of doorsIn(town, CLAIRE)) await town.request(path(door), undefined, FAR);
    expect(await figuresOf(town, campaign)).toMatchObject({ clicked: 0, clickedByMachines: 3 });
    await town.passTime(11 * SECOND);
    await town.request(path(doorsIn(town, CLAIRE)[0]!), undefined, FAR);
    expect(await figuresOf(town, campaign)).toMatchObject({ clicked: 1, clickedByMachines: 3 });
    expect((await knownOf(town, CLAIRE)).page).not.toContain('blog.example.org/other');
  });

  it('after a correction goes on leading there', async () => {
    const { town, campaign } = await townOfTwo();
    const [door] = doorsIn(town, 'bob@example.org');
    await town.call('POST', `/campaigns/${campaign}/correct`, {
      content: { format: 'markdown', source: { fr: 'Pardon.', en: 'Sorry.' } },
    });
    expect((await town.request(path(door!))).headers.get('location')).toBe(SHOP);
  });
});

describe('clicks of a person', () => {
  it('are kept only with their yes, shown to them, and forgotten when they take it back, also for mails already sent', async () => {
    const { town, id } = await townOfTwo();
    const [bobs, claires] = [doorsIn(town, 'bob@example.org'), doorsIn(town, CLAIRE)];
    await town.request(path(bobs[0]!));
    await town.request(path(claires[0]!));
    expect((await knownOf(town, CLAIRE)).all.clicks).toEqual([
      { at: new Date(town.now()).toISOString(), url: SHOP },
    ]);
    expect((await knownOf(town, CLAIRE)).page).toContain('shop.example.org');
    expect((await knownOf(town, 'bob@example.org')).all.clicks).toEqual([]);

    await town.call('POST', `/people/${id}/preferences`, { countClicks: false, agent });
    await town.passTime(DAY);
    expect((await town.request(path(claires[1]!))).status).toBe(302);
    expect((await knownOf(town, CLAIRE)).all.clicks).toEqual([]);
  });

  it('are asked for anew in each letter: the yes given later marks only later mails', async () => {
    const { town, id } = await townOfTwo();
    await town.call('POST', `/people/${id}/preferences`, { countClicks: false, agent });
    await publish(town, 'arrivages', 'Liens', LETTER);
    expect(doorsIn(town, CLAIRE).join()).not.toContain('~');
  });
});
