import { describe, expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { MONDAY, openTown, type StoryTown } from '../town.ts';

type Figures = Record<string, number> & { readonly byReason: Record<string, number> };
type CampaignView = { readonly id: string; readonly state: string; readonly figures: Figures };

const PROOF = { at: '2026-01-02T10:00:00Z', method: 'paper', words: 'Yes, write to me.' };

async function townWithReaders() {
  const town = await openTown();
  await town.call('POST', '/topics', {
    id: 'arrivages',
    name: { fr: 'Arrivages', en: 'New in' },
    description: { fr: 'Ce qui entre en cave.', en: 'What comes in.' },
    visibility: 'public',
  });
  const add = (
    email: string,
    more: Record<string, unknown> = {},
    consent: object = { proof: PROOF },
  ) =>
    town.call<{ id: string }>('POST', '/people', {
      email,
      givenName: 'Ada',
      language: 'en',
      timeZone: 'Europe/Paris',
      salutation: { form: 'given-name' },
      subscriptions: [{ topic: 'arrivages', consent: { state: 'given', ...consent } }],
      ...more,
    });
  await add('at-once@example.org', { frequency: 'immediate' });
  await add('weekly@example.org', { frequency: 'weekly' });
  await add('monthly@example.org', { frequency: 'monthly' });
  await add('unproven@example.org', { frequency: 'immediate' }, {});
  const paused = await add('paused@example.org', { frequency: 'immediate' });
  await town.call('POST', `/people/${paused.id}/preferences`, {
    pausedUntil: '2026-03-01T00:00:00Z',
    agent: { name: 'Lise', method: 'phone' },
  });
  return town;
}

async function publish(town: StoryTown, name: string, at: string, more: object = {}) {
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name,
    topic: 'arrivages',
    subject: { en: name, fr: name },
    summary: { en: `In short: ${name}`, fr: name },
    content: { format: 'markdown', source: { en: `{{ person.greeting }},\n\n${name}.`, fr: name } },
    ...more,
  });
  await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone: 'Europe/Paris' });
  return id;
}

const subjects = (town: StoryTown, email: string) =>
  town.mails(email).map(({ subject }) => subject);
const days = (town: StoryTown, email: string) =>
  town.mails(email).map(({ at }) => new Date(at).toISOString().slice(0, 10));

describe('three campaigns over three weeks', () => {
  it('come at each reader’s own pace, and every book balances', async () => {
    const town = await townWithReaders();
    const campaigns = [
      await publish(town, 'First', '2026-01-08T10:00'),
      await publish(town, 'Second', '2026-01-15T10:00'),
      await publish(town, 'Third', '2026-01-22T10:00'),
    ];
    await town.passTime({ to: MONDAY + 40 * DAY });

    expect(subjects(town, 'at-once@example.org')).toEqual(['First', 'Second', 'Third']);
    expect(days(town, 'weekly@example.org')).toEqual(['2026-01-13', '2026-01-20', '2026-01-27']);
    expect(subjects(town, 'monthly@example.org')).toEqual(['Third and 2 more pieces of news']);
    expect(days(town, 'monthly@example.org')).toEqual(['2026-02-03']);
    const [letter] = town.mails('monthly@example.org');
    for (const item of ['First', 'Second', 'Third'])
      expect(letter!.text).toContain(`In short: ${item}`);
    expect(subjects(town, 'paused@example.org')).toEqual([]);
    expect(subjects(town, 'unproven@example.org')).toEqual([]);

    for (const id of campaigns) {
      const { state, figures } = await town.call<CampaignView>('GET', `/campaigns/${id}`);
      expect(state).toBe('sent');
      expect(figures).toMatchObject({
        candidates: 5,
        accepted: 1,
        digest: 3,
        dropped: 1,
        held: 0,
        refused: 0,
        uncertain: 0,
        deliveredInDigests: 2,
        byReason: { subscribed: 1, frequency: 2, paused: 1, unproven: 1 },
      });
    }
  });

  it('wait in a pause, which ends by itself with one letter that says so', async () => {
    const town = await townWithReaders();
    for (const [index, name] of ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].entries())
      await publish(town, name, `2026-01-${String(8 + index).padStart(2, '0')}T10:00`);
    await town.passTime({ to: Date.parse('2026-02-28T12:00:00Z') });
    expect(subjects(town, 'paused@example.org')).toEqual([]);
    await town.passTime({ to: Date.parse('2026-03-02T12:00:00Z') });

    const [back, ...more] = town.mails('paused@example.org');
    expect(more).toEqual([]);
    expect(back!.text).toContain('Your break is over');
    for (const item of ['Six', 'Five', 'Four', 'Three', 'Two']) expect(back!.text).toContain(item);
    expect(back!.text).not.toContain('In short: One');
  });

  it('never exceed three mails a week for who reads as published: the rest comes as one letter', async () => {
    const town = await townWithReaders();
    for (let day = 6; day <= 11; day += 1)
      await publish(town, `Day ${day}`, `2026-01-${String(day).padStart(2, '0')}T10:00`);
    await town.passTime({ to: Date.parse('2026-01-20T12:00:00Z') });
    const mails = town.mails('at-once@example.org');
    expect(mails.slice(0, 3).map(({ subject }) => subject)).toEqual(['Day 6', 'Day 7', 'Day 8']);
    expect(mails).toHaveLength(4);
    expect(mails[3]!.at - mails[0]!.at).toBeGreaterThanOrEqual(7 * DAY);
    for (const item of ['Day 9', 'Day 10', 'Day 11']) expect(mails[3]!.text).toContain(item);
  });

  it('leave out what expired or was withdrawn, and nothing empty is ever sent', async () => {
    const town = await townWithReaders();
    await publish(town, 'Stale', '2026-01-08T10:00', { expiresAt: '2026-01-20T00:00:00Z' });
    const gone = await publish(town, 'Gone', '2026-01-09T10:00');
    await town.passTime({ to: Date.parse('2026-01-10T12:00:00Z') });
    await town.call('POST', `/campaigns/${gone}/withdraw`);
    await town.passTime({ to: Date.parse('2026-02-10T12:00:00Z') });
    expect(subjects(town, 'monthly@example.org')).toEqual([]);
    expect(subjects(town, 'weekly@example.org')).toEqual(['Stale']);
  });
});

