import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { linkTo, type StoryTown } from '../town.ts';
import {
  CLAIRE,
  figuresOf,
  pageFromMail,
  publish,
  townWithClaire,
  type Shown,
} from './reader-cast.ts';

describe('somebody comes to leave', () => {
  it('and stops everything with one tap; the very next campaign does not reach them', async () => {
    const { town, claire } = await townWithClaire();
    const campaign = await publish(town, 'arrivages');
    const page = await pageFromMail(town, 'unsubscribe');
    expect(page.heading).toBe('Vous désinscrire ?');
    expect(page.text).toContain('Un clic suffit, c’est immédiat.');
    expect(page.buttons).toEqual([
      'Ne plus rien recevoir',
      'Seulement « Arrivages »',
      'Une fois par semaine',
      'Une fois par mois',
      'Chaque saison (4 par an)',
      'Faire une pause · 3 mois',
    ]);
    const after = await page.press('Ne plus rien recevoir');
    expect(after.text).toContain(
      'C’est fait. Vous ne recevrez plus nos lettres. Merci de nous avoir lus.',
    );
    expect(after.text).toContain('Les messages liés à une commande en cours');
    expect((await claire()).state).toBe('unsubscribed');
    await publish(town, 'ateliers');
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect(await figuresOf(town, campaign)).toMatchObject({ unsubscribed: 1, retained: 0 });
  });

  it('sees only what means less: nothing faster, no pre-selection, no question', async () => {
    const { town } = await townWithClaire({ frequency: 'monthly' });
    const { links } = await town.call<{ links: { unsubscribe: string } }>(
      'POST',
      '/people/lookup',
      {
        email: CLAIRE,
      },
    );
    const page = await town.open(links.unsubscribe);
    expect(page.buttons).toEqual([
      'Ne plus rien recevoir',
      'Chaque saison (4 par an)',
      'Faire une pause · 3 mois',
    ]);
    expect(page.html.split('<main')[1]).not.toMatch(/checked|autofocus|<select/);
  });

  it('chooses a slower pace instead, is told the date, and counts as retained once', async () => {
    const { town, claire } = await townWithClaire();
    const campaign = await publish(town, 'arrivages');
    const page = await pageFromMail(town, 'unsubscribe');
    const after = await page.press('Une fois par mois');
    expect(after.text).toContain(
      'C’est noté : une fois par mois. Prochaine lettre le 6 janvier, s’il y a du nouveau d’ici là.',
    );
    await page.press('Une fois par mois');
    expect((await claire()).frequency).toBe('monthly');
    expect(await figuresOf(town, campaign)).toMatchObject({ unsubscribed: 0, retained: 1 });
  });

  it('and first slows down, then leaves after all, is one departure and no longer retained', async () => {
    const { town } = await townWithClaire();
    const campaign = await publish(town, 'arrivages');
    const page = await pageFromMail(town, 'unsubscribe');
    await page.press('Une fois par mois');
    await page.press('Ne plus rien recevoir');
    expect(await figuresOf(town, campaign)).toMatchObject({ unsubscribed: 1, retained: 0 });
  });

  it('takes a break of three months, and hears nothing before it ends', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const after = await (await pageFromMail(town, 'unsubscribe')).press(/pause/);
    expect(after.text).toContain(
      'C’est noté. Rien avant le 5 avril ; ensuite, à chaque parution, comme avant.',
    );
    expect((await claire()).pausedUntil).toBe('2026-04-04T22:00:00.000Z');
    await publish(town, 'ateliers');
    await town.passTime(80 * DAY);
    expect(town.mails(CLAIRE)).toHaveLength(1);
    await town.passTime(12 * DAY);
    expect(town.mails(CLAIRE)).toHaveLength(2);
  });

  it('leaves only the topic of the mail, or those they untick', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const page = await pageFromMail(town, 'unsubscribe');
    const after = await page.press('Seulement « Arrivages »');
    expect(after.text).toContain('Vous ne recevrez plus « Arrivages ». Le reste ne change pas.');
    expect((await claire()).subscriptions.map(({ state }) => state)).toEqual([
      'withdrawn',
      'given',
    ]);
  });

  it('keeps the topics they leave ticked, and cannot join others with a link that never expires', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const topics = await (await pageFromMail(town, 'unsubscribe')).follow('Choisir les thèmes');
    expect(topics.heading).toBe('Quels thèmes garder ?');
    await topics.press('Garder ceux-ci', { keep: ['ateliers', 'vignerons'] });
    expect((await claire()).subscriptions).toMatchObject([
      { topic: 'arrivages', state: 'withdrawn' },
      { topic: 'ateliers', state: 'given' },
    ]);
  });

  it('can take it back for an hour, and everything is as it was, figures included', async () => {
    const { town, claire } = await townWithClaire();
    const campaign = await publish(town, 'arrivages');
    const { links: _, ...before } = await claire();
    const stopped = await (await pageFromMail(town, 'unsubscribe')).press('Ne plus rien recevoir');
    await town.passTime(50 * 60_000);
    const undone = await stopped.press('C’était une erreur, annuler');
    expect(undone.text).toContain('C’est annulé. Tout est comme avant.');
    expect(await claire()).toMatchObject(before);
    expect(await figuresOf(town, campaign)).toMatchObject({ unsubscribed: 0 });
    await stopped.press('C’était une erreur, annuler');
    expect(await claire()).toMatchObject(before);
    await publish(town, 'ateliers');
    expect(town.mails(CLAIRE)).toHaveLength(2);
  });

  it('who pressed twice still has the way back', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const page = await pageFromMail(town, 'unsubscribe');
    await page.press('Ne plus rien recevoir');
    const second = await page.press('Ne plus rien recevoir');
    await second.press('C’était une erreur, annuler');
    expect((await claire()).state).toBe('active');
  });

  it('after the hour comes back only by a fresh mail, with the topics they had', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const stopped = await (await pageFromMail(town, 'unsubscribe')).press('Ne plus rien recevoir');
    const unsubscribe = linkTo('unsubscribe', town.lastMail(CLAIRE));
    await town.passTime(2 * HOUR);
    const late = await stopped.press('C’était une erreur, annuler');
    expect(late.status).toBe(410);
    expect((await claire()).state).toBe('unsubscribed');
    const nothing = await town.open(unsubscribe);
    expect(nothing.text).toContain('Vos lettres sont arrêtées depuis le 5 janvier.');
    const sent = await nothing.press('Revenir');
    expect(sent.text).toContain('cl•••@example.org');
    expect((await claire()).state).toBe('unsubscribed');
    await (await pageFromMail(town, 'confirm')).press('Oui, je confirme');
    expect((await claire()).subscriptions.map(({ state }) => state)).toEqual(['given', 'given']);
  });

  it('may say why afterwards, in one line that a person reads', async () => {
    const { town } = await townWithClaire();
    await publish(town, 'arrivages');
    const stopped = await (await pageFromMail(town, 'unsubscribe')).press('Ne plus rien recevoir');
    const thanks = await stopped.press('Envoyer', { reason: 'much', words: 'Trop, vraiment.' });
    expect(thanks.heading).toBe('Merci, ce sera lu.');
    expect((await stopped.press('Envoyer', { words: 'x'.repeat(301) })).status).toBe(422);
    const rows = [];
    for await (const row of town.ports.table.query('records', 'departures#2026-01-05'))
      rows.push(row.data);
    expect(rows).toMatchObject([
      {
        outcome: 'unsubscribed',
        door: 'page',
        reason: { choice: 'much', words: 'Trop, vraiment.' },
      },
    ]);
  });

  it('from years ago: the link of the first mail still stops everything', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const link = linkTo('unsubscribe', town.lastMail(CLAIRE));
    await town.passTime(3 * 365 * DAY);
    await (await town.open(link)).press('Ne plus rien recevoir');
    expect((await claire()).state).toBe('unsubscribed');
  });
});

