import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { CLAIRE, figuresOf, publish, townWithClaire } from './reader-cast.ts';

const PROOF = { at: '2026-01-01T10:00:00Z', method: 'paper', words: 'Oui' };
const PAUL = 'paul@example.org';

/** Claire in Lyon, where it is day; Paul in Nouméa, where it is night. */
async function townByDayAndNight() {
  const { town } = await townWithClaire();
  await town.call('POST', '/people', {
    email: PAUL,
    frequency: 'immediate',
    timeZone: 'Pacific/Noumea',
    subscriptions: [{ topic: 'arrivages', consent: { state: 'given', proof: PROOF } }],
  });
  return town;
}

describe('a campaign that is sent, but for those who sleep', () => {
  it('can be paused until the morning and after, and goes on when it is resumed', async () => {
    const town = await townByDayAndNight();
    await town.passTime({ to: Date.parse('2026-01-07T12:00:00Z') });
    const id = await publish(town, 'arrivages');
    expect(await town.call('GET', `/campaigns/${id}`)).toMatchObject({
      state: 'sent',
      figures: { accepted: 1, held: 1 },
    });
    await town.call('POST', `/campaigns/${id}/pause`);
    await town.passTime(2 * DAY);
    expect(town.mails(PAUL)).toEqual([]);
    expect(await town.call('GET', `/campaigns/${id}`)).toMatchObject({ state: 'paused' });
    await town.passTime({ to: Date.parse('2026-01-10T00:00:00Z') });
    await town.call('POST', `/campaigns/${id}/resume`);
    await town.passTime(HOUR);
    expect(town.mails(PAUL)).toHaveLength(1);
    expect(await town.call('GET', `/campaigns/${id}`)).toMatchObject({
      state: 'sent',
      figures: { accepted: 2, held: 0 },
    });
  });
});

describe('a letter that cannot be made for somebody', () => {
  it('takes no place of theirs: what comes after it still comes at once', async () => {
    const { town } = await townWithClaire({ fields: { m: 'ß'.repeat(500) } });
    const tooLong = `{{ person.fields.m${' | append: person.fields.m'.repeat(30)} | upcase }}`;
    for (const name of ['Un', 'Deux', 'Trois']) {
      const campaign = await publish(town, 'arrivages', name, tooLong);
      expect(await figuresOf(town, campaign)).toMatchObject({
        accepted: 0,
        byReason: { 'render-failed': 1 },
      });
    }
    await publish(town, 'arrivages', 'Quatre');
    expect(town.mails(CLAIRE).map(({ subject }) => subject)).toEqual(['Quatre']);
  });
});
