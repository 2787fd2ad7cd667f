import { describe, expect, it } from 'vitest';
import { CLAIRE, figuresOf, publish, schedule, townWithClaire } from './reader-cast.ts';

const MINUTE_BEFORE = Date.parse('2026-01-06T08:59:00+01:00');
const NOON = Date.parse('2026-01-06T12:00:00+01:00');
/** Enough that some are made before and some after, if nothing holds the order. */
const READERS = Array.from({ length: 40 }, (_, index) => `reader-${index}@example.org`);
const PROOF = { at: '2025-03-05T10:00:00Z', method: 'paper', words: 'Yes, write to me.' };

describe('a campaign that leaves in the minute of its readers’ own letters', () => {
  it('is in those letters, for each of them, as was said before', async () => {
    const { town } = await townWithClaire({ frequency: 'weekly', timeZone: 'Europe/Paris' });
    for (const email of READERS)
      await town.call('POST', '/people', {
        email,
        frequency: 'weekly',
        language: 'fr',
        timeZone: 'Europe/Paris',
        subscriptions: [{ topic: 'arrivages', consent: { state: 'given', proof: PROOF } }],
      });
    await publish(town, 'arrivages', 'Du beau');
    await town.passTime({ to: MINUTE_BEFORE });
    const campaign = await schedule(town, 'arrivages', 'Du jour');
    await town.passTime({ to: NOON });
    for (const email of [CLAIRE, ...READERS]) {
      const letters = town.mails(email).filter(({ category }) => category === 'editorial');
      expect(letters, email).toHaveLength(1);
      expect(letters[0]!.html).toContain('Du beau');
      expect(letters[0]!.html).toContain('Du jour');
    }
    expect(await figuresOf(town, campaign)).toMatchObject({ deliveredInDigests: 41 });
  });
});