describe('a campaign rehearsed for a day ahead', () => {
  it('is promised in no letter that leaves before it does', async () => {
    const town = await townWithReaders();
    await publish(town, 'Red', '2026-01-07T10:00');
    await town.passTime({ to: Date.parse('2026-01-10T12:00:00Z') });
    const later = await publish(town, 'White', '2026-01-15T10:00');
    const rehearsed = await town.call<{ reach: { at: string; share: number }[] }>(
      'POST',
      `/campaigns/${later}/dry-run`,
    );
    const days = rehearsed.reach.map(({ at }) => at);
    expect(days).toContain('2026-01-20');
    expect(days.filter((day) => day < '2026-01-15')).toEqual([]);
    await town.passTime({ to: Date.parse('2026-01-21T12:00:00Z') });
    expect(subjects(town, 'weekly@example.org')).toEqual(['Red', 'White']);
  });
});

describe('the letters of a day', () => {
  it('are read in a reader’s place on that reader’s own day, and on no other', async () => {
    const town = await townWithReaders();
    await publish(town, 'Red', '2026-01-07T10:00');
    await town.passTime({ to: Date.parse('2026-01-10T12:00:00Z') });
    const readAs = async (day: string, text: string) => {
      const found = await town.call<{ items: { id: string }[] }>('POST', '/people/search', {
        text,
      });
      return (await town.api('GET', `/digests/${day}?as=${found.items[0]!.id}`)).status;
    };
    expect(await readAs('2026-01-13', 'weekly@example.org')).toBe(200);
    expect(await readAs('2026-01-13', 'monthly@example.org')).toBe(404);
    expect(await readAs('2026-02-03', 'monthly@example.org')).toBe(200);
  });

  it('name each item as its readers have it, in their language', async () => {
    const town = await townWithReaders();
    const subject = { fr: 'Le rouge', en: 'The red' };
    await publish(town, 'Red', '2026-01-07T10:00', { subject });
    await town.passTime({ to: Date.parse('2026-01-10T12:00:00Z') });
    const { body } = await town.api<{ items: object[] }>('GET', '/digests/2026-01-13');
    expect(body.items).toMatchObject([{ title: 'Le rouge', titles: subject }]);
  });

  it('can be ordered, lose an item and get a cover before they leave', async () => {
    const town = await townWithReaders();
    for (const [index, name] of ['Red', 'White', 'Rosé'].entries())
      await publish(town, name, `2026-01-0${7 + index}T10:00`);
    await town.passTime({ to: Date.parse('2026-01-10T12:00:00Z') });
    type Day = { items: { number: number; title: string }[]; mixes: { readers: number }[] };
    const seen = await town.api<Day>('GET', '/digests/2026-01-13');
    expect(seen.body.mixes).toEqual([{ language: 'en', items: [3, 2, 1], readers: 1 }]);
    const numberOf = (title: string) =>
      seen.body.items.find((item) => item.title === title)!.number;
    await town.call(
      'PATCH',
      '/digests/2026-01-13',
      {
        order: [numberOf('Red')],
        removed: [numberOf('Rosé')],
        cover: { en: { subject: 'Two bottles for the cold', intro: 'It freezes in Lyon.' } },
      },
      { 'if-match': seen.headers.get('etag')! },
    );
    await town.passTime({ to: Date.parse('2026-01-14T12:00:00Z') });
    const [letter] = town.mails('weekly@example.org');
    expect(letter!.subject).toBe('Two bottles for the cold');
    expect(letter!.text).toContain('It freezes in Lyon.');
    expect(letter!.text.indexOf('Red')).toBeLessThan(letter!.text.indexOf('White'));
    expect(letter!.text).not.toContain('Rosé');
    await town.passTime({ to: Date.parse('2026-01-21T12:00:00Z') });
    expect(subjects(town, 'weekly@example.org')[1]).toBe('Rosé');
  });

  it('wait for approval where the house wants it, and leave once approved', async () => {
    const town = await townWithReaders();
    const brand = await town.api('GET', '/brand');
    await town.call(
      'PATCH',
      '/brand',
      { lettersNeedApproval: true },
      { 'if-match': brand.headers.get('etag')! },
    );
    await publish(town, 'Red', '2026-01-08T10:00');
    await town.passTime({ to: Date.parse('2026-01-13T12:00:00Z') });
    expect(subjects(town, 'weekly@example.org')).toEqual([]);
    expect(await town.call('GET', '/digests/2026-01-13')).toMatchObject({ state: 'not-approved' });
    await town.call('POST', '/digests/2026-01-13/approve');
    expect(subjects(town, 'weekly@example.org')).toEqual(['Red']);
  });
});
