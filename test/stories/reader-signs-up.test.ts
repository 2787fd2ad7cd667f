import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../functions/base/time.ts';
import { linkTo, openTown, type StoryTown } from '../town.ts';
import { watched } from './watched.ts';

const ADA = 'ada@example.org';

async function townWithTopics() {
  const town = await openTown();
  for (const [id, fr, en] of [
    ['arrivages', 'Arrivages', 'New in'],
    ['ateliers', 'Ateliers', 'Tastings'],
  ])
    await town.call('POST', '/topics', { id, name: { fr, en }, visibility: 'public' });
  await town.call('POST', '/topics', {
    id: 'cercle',
    name: { fr: 'Cercle' },
    visibility: 'private',
  });
  return town;
}

const wish = { email: ADA, frequency: 'monthly', topics: ['arrivages'], consent: 'yes' };

async function signUp(town: StoryTown, fields: Record<string, string | string[]> = wish) {
  const form = await town.open('/subscribe?lang=fr');
  return form.press('Je m’inscris', fields);
}

const find = (town: StoryTown, email = ADA) =>
  town.api<{ id: string; state: string; frequency: string; subscriptions: unknown[] }>(
    'POST',
    '/people/lookup',
    { email },
  );

describe('somebody signs up', () => {
  it('and is a reader only after the button behind the link, at the pace and on the topics they chose', async () => {
    const town = await townWithTopics();
    const look = await signUp(town);
    expect(look.status).toBe(200);
    expect(look.heading).toBe('Regardez dans votre boîte');
    expect((await find(town)).body.state).toBe('asked');

    const mail = town.lastMail(ADA);
    expect(mail.text).toContain(
      'Oui, Maison Delorme peut m’écrire une fois par mois sur Arrivages, avec parfois un mot personnel.',
    );
    const page = await town.open(linkTo('confirm', mail));
    expect(page.heading).toBe('Encore un geste');
    expect((await find(town)).body.state).toBe('asked');

    const welcome = await page.press('Oui, je confirme');
    expect(welcome.text).toContain(
      'C’est confirmé : une fois par mois. Prochaine lettre le 6 janvier, s’il y a du nouveau d’ici là.',
    );
    expect((await find(town)).body).toMatchObject({
      state: 'active',
      frequency: 'monthly',
      subscriptions: [{ topic: 'arrivages', state: 'given', delivery: 'digest' }],
    });
    expect((await welcome.follow(/Choisir le reste/)).heading).toBe(
      'Votre courrier, à votre rythme',
    );
  });

  it('gets the pace the form announced when they choose none, and the words say so', async () => {
    const town = await townWithTopics();
    await signUp(town, { ...wish, frequency: [] });
    const page = await town.open(linkTo('confirm', town.lastMail(ADA)));
    expect(page.text).toContain('peut m’écrire une fois par semaine sur Arrivages');
    await page.press('Oui, je confirme');
    expect((await find(town)).body.frequency).toBe('weekly');
  });

  it('may open the link twice and press twice: the second time changes nothing and says so', async () => {
    const town = await townWithTopics();
    await signUp(town);
    const link = linkTo('confirm', town.lastMail(ADA));
    const page = await town.open(link);
    await page.press('Oui, je confirme');
    const again = await page.press('Oui, je confirme');
    expect(again.status).toBe(200);
    expect(again.text).toContain('C’était déjà confirmé');
    expect((await town.open(link)).text).toContain('C’était déjà confirmé');
  });

  it('cannot be signed up by a scanner that opens the link or posts nothing to it', async () => {
    const town = await townWithTopics();
    await signUp(town);
    const path = new URL(linkTo('confirm', town.lastMail(ADA))).pathname;
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST']) await town.ask(path, { method });
    expect((await find(town)).body.state).toBe('asked');
  });

  it('may say that it was not them: nothing is kept and the form leaves them alone', async () => {
    const town = await townWithTopics();
    await signUp(town);
    const page = await town.open(linkTo('confirm', town.lastMail(ADA)));
    expect((await page.press('Ce n’était pas moi')).heading).toBe('C’est effacé.');
    expect((await find(town)).status).toBe(404);
    expect((await page.press('Oui, je confirme')).status).toBe(404);
    await town.passTime(2 * DAY);
    await signUp(town);
    expect(town.mails(ADA)).toHaveLength(1);
  });

  it('may leave from the confirmation mail itself, by one click', async () => {
    const town = await townWithTopics();
    await signUp(town);
    const header = town.lastMail(ADA).headers['List-Unsubscribe'] ?? '';
    const link = /<(http[^>]+)>/.exec(header)![1]!;
    const body = 'List-Unsubscribe=One-Click';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await town.ask(new URL(link).pathname, { method: 'POST', body, headers: form });
    expect(answer.status).toBe(200);
    expect((await find(town)).status).toBe(404);
  });

  it('is forgotten after thirty days without a confirmation', async () => {
    const town = await townWithTopics();
    await signUp(town);
    await town.passTime(29 * DAY);
    expect((await find(town)).body.state).toBe('asked');
    await town.passTime(2 * DAY);
    expect((await find(town)).status).toBe(404);
    for await (const row of town.ports.table.query('records', 'agenda#forget-sign-up'))
      throw new Error(`still kept: ${row.key.sk}`);
  });

  it('gets one mail a day and one resend within the hour, three in a week, whichever form is used', async () => {
    const town = await townWithTopics();
    const count = () => town.mails(ADA).length;
    await signUp(town);
    await signUp(town);
    expect(count()).toBe(1);
    await town.passTime(2 * MINUTE);
    await signUp(town);
    expect(count()).toBe(2);
    await town.passTime(10 * MINUTE);
    await signUp(town);
    expect(count()).toBe(2);
    await town.passTime(25 * HOUR);
    await signUp(town);
    expect(count()).toBe(3);
    await town.passTime(2 * DAY);
    await signUp(town);
    expect(count()).toBe(3);
    await town.passTime(6 * DAY);
    await signUp(town);
    expect(count()).toBe(4);
  });

  it('must say yes: an unticked consent, an unknown pace or a private topic is answered beside its field', async () => {
    const town = await townWithTopics();
    const unticked = await signUp(town, { ...wish, consent: [] });
    expect(unticked.status).toBe(422);
    expect(unticked.text).toContain('Cochez cette case');
    expect((await signUp(town, { ...wish, topics: ['cercle'] })).status).toBe(422);
    expect((await signUp(town, { ...wish, frequency: 'hourly' })).status).toBe(422);
    expect((await signUp(town, { ...wish, topics: [] })).text).toContain('au moins un thème');
    expect((await signUp(town, { ...wish, email: 'ada@' })).text).toContain('ada@example.org');
    expect((await signUp(town, { ...wish, email: 'noreply@example.org' })).text).toContain(
      'Personne ne lit',
    );
    expect(town.mails()).toHaveLength(0);
  });

  it('who fills in the hidden field is answered like anybody and written to never', async () => {
    const town = await townWithTopics();
    const bot = await signUp(town, { ...wish, website: 'http://spam.example' });
    expect(bot.heading).toBe('Regardez dans votre boîte');
    expect(town.mails()).toHaveLength(0);
  });

  it('faster than any hand is asked once more, with all that was filled in', async () => {
    const town = await openTown();
    await town.call('POST', '/topics', { id: 'a', name: { fr: 'A' }, visibility: 'public' });
    const form = await town.open('/subscribe?lang=fr');
    await town.passTime(300);
    const quick = await form.press('Je m’inscris', { ...wish, topics: [] });
    expect(quick.status).toBe(422);
    expect(quick.html).toContain(`value="${ADA}"`);
    expect((await quick.press('Je m’inscris')).heading).toBe('Regardez dans votre boîte');
    expect(town.mails(ADA)).toHaveLength(1);
  });
});

