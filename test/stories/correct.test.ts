import { describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { linkTo, openTown, type StoryTown } from '../town.ts';

type Figures = Readonly<Record<string, number>>;
type Shown = {
  readonly id: string;
  readonly state: string;
  readonly corrects: string | null;
  readonly figures: Figures;
};

const PROOF = { at: '2026-01-02T10:00:00Z', method: 'paper', words: 'Oui, écrivez-moi.' };
const letter = (words: string) => ({ format: 'markdown', source: { fr: words, en: words } });

async function join(town: StoryTown, name: string, frequency: string) {
  const { id } = await town.call<{ id: string }>('POST', '/people', {
    email: `${name}@example.org`,
    language: 'fr',
    frequency,
    subscriptions: [{ topic: 'arrivages', consent: { state: 'given', proof: PROOF } }],
  });
  return id;
}

/** A sale with the wrong price: one got it at once, one in a weekly letter, one still waits for theirs. */
async function townWithMistake(how: object = {}) {
  const town = await openTown();
  await town.call('POST', '/topics', {
    id: 'arrivages',
    name: { fr: 'Arrivages', en: 'New in' },
    visibility: 'public',
  });
  const atOnce = await join(town, 'at-once', 'immediate');
  await join(town, 'weekly', 'weekly');
  await join(town, 'monthly', 'monthly');
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Vente',
    topic: 'arrivages',
    subject: { fr: 'La vente', en: 'The sale' },
    content: letter('À 10 euros.'),
    ...how,
  });
  await town.call('POST', `/campaigns/${id}/schedule`, {
    at: '2026-01-07T10:00',
    timeZone: 'Europe/Paris',
  });
  await town.passTime({ to: Date.parse('2026-01-14T12:00:00Z') });
  await join(town, 'late', 'immediate');
  return { town, id, atOnce };
}

const correct = (town: StoryTown, id: string) =>
  town.call<Shown>('POST', `/campaigns/${id}/correct`, {
    subject: { fr: 'La vente : notre erreur', en: 'The sale: our mistake' },
    content: letter('À 100 euros, pardon.'),
  });
const came = (town: StoryTown, name: string) =>
  town.mails(`${name}@example.org`).map(({ subject, text }) => [subject, text.includes('pardon')]);