describe('the mail program’s own button', () => {
  const clicks: [string, RequestInit][] = [
    [
      'urlencoded',
      {
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    ['multipart', { body: multipart() }],
    ['empty', {}],
    ['of a kind we do not know', { body: 'x', headers: { 'content-type': 'text/plain' } }],
    ['of a broken form', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }],
  ];

  it.each(clicks)(
    'stops everything (%s), twice as well as once: 200, no page, no cookie, no redirect',
    async (_, init) => {
      const { town, claire } = await townWithClaire();
      const campaign = await publish(town, 'arrivages');
      const header = town.lastMail(CLAIRE).headers;
      expect(header['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
      const path = new URL(/<(http[^>]+)>/.exec(header['List-Unsubscribe']!)![1]!).pathname;
      for (let time = 1; time <= 2; time += 1) {
        const answer = await town.ask(path, { method: 'POST', ...init });
        expect(answer.status).toBe(200);
        expect(await answer.text()).toBe('');
        expect(answer.headers.get('set-cookie')).toBeNull();
        expect(answer.headers.get('location')).toBeNull();
      }
      expect((await claire()).state).toBe('unsubscribed');
      expect(await figuresOf(town, campaign)).toMatchObject({ unsubscribed: 1 });
    },
  );
});

function multipart(): FormData {
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  return form;
}

describe('where the house narrows the mail program’s button to a topic', () => {
  async function narrowHouse() {
    const cast = await townWithClaire();
    const { headers } = await cast.town.api('GET', '/brand');
    const match = { 'if-match': headers.get('etag')! };
    await cast.town.call('PATCH', '/brand', { oneClick: 'topic' }, match);
    return cast;
  }
  const oneClick = (town: StoryTown) =>
    town.ask(new URL(linkTo('unsubscribe', town.lastMail(CLAIRE))).pathname, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
  const followed = async (claire: () => Promise<Shown>) =>
    (await claire()).subscriptions.filter((one) => one.state === 'given').map((one) => one.topic);

  it('it ends that topic at once and no other, pressed once or twice', async () => {
    const { town, claire } = await narrowHouse();
    await publish(town, 'arrivages');
    expect((await oneClick(town)).status).toBe(200);
    await oneClick(town);
    expect(await followed(claire)).toEqual(['ateliers']);
    await publish(town, 'arrivages');
    expect(town.mails(CLAIRE)).toHaveLength(1);
  });

  it('it ends everything for who follows nothing else, and in a mail that is about several', async () => {
    const { town, claire } = await narrowHouse();
    await publish(town, 'arrivages');
    await oneClick(town);
    await publish(town, 'ateliers');
    await oneClick(town);
    expect((await claire()).state).toBe('unsubscribed');

    const other = await narrowHouse();
    await other.town.call('POST', `/people/${other.id}/preferences`, {
      frequency: 'weekly',
      agent: { name: 'Lise', method: 'phone' },
    });
    await publish(other.town, 'arrivages');
    await publish(other.town, 'ateliers');
    await other.town.passTime(8 * DAY);
    await oneClick(other.town);
    expect((await other.claire()).state).toBe('unsubscribed');
  });
});
