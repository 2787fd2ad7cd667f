import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../functions/base/time.ts';
import { Mailbox, type MailboxLimits } from '../../infra/local/mailbox.ts';
import type { StoryTown } from '../town.ts';
import { figuresOf, schedule, townWithClaire } from './reader-cast.ts';

const CONSENT = {
  state: 'given',
  proof: { at: '2026-01-01T10:00:00Z', method: 'paper', words: 'Oui' },
};

/** A house whose provider takes only so much, with so many readers who get what is published at once. */
async function townThatMaySend(limits: MailboxLimits, readers: number) {
  const { town } = await townWithClaire(
    {},
    {
      mailer: (database, now) =>
        Object.assign(new Mailbox(database, now, limits), { close: () => undefined }),
    },
  );
  for (let reader = 2; reader <= readers; reader += 1)
    await town.call('POST', '/people', {
      email: `reader${reader}@example.org`,
      frequency: 'immediate',
      subscriptions: [{ topic: 'arrivages', consent: CONSENT }],
    });
  return town;
}

const stateOf = async (town: StoryTown, id: string) =>
  (await town.call<{ state: string }>('GET', `/campaigns/${id}`)).state;

describe('a provider that takes few mails a second', () => {
  it('gets them at its pace: everybody has the letter in the end, once', async () => {
    const town = await townThatMaySend({ ratePerSecond: 2, quotaPerDay: 10_000 }, 60);
    const campaign = await schedule(town, 'arrivages');
    await town.passTime(90 * SECOND);
    const early = town.mails().length;
    expect(early).toBeGreaterThan(5);
    expect(early).toBeLessThan(60);
    await town.passTime(MINUTE);
    expect(await stateOf(town, campaign)).toBe('sent');
    expect(new Set(town.mails().map(({ to }) => to)).size).toBe(60);
    expect(town.mails()).toHaveLength(60);
    expect(await figuresOf(town, campaign)).toMatchObject({ candidates: 60, accepted: 60 });
  });

  it('still takes a confirmation at once while a campaign goes out', async () => {
    const town = await townThatMaySend({ ratePerSecond: 2, quotaPerDay: 10_000 }, 60);
    await schedule(town, 'arrivages');
    await town.passTime(70 * SECOND);
    const form = await town.open('/subscribe?lang=fr');
    await form.press('Je m’inscris', {
      email: 'new@example.org',
      topics: ['arrivages'],
      consent: 'yes',
    });
    expect(town.mails('new@example.org')).toHaveLength(1);
    expect(town.mails().length).toBeLessThan(60);
  });
});

describe('the quota of a day', () => {
  it('holds back, with that reason, whom it has no room for, and lets them have it the next day', async () => {
    const town = await townThatMaySend({ ratePerSecond: 1_000, quotaPerDay: 40 }, 60);
    const campaign = await schedule(town, 'arrivages');
    await town.passTime(HOUR);
    expect(town.mails()).toHaveLength(39);
    expect(await figuresOf(town, campaign)).toMatchObject({
      candidates: 60,
      accepted: 39,
      held: 21,
      byReason: { quota: 21, subscribed: 39 },
    });
    const form = await town.open('/subscribe?lang=fr');
    await form.press('Je m’inscris', {
      email: 'new@example.org',
      topics: ['arrivages'],
      consent: 'yes',
    });
    expect(town.mails('new@example.org')).toHaveLength(1);
    await town.passTime(2 * DAY);
    expect(await figuresOf(town, campaign)).toMatchObject({ accepted: 60, held: 0 });
    expect(new Set(town.mails().map(({ to }) => to)).size).toBe(61);
  });
});
