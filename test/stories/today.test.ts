import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { linkTo, type StoryTown } from '../town.ts';
import { CLAIRE, pageFromMail, publish, townWithClaire } from './reader-cast.ts';

type Week = {
  readonly retained: number;
  readonly slower: number;
  readonly paused: number;
  readonly topics: number;
  readonly unsubscribed: number;
  readonly rate: number | null;
  readonly apart: {
    readonly oneClick: number;
    readonly agent: number;
    readonly complained: number;
  };
};
type Today = {
  readonly week: Week;
  readonly before: Week;
  readonly health: Record<'accepted' | 'dead' | 'complained', number>;
  readonly still: readonly { readonly id: string; readonly state: string | null }[];
  readonly file: {
    readonly countedAt: string;
    readonly people: number;
    readonly asked: number;
    readonly byState: Record<string, number>;
    readonly silent: number;
    readonly lost: { readonly bounced: number; readonly left: number; readonly share: number };
  } | null;
};

const PROOF = { at: '2025-03-05T10:00:00Z', method: 'paper', words: 'Oui, écrivez-moi.' };
const today = (town: StoryTown) => town.call<Today>('GET', '/reports/today');
const NOBODY_LEFT = {
  retained: 0,
  slower: 0,
  paused: 0,
  topics: 0,
  unsubscribed: 0,
  rate: null,
  apart: { oneClick: 0, agent: 0, complained: 0 },
};

async function joins(town: StoryTown, name: string) {
  const email = `${name}@example.org`;
  const consent = { state: 'given', legalBasis: 'consent', proof: PROOF };
  const { id } = await town.call<{ id: string }>('POST', '/people', {
    email,
    language: 'fr',
    frequency: 'immediate',
    subscriptions: ['arrivages', 'ateliers'].map((topic) => ({ topic, consent })),
  });
  return { id, email };
}
const leaving = (town: StoryTown, email: string) =>
  town.open(linkTo('unsubscribe', town.lastMail(email)));

/** Claire and five others, each with a letter to leave by. */
async function townWithSix() {
  const { town, id } = await townWithClaire();
  const others = [];
  for (const name of ['ada', 'bea', 'cleo', 'dora', 'eve']) others.push(await joins(town, name));
  await publish(town, 'arrivages');
  return { town, claire: { id, email: CLAIRE }, others };
}