describe('whoever asks', () => {
  it('gets the same answer for an address that reads us and for one that does not', async () => {
    const town = await townWithTopics();
    await signUp(town);
    await (await town.open(linkTo('confirm', town.lastMail(ADA)))).press('Oui, je confirme');
    const body = (email: string) =>
      new URLSearchParams({ email, topics: 'arrivages', consent: 'yes' });
    const answers = await Promise.all(
      [ADA, 'bob@example.org'].map(async (email) => {
        const answer = await town.ask('/subscribe', { method: 'POST', body: body(email) });
        const html = await answer.text();
        return [
          answer.status,
          html.replaceAll(email, '').replaceAll(encodeURIComponent(email), ''),
        ];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it('a reader who signs up again is told so by mail, and nothing of theirs is reset', async () => {
    const town = await townWithTopics();
    await signUp(town);
    await (await town.open(linkTo('confirm', town.lastMail(ADA)))).press('Oui, je confirme');
    await signUp(town, { ...wish, frequency: 'immediate', topics: ['ateliers'] });
    const mail = town.lastMail(ADA);
    expect(mail.subject).toBe('Vous nous lisez déjà');
    expect((await find(town)).body).toMatchObject({ frequency: 'monthly' });
    expect((await town.open(linkTo('preferences', mail))).status).toBe(200);
  });

  it('costs the same reads and writes whether the address is known or not: time tells nothing', async () => {
    const town = await townWithTopics();
    await signUp(town);
    await (await town.open(linkTo('confirm', town.lastMail(ADA)))).press('Oui, je confirme');
    const work = async (path: string, email: string) => {
      const seen = watched(town);
      const body = new URLSearchParams({ email, topics: 'arrivages', consent: 'yes' });
      await town.request(path, { method: 'POST', body });
      seen.stop();
      return seen.verbs;
    };
    const known = await work('/subscribe', ADA);
    expect(known).toContain('writeAll');
    expect(known).toEqual(await work('/subscribe', 'bob@example.org'));
    expect(await work('/link', ADA)).toEqual(await work('/link', 'eve@example.org'));
  });
});

describe('an old or broken link', () => {
  it('offers a fresh one by mail, and tells nobody whether an address reads us', async () => {
    const town = await townWithTopics();
    await signUp(town);
    await (await town.open(linkTo('confirm', town.lastMail(ADA)))).press('Oui, je confirme');
    const page = await town.open('/preferences/nonsense?lang=fr');
    expect(page.status).toBe(404);
    expect(page.heading).toBe('Ce lien ne fonctionne plus');
    const sent = await page.press('Recevoir un lien neuf', { email: ADA });
    const unknown = await page.press('Recevoir un lien neuf', { email: 'bob@example.org' });
    expect(sent.html).toBe(unknown.html);
    expect((await town.open(linkTo('preferences', town.lastMail(ADA)))).status).toBe(200);
    expect(town.mails('bob@example.org')).toHaveLength(0);
  });

  it('to confirm is refused after seven days, and the fresh mail asks again', async () => {
    const town = await townWithTopics();
    await signUp(town);
    const link = linkTo('confirm', town.lastMail(ADA));
    await town.passTime(8 * DAY);
    const page = await town.open(link);
    expect(page.status).toBe(410);
    await page.press('Recevoir un lien neuf', { email: ADA });
    await (await town.open(linkTo('confirm', town.lastMail(ADA)))).press('Oui, je confirme');
    expect((await find(town)).body.state).toBe('active');
  });
});
