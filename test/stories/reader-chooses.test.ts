import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { readLedger } from '../../functions/consent/store.ts';
import { linkTo, type StoryTown } from '../town.ts';
import type { Fields, Page } from '../browser.ts';
import {
  CLAIRE,
  knownOf,
  pageFromMail,
  publish,
  townWithClaire,
  type Shown,
} from './reader-cast.ts';

/** Claire's own page, opened from where the house would send her. */
async function herPage(town: StoryTown, claire: () => Promise<Shown>): Promise<Page> {
  return town.open((await claire()).links.preferences);
}

async function save(changes: Fields, as: Readonly<Record<string, unknown>> = {}) {
  const cast = await townWithClaire(as);
  const page = await herPage(cast.town, cast.claire);
  return { ...cast, page, saved: await page.press('Enregistrer', changes) };
}

describe('the preference page', () => {
  it('says who, since when and when the next letter comes, and shows an address only its owner knows', async () => {
    const { town, claire } = await townWithClaire({ frequency: 'monthly' });
    const page = await herPage(town, claire);
    expect(page.heading).toBe('Votre courrier, à votre rythme');
    expect(page.text).toContain('cl•••@example.org · Vous nous lisez depuis janvier 2026.');
    expect(page.text).toContain(
      'Prochaine lettre : mardi 6 janvier, s’il y a du nouveau d’ici là.',
    );
    expect(page.html).not.toContain(CLAIRE);
  });

  it('shows the next date of every pace before it is chosen, and that same date after', async () => {
    const { saved, page } = await save({ frequency: 'quarterly' });
    expect(page.text).toContain(
      'Quatre lettres par an, au fil des saisons.Prochaine lettre : 3 mars au plus tôt',
    );
    expect(saved.text).toContain('rythme : une fois par saison');
    expect(saved.text).toContain('Prochaine lettre le 3 mars, s’il y a du nouveau d’ici là.');
  });

  it('promises a letter only when something waits for it, on the page and in the download', async () => {
    const { town, claire } = await townWithClaire({ frequency: 'monthly' });
    await town.passTime(2 * DAY);
    expect((await knownOf(town, CLAIRE)).all['nextLetterAt']).toBeNull();
    await publish(town, 'arrivages');
    const page = await herPage(town, claire);
    expect(page.text).toMatch(/Prochaine lettre.: mardi 3 février\. Une nouvelle vous y attend/);
    expect((await knownOf(town, CLAIRE)).all['nextLetterAt']).toBe('2026-02-03T08:00:00.000Z');
    await page.press('Enregistrer', { pause: '3' });
    expect((await herPage(town, claire)).text).toMatch(
      /En pause jusqu’au \S+ avril\. Rien ne vous est envoyé d’ici là\. Une nouvelle vous attend au retour\./,
    );
  });

  it.each([
    ['reads as published from now on', { frequency: 'immediate' }],
    ['reads once a week from now on', { frequency: 'weekly' }],
  ])('who %s is told when what waits comes, and has an hour to think again', async (_, choice) => {
    const { town, claire } = await townWithClaire({ frequency: 'monthly' });
    await town.passTime(3 * DAY);
    await publish(town, 'arrivages', 'Du nouveau');
    const mails = () => town.mails(CLAIRE).map(({ subject }) => subject);
    const saved = await (await herPage(town, claire)).press('Enregistrer', choice);
    expect(saved.text).toContain('arrive en une lettre le 8 janvier, dans une heure au plus tôt');
    await town.passTime(HOUR - 60_000);
    expect(mails()).toEqual([]);
    await saved.press('C’était une erreur, annuler');
    await town.passTime(DAY);
    expect([mails(), (await claire()).frequency]).toEqual([[], 'monthly']);
    await (await herPage(town, claire)).press('Enregistrer', choice);
    await town.passTime(HOUR + 60_000);
    expect(mails()).toEqual(['Du nouveau']);
  });

  it('changes nothing when nothing was changed, and says so', async () => {
    const { saved, claire, town } = await save({});
    expect(saved.text).toContain('Rien n’a changé.');
    expect((await claire()).frequency).toBe('immediate');
    for await (const _ of town.ports.table.query('records', 'agenda#forget-undo')) expect.fail();
  });

  it('from an old window undoes nothing that was chosen in another', async () => {
    const { town, claire } = await townWithClaire();
    const one = await herPage(town, claire);
    const other = await herPage(town, claire);
    await one.press('Enregistrer', { frequency: 'monthly' });
    await other.press('Enregistrer', { language: 'en' });
    expect(await claire()).toMatchObject({ frequency: 'monthly', language: 'en' });
  });

  it('keeps what the reader chose against what a machine says later', async () => {
    const { town, claire } = await save({ frequency: 'monthly', salutation: 'none' });
    const { ignored } = await town.call<{ ignored: string[] }>('POST', '/people', {
      email: CLAIRE,
      frequency: 'weekly',
      salutation: { form: 'madame' },
      subscriptions: [],
    });
    expect(ignored).toEqual(expect.arrayContaining(['frequency', 'salutation']));
    expect(await claire()).toMatchObject({ frequency: 'monthly', salutation: { form: 'none' } });
  });

  it('takes one act back within the hour, and only that act', async () => {
    const { town, claire, saved } = await save({
      frequency: 'monthly',
      'topic.vignerons': 'digest',
    });
    await (await herPage(town, claire)).press('Enregistrer', { language: 'en' });
    await saved.press('C’était une erreur, annuler');
    const now = await claire();
    expect(now).toMatchObject({ frequency: 'immediate', language: 'en' });
    expect(now.subscriptions.find(({ topic }) => topic === 'vignerons')?.state).toBe('withdrawn');
  });

  it.each([
    ['frequency', { frequency: 'hourly' }],
    ['pause', { pause: '99' }],
    ['pauseDate', { pause: 'date', pauseDate: '2020-01-01' }],
    ['pauseDate', { pause: 'date', pauseDate: '2026-02-31' }],
    ['topic.arrivages', { 'topic.arrivages': 'loud' }],
    ['ownWords', { salutation: 'own', ownWords: '<b>Chère</b>' }],
    ['weekday', { weekday: '8' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['language', { language: 'de' }],
  ])('answers a wrong %s beside its field, and changes nothing at all', async (field, wrong) => {
    const { saved, claire } = await save({ ...wrong, byPurchases: [] });
    expect(saved.status).toBe(422);
    expect(saved.html).toContain(`href="#${field}"`);
    expect(saved.html).toContain(`id="${field}-wrong"`);
    expect(await claire()).toMatchObject({ frequency: 'immediate', byPurchases: true });
  });

  it('does not let anybody follow a private topic by guessing its name', async () => {
    const { town, claire } = await townWithClaire();
    await town.call('POST', '/topics', {
      id: 'cercle',
      name: { fr: 'Cercle' },
      visibility: 'private',
    });
    const page = await herPage(town, claire);
    expect(page.text).not.toContain('Cercle');
    await page.press('Enregistrer', { 'topic.cercle': 'digest' });
    expect((await claire()).subscriptions.map(({ topic }) => topic)).not.toContain('cercle');
  });

  it('older than thirteen months still stops everything, and offers a fresh link for the rest', async () => {
    const { town, claire } = await townWithClaire();
    const link = (await claire()).links.preferences;
    await town.passTime(400 * DAY);
    const old = await town.open(link);
    expect(old.status).toBe(410);
    await old.press('Recevoir un lien neuf', { email: CLAIRE });
    expect((await pageFromMail(town, 'preferences')).status).toBe(200);
    await old.press('Ne plus rien recevoir');
    expect((await claire()).state).toBe('unsubscribed');
  });

  it('leaving there counts for the mailing it came from', async () => {
    const { town } = await townWithClaire();
    const id = await publish(town, 'arrivages');
    await (await pageFromMail(town, 'preferences')).press('Ne plus rien recevoir');
    const { figures } = await town.call<{ figures: object }>('GET', `/campaigns/${id}`);
    expect(figures).toMatchObject({ unsubscribed: 1 });
  });
});

describe('every field of the page changes what is sent', () => {
  const mailsTo = (town: StoryTown) => town.mails(CLAIRE).length;

  it('pace: what was sent at once waits for the day', async () => {
    const { town } = await save({ frequency: 'weekly' });
    await publish(town, 'arrivages');
    expect(mailsTo(town)).toBe(0);
    await town.passTime(2 * DAY);
    expect(mailsTo(town)).toBe(1);
  });

  it('pause: nothing comes before it ends, and ending it early ends it', async () => {
    const { town, claire } = await save({ pause: 'date', pauseDate: '2026-02-01' });
    await publish(town, 'arrivages');
    await town.passTime(10 * DAY);
    expect(mailsTo(town)).toBe(0);
    const page = await herPage(town, claire);
    expect(page.text).toContain('En pause jusqu’au 1er février');
    await page.press('Enregistrer', { pause: 'none' });
    await town.passTime(DAY);
    expect(mailsTo(town)).toBe(1);
  });

  it('topic off, in the letter, or at once', async () => {
    const { town } = await save(
      { 'topic.arrivages': 'off', 'topic.ateliers': 'immediate', 'topic.vignerons': 'digest' },
      { frequency: 'monthly' },
    );
    await publish(town, 'arrivages');
    await publish(town, 'vignerons');
    expect(mailsTo(town)).toBe(0);
    await publish(town, 'ateliers');
    expect(mailsTo(town)).toBe(1);
    await town.passTime(30 * DAY);
    expect(town.mails(CLAIRE).map(({ subject }) => subject)).toEqual([
      'Du nouveau : ateliers',
      'Du nouveau : vignerons',
    ]);
  });

  it.each([
    [{ salutation: 'given-name' }, 'Bonjour Claire,'],
    [{ salutation: 'none' }, 'Bonjour,'],
    [{ salutation: 'own', ownWords: 'chère lectrice' }, 'Bonjour chère lectrice,'],
  ])('greeting: %o', async (choice, greeting) => {
    const { town, saved } = await save(choice, { frequency: 'weekly' });
    expect(saved.text).toContain(`salutation : « ${greeting.slice(0, -1)} »`);
    await publish(town, 'arrivages', 'Un');
    await publish(town, 'ateliers', 'Deux');
    await town.passTime(2 * DAY);
    expect(town.lastMail(CLAIRE).text).toContain(greeting);
  });

  it.each([
    ['weekday', { weekday: '5' }, '2026-01-09T08:00:00.000Z'],
    ['part of the day', { partOfDay: 'afternoon' }, '2026-01-06T13:00:00.000Z'],
    ['time zone', { timeZone: 'America/New_York' }, '2026-01-06T14:00:00.000Z'],
  ])('%s: the letter leaves then', async (_, choice, when) => {
    const { town } = await save(choice, { frequency: 'weekly' });
    await publish(town, 'arrivages');
    await town.passTime({ to: Date.parse(when) - 60_000 });
    expect(mailsTo(town)).toBe(0);
    await town.passTime(2 * 60_000);
    expect(mailsTo(town)).toBe(1);
  });

  it('language: the page and the letters follow it', async () => {
    const { town, saved } = await save({ language: 'en' });
    expect(saved.heading).toBe('Your mail, at your pace');
    await publish(town, 'arrivages');
    expect(town.lastMail(CLAIRE).text).toContain('Hello.');
  });

  it('only my language: a letter without it is not sent', async () => {
    const { town } = await save({ language: 'en', languageOnly: 'yes' });
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
      name: 'En français seulement',
      topic: 'arrivages',
      subject: { fr: 'Bonjour' },
      from: { name: 'Claire Delorme', address: 'claire@example.org' },
      content: { format: 'markdown', source: { fr: 'Bonjour.' } },
    });
    const at = new Date(town.now() + 60_000).toISOString().slice(0, 16);
    await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone: 'UTC' });
    await town.passTime(2 * 60_000);
    expect(mailsTo(town)).toBe(0);
  });

  it('my purchases: who unticks it is in no audience on what they bought', async () => {
    const audience = { not: { fact: 'purchases', atLeast: 1 } };
    const reach = async (changes: Fields) => {
      const { town } = await save(changes);
      const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
        name: 'Jamais acheté',
        topic: 'arrivages',
        subject: { fr: 'Bonjour' },
        from: { name: 'Claire Delorme', address: 'claire@example.org' },
        content: { format: 'markdown', source: { fr: 'Bonjour.' } },
        audience,
      });
      return (await town.call<{ candidates: number }>('POST', `/campaigns/${id}/dry-run`))
        .candidates;
    };
    expect(await reach({})).toBe(1);
    expect(await reach({ byPurchases: [] })).toBe(0);
  });

  it('personal notes and clicks are kept as chosen, with a receipt each', async () => {
    const { town, saved, claire } = await save({ personalNotes: [], countClicks: 'yes' });
    expect(saved.text).toContain('pas de mot personnel');
    expect(await claire()).toMatchObject({ personalNotes: false, countClicks: true });
    const purposes: string[] = [];
    for await (const record of readLedger(town.ports, (await claire()).id))
      purposes.push(`${record.purpose} ${record.state}`);
    expect(purposes).toEqual(
      expect.arrayContaining(['personal-notes withdrawn', 'click-counting given']),
    );
  });
});

describe('what we know', () => {
  it('is reached only by a fresh mail, for one hour', async () => {
    const { town, claire } = await townWithClaire();
    const sent = await (await herPage(town, claire)).press('Ce que nous savons de vous');
    expect(sent.text).toContain('Un message vient de partir pour cl•••@example.org.');
    const link = linkTo('my-data', town.lastMail(CLAIRE));
    const page = await town.open(link);
    expect(page.heading).toBe('Ce que nous savons de vous');
    expect(page.text).toContain(CLAIRE);
    await town.passTime(61 * 60_000);
    expect((await town.open(link)).status).toBe(410);
  });
});