describe('who came to leave, as the house sees it', () => {
  it('stayed at another pace, on a break or with fewer topics, or left; each door apart', async () => {
    const { town, others } = await townWithSix();
    const [ada, bea, cleo, dora, eve] = others as [Who, Who, Who, Who, Who];
    await (await pageFromMail(town, 'unsubscribe')).press('Une fois par mois');
    await (await leaving(town, ada.email)).press(/pause/);
    await (await leaving(town, bea.email)).press('Seulement « Arrivages »');
    await (await leaving(town, cleo.email)).press('Ne plus rien recevoir');
    const { pathname } = new URL(linkTo('unsubscribe', town.lastMail(dora.email)));
    await town.ask(pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    const agent = { name: 'Lise', method: 'phone' };
    await town.call('POST', `/people/${eve.id}/preferences`, { everything: 'stop', agent });
    const { week, before } = await today(town);
    expect(week).toMatchObject({
      retained: 3,
      slower: 1,
      paused: 1,
      topics: 1,
      unsubscribed: 1,
      rate: 0.75,
      apart: { oneClick: 1, agent: 1, complained: 0 },
    });
    expect(before).toMatchObject(NOBODY_LEFT);
  });

  it('is taken back with the act itself, also the next day', async () => {
    const { town } = await townWithSix();
    await town.passTime({ to: Date.UTC(2026, 0, 5, 22, 50) });
    const stopped = await (await pageFromMail(town, 'unsubscribe')).press('Ne plus rien recevoir');
    expect((await today(town)).week).toMatchObject({ unsubscribed: 1 });
    await town.passTime(HOUR / 2);
    await stopped.press('C’était une erreur, annuler');
    expect((await today(town)).week).toMatchObject(NOBODY_LEFT);
  });

  it('moves to the week before after seven days of the house, and then out of sight', async () => {
    const { town } = await townWithSix();
    await (await pageFromMail(town, 'unsubscribe')).press('Ne plus rien recevoir');
    await town.passTime({ to: Date.UTC(2026, 0, 11, 22, 59) });
    expect((await today(town)).week.unsubscribed).toBe(1);
    await town.passTime({ to: Date.UTC(2026, 0, 11, 23, 1) });
    const after = await today(town);
    expect([after.week.unsubscribed, after.before.unsubscribed]).toEqual([0, 1]);
    await town.passTime(7 * DAY);
    expect((await today(town)).before.unsubscribed).toBe(0);
  });

  it('counts also who came by no letter of a campaign', async () => {
    const { town, claire } = await townWithSix();
    type Shown = { links: { preferences: string } };
    const { links } = await town.call<Shown>('GET', `/people/${claire.id}`);
    await (await town.open(links.preferences)).press('Ne plus rien recevoir');
    expect((await today(town)).week).toMatchObject({ unsubscribed: 1, retained: 0, rate: 0 });
  });
});

type Who = { readonly id: string; readonly email: string };

describe('the health of what leaves', () => {
  it('sets dead addresses and complaints against the mails that were taken', async () => {
    const { town, others } = await townWithSix();
    const press = async ({ email }: Who, button: RegExp) =>
      (await town.open(`/mailbox/messages/${town.lastMail(email).id}`)).press(button);
    const twice = await press(others[0]!, /^Bounce it/);
    await twice.press(/^Bounce it/);
    await press(others[1]!, /^Complain/);
    const { health, week } = await today(town);
    expect(health).toMatchObject({ accepted: 6, dead: 1, complained: 1 });
    expect(week.apart.complained).toBe(1);
  });

  it('names what stands still until somebody does something', async () => {
    const { town } = await townWithSix();
    await town.passTime({ to: Date.UTC(2026, 0, 5, 22) });
    const night = await publish(town, 'arrivages');
    expect((await today(town)).still).toEqual([]);
    await town.call('POST', `/campaigns/${night}/pause`);
    expect((await today(town)).still).toMatchObject([{ id: night, state: 'paused', uncertain: 0 }]);
    await town.call('POST', `/campaigns/${night}/resume`);
    expect((await today(town)).still).toEqual([]);
  });
});

describe('the truth of the file', () => {
  it('says how many can be written to, who was lost within the year, and as of when', async () => {
    const { town, others } = await townWithSix();
    await (await leaving(town, others[0]!.email)).press('Ne plus rien recevoir');
    await (await town.open(`/mailbox/messages/${town.lastMail(CLAIRE).id}`)).press(/^Bounce it/);
    await town.call('POST', '/reports/file/count');
    const { file } = await today(town);
    expect(file).toMatchObject({
      people: 6,
      byState: { active: 4, unsubscribed: 1, bounced: 1, complained: 0, unproven: 0 },
      lost: { bounced: 1, left: 1, complained: 0, usual: { least: 0.15, most: 0.25 } },
    });
    expect(file!.lost.share).toBeCloseTo(2 / 6);
    expect(Date.parse(file!.countedAt)).toBe(town.now());
  });

  it('is counted by itself once a day, whoever is looking', async () => {
    const { town } = await townWithClaire();
    await publish(town, 'arrivages');
    const first = (await today(town)).file!;
    await joins(town, 'ada');
    await publish(town, 'arrivages');
    expect((await today(town)).file).toEqual(first);
    await town.passTime(DAY);
    await publish(town, 'arrivages');
    expect((await today(town)).file!.people).toBe(first.people + 1);
  });

  it('knows who was lost long ago as gone, and who has been silent for two years', async () => {
    const { town, others } = await townWithSix();
    await (await leaving(town, others[0]!.email)).press('Ne plus rien recevoir');
    await town.passTime(366 * DAY);
    await town.call('POST', '/reports/file/count');
    expect((await today(town)).file).toMatchObject({ silent: 0, lost: { left: 0, share: 0 } });
    await town.passTime(366 * DAY);
    await town.call('POST', '/reports/file/count');
    const { silent, byState } = (await today(town)).file!;
    expect([silent, byState['unsubscribed']]).toEqual([byState['active'], 1]);
  });

  it('counts who signed up and has not said yes, until they do, are forgotten or say it was not them', async () => {
    const { town } = await townWithClaire();
    const asked = async () => (await today(town)).file!.asked;
    await town.call('POST', '/reports/file/count');
    const page = await town.open('/subscribe');
    const sign = async (email: string) =>
      page.press('Je m’inscris', { email, topics: ['arrivages'], consent: 'yes' });
    for (const name of ['ada', 'bea', 'cleo']) await sign(`${name}@example.com`);
    expect(await asked()).toBe(3);
    await town.passTime(2 * 60_000);
    await sign('ada@example.com');
    expect(await asked()).toBe(3);
    await (
      await town.open(linkTo('confirm', town.lastMail('ada@example.com')))
    ).press('Oui, je confirme');
    expect(await asked()).toBe(2);
    const notMe = await town.open(linkTo('confirm', town.lastMail('bea@example.com')));
    await notMe.press('Ce n’était pas moi');
    expect(await asked()).toBe(1);
    await town.passTime(31 * DAY);
    expect(await asked()).toBe(0);
  });
});