describe('a correction', () => {
  it('goes only to those who got the original, each at their own pace, with books of its own', async () => {
    const { town, id } = await townWithMistake();
    const correction = await correct(town, id);
    expect(correction).toMatchObject({ state: 'scheduled', corrects: id });
    await town.passTime(5 * 60_000);
    expect(came(town, 'at-once')).toEqual([
      ['La vente', false],
      ['La vente : notre erreur', true],
    ]);
    expect(came(town, 'late')).toEqual([]);
    expect(await town.call<Shown>('GET', `/campaigns/${correction.id}`)).toMatchObject({
      state: 'sent',
      figures: { candidates: 2, accepted: 1, digest: 1 },
    });
    await town.passTime({ to: Date.parse('2026-01-21T12:00:00Z') });
    expect(came(town, 'weekly')).toEqual([
      ['La vente', false],
      ['La vente : notre erreur', true],
    ]);
  });

  it('is what letters to come carry: who still waits gets the right text, and once', async () => {
    const { town, id } = await townWithMistake();
    await correct(town, id);
    await town.passTime({ to: Date.parse('2026-03-10T12:00:00Z') });
    expect(came(town, 'monthly')).toEqual([['La vente : notre erreur', true]]);
  });

  it('is what the page of the letter shows from then on, behind the link that was sent', async () => {
    const { town, id } = await townWithMistake();
    const page = linkTo('view', town.mails('at-once@example.org')[0]!);
    expect((await town.open(page)).html).toContain('À 10 euros.');
    await correct(town, id);
    expect((await town.open(page)).html).toContain('À 100 euros, pardon.');
  });

  it('of a letter to be read whole is read whole in letters to come', async () => {
    const { town, id } = await townWithMistake({ whole: true });
    await correct(town, id);
    await town.passTime({ to: Date.parse('2026-03-10T12:00:00Z') });
    expect(came(town, 'monthly')).toEqual([['La vente : notre erreur', true]]);
  });

  it('tells beforehand how many it will reach', async () => {
    const { town, id } = await townWithMistake();
    const correction = await correct(town, id);
    const told = await town.call('POST', `/campaigns/${correction.id}/dry-run`);
    expect(told).toMatchObject({ candidates: 2, send: 1, digest: 1 });
  });

  it('can be taken back for two minutes', async () => {
    const { town, id } = await townWithMistake();
    const correction = await correct(town, id);
    await town.call('POST', `/campaigns/${correction.id}/unschedule`);
    await town.passTime(DAY);
    expect(came(town, 'at-once')).toHaveLength(1);
  });

  it('is one for all: whoever corrects while another correction is about to leave is told so', async () => {
    const { town, id } = await townWithMistake();
    const wish = { content: letter('À 100 euros, pardon.') };
    const both = await Promise.all(
      [1, 2, 3].map(() => town.api('POST', `/campaigns/${id}/correct`, wish)),
    );
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    const third = await town.api<{ code: string }>('POST', `/campaigns/${id}/correct`, wish);
    expect([third.status, third.body.code]).toEqual([409, 'correction-waits']);
    await town.passTime(DAY);
    expect(came(town, 'at-once').filter(([, isRight]) => isRight)).toHaveLength(1);
    // A second mistake is another correction; one that was taken back stands in nobody's way.
    const second = await correct(town, id);
    await town.call('POST', `/campaigns/${second.id}/unschedule`);
    await correct(town, id);
    await town.passTime(DAY);
    expect(came(town, 'at-once').filter(([, isRight]) => isRight)).toHaveLength(2);
  });

  it('reaches who left the topic no more, and says why', async () => {
    const { town, id, atOnce } = await townWithMistake();
    await town.call('POST', `/people/${atOnce}/preferences`, {
      subscriptions: [{ topic: 'arrivages', delivery: 'off' }],
      agent: { name: 'Lise', method: 'phone' },
    });
    const correction = await correct(town, id);
    await town.passTime(5 * 60_000);
    expect(came(town, 'at-once')).toHaveLength(1);
    const { figures } = await town.call<{ figures: { byReason: Figures } }>(
      'GET',
      `/campaigns/${correction.id}`,
    );
    expect(figures).toMatchObject({ candidates: 2, dropped: 1, byReason: { 'not-subscribed': 1 } });
  });

  it('finds who got it long ago, when their own row remembers it no more', async () => {
    const { town, id } = await townWithMistake();
    await town.passTime(120 * DAY);
    const correction = await correct(town, id);
    await town.passTime(5 * 60_000);
    const { figures } = await town.call<Shown>('GET', `/campaigns/${correction.id}`);
    expect(figures).toMatchObject({ candidates: 3 });
  });

  it('is refused for a draft, in fewer languages than the original, or with a broken template, and changes nothing', async () => {
    const { town, id } = await townWithMistake();
    const draft = await town.call<{ id: string }>('POST', `/campaigns/${id}/duplicate`);
    const post = async (campaign: string, content: object) =>
      (await town.api('POST', `/campaigns/${campaign}/correct`, { content })).status;
    expect(await post(draft.id, letter('x'))).toBe(409);
    expect(await post(id, { format: 'markdown', source: { fr: 'Pardon.' } })).toBe(422);
    expect(await post(id, letter('{{ person.givenName'))).toBe(422);
    await town.passTime(DAY);
    expect(came(town, 'at-once')).toHaveLength(1);
    expect((await town.call<{ items: Shown[] }>('GET', '/campaigns')).items).toHaveLength(2);
  });
});
