import { describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { linkTo, openTown, type StoryTown } from '../town.ts';
import { knownOf } from './reader-cast.ts';

const ADA = 'ada@example.org';

/** A house that has written for a week: each letter a day apart, on two topics, most of them public. */
async function townWithPast(news: readonly (readonly [string, object?])[] = PAST) {
  const town = await openTown();
  for (const [id, fr, en] of [
    ['arrivages', 'Arrivages', 'New in'],
    ['ateliers', 'Ateliers', 'Tastings'],
  ])
    await town.call('POST', '/topics', { id, name: { fr, en }, visibility: 'public' });
  const ids = new Map<string, string>();
  for (const [name, more] of news) {
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
      name,
      topic: 'arrivages',
      subject: { fr: name, en: name },
      summary: { fr: `Résumé de ${name}`, en: `In short: ${name}` },
      content: { format: 'markdown', source: { fr: name, en: name } },
      public: true,
      ...more,
    });
    const at = new Date(town.now() + 60_000).toISOString().slice(0, 16);
    await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone: 'UTC' });
    await town.passTime(DAY);
    ids.set(name, id);
  }
  return { town, ids };
}
const PAST: readonly (readonly [string, object?])[] = [['Un'], ['Deux'], ['Trois']];

async function signUp(town: StoryTown, fields: Record<string, string | string[]> = {}) {
  const form = await town.open('/subscribe?lang=fr');
  await form.press('Je m’inscris', {
    email: ADA,
    frequency: 'monthly',
    topics: ['arrivages'],
    consent: 'yes',
    ...fields,
  });
}
const confirm = async (town: StoryTown) =>
  (await town.open(linkTo('confirm', town.lastMail(ADA)))).press('Oui, je confirme');
const welcomes = (town: StoryTown) =>
  town.mails(ADA).filter(({ category }) => category === 'lifecycle');

describe('a welcome', () => {
  it('comes at once after the confirmation, with what is still good of the topics chosen, the newest first', async () => {
    const { town, ids } = await townWithPast([
      ['Vieux', { expiresAt: '2026-01-06T12:00:00Z' }],
      ['Ailleurs', { topic: 'ateliers' }],
      ['Privé', { public: false }],
      ['Retiré'],
      ['Un'],
      ['Deux'],
    ]);
    await town.call('POST', `/campaigns/${ids.get('Retiré')}/withdraw`);
    await signUp(town);
    expect(welcomes(town)).toEqual([]);
    await confirm(town);
    const [welcome, ...more] = welcomes(town);
    expect(more).toEqual([]);
    expect(welcome!.subject).toBe('Maison Delorme : pour commencer ensemble');
    expect(welcome!.text).toContain('vous venez de confirmer');
    expect(welcome!.text.indexOf('Résumé de Deux')).toBeLessThan(
      welcome!.text.indexOf('Résumé de Un'),
    );
    for (const not of ['Vieux', 'Ailleurs', 'Privé', 'Retiré'])
      expect(welcome!.text).not.toContain(`Résumé de ${not}`);
    expect(linkTo('unsubscribe', welcome!)).toBeDefined();
    expect(welcome!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  });

  it('holds five pieces of news at most, and none of them comes again', async () => {
    const { town } = await townWithPast(
      ['Un', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six'].map((name) => [name]),
    );
    await signUp(town);
    await confirm(town);
    const [welcome] = welcomes(town);
    for (const news of ['Six', 'Cinq', 'Quatre', 'Trois', 'Deux'])
      expect(welcome!.text).toContain(`Résumé de ${news}`);
    expect(welcome!.text).not.toContain('Résumé de Un');
    await town.passTime(60 * DAY);
    expect(town.mails(ADA)).toHaveLength(2);
  });

  it('is told under its own subject among the last mails, on the page and in the download', async () => {
    const { town } = await townWithPast();
    await signUp(town);
    await confirm(town);
    const { subject } = welcomes(town)[0]!;
    const { page, all } = await knownOf(town, ADA);
    expect(page).toContain(subject);
    expect(page).not.toContain('Trois');
    expect(all['lastMails']).toMatchObject([{ subject }]);
  });

  it('comes in the middle of the night to who confirms then', async () => {
    const { town } = await townWithPast();
    await town.passTime({ to: Date.parse('2026-01-10T01:30:00Z') });
    await signUp(town);
    await confirm(town);
    expect(welcomes(town)).toHaveLength(1);
  });

  it('comes once, however often the button is pressed', async () => {
    const { town } = await townWithPast();
    await signUp(town);
    const page = await town.open(linkTo('confirm', town.lastMail(ADA)));
    await page.press('Oui, je confirme');
    await page.press('Oui, je confirme');
    await town.passTime(DAY);
    expect(welcomes(town)).toHaveLength(1);
  });

  it('is not sent empty: a house that has published nothing welcomes on its page alone', async () => {
    const { town } = await townWithPast([]);
    await signUp(town);
    await confirm(town);
    await town.passTime(2 * DAY);
    expect(welcomes(town)).toEqual([]);
  });

  it('comes even if what was to set it going was lost on the way', async () => {
    const { town } = await townWithPast();
    await signUp(town);
    const real = town.ports.queue.post.bind(town.ports.queue);
    town.ports.queue.post = async (line, messages) => {
      if (line !== 'work') await real(line, messages);
    };
    await confirm(town);
    town.ports.queue.post = real;
    await town.passTime(20 * 60_000);
    expect(welcomes(town)).toHaveLength(1);
  });

  it('is not sent to who wants no personal notes', async () => {
    const { town } = await townWithPast();
    await signUp(town);
    await confirm(town);
    const { id, links } = await town.call<{ id: string; links: { unsubscribe: string } }>(
      'POST',
      '/people/lookup',
      { email: ADA },
    );
    const agent = { name: 'Lise', method: 'phone' };
    await town.call('POST', `/people/${id}/preferences`, { personalNotes: false, agent });
    await (await town.open(links.unsubscribe)).press('Ne plus rien recevoir');
    await town.passTime(10 * DAY);
    await signUp(town, { topics: ['ateliers'] });
    await confirm(town);
    await town.passTime(DAY);
    expect(welcomes(town)).toHaveLength(1);
  });

  it('has its own mailing with its own books, and does not count for the campaigns it shows', async () => {
    const { town, ids } = await townWithPast();
    await signUp(town);
    await confirm(town);
    expect(welcomes(town)[0]!.tags.mailing).toMatch(/^welcome-2026-01-\d\d$/);
    const { figures } = await town.call<{ figures: object }>('GET', `/campaigns/${ids.get('Un')}`);
    expect(figures).toMatchObject({ candidates: 0, deliveredInDigests: 0 });
  });
});
