import fc from 'fast-check';
import type { Both } from '../../functions/consent/newcomer.ts';
import { Brand } from '../../functions/people/brand.ts';
import { Frequency, newProfile, newReader } from '../../functions/people/person.ts';
import { Topic } from '../../functions/people/topic.ts';
import type { Choice } from '../../functions/preferences/choice.ts';
import { chosen } from '../../functions/preferences/choice.ts';

export const NOW = Date.UTC(2026, 0, 5, 10);
export const brand = Brand.parse({});
export const topics = ['arrivages', 'ateliers', 'vignerons'].map((id) =>
  Topic.parse({ id, name: { fr: id }, createdAt: 0 }),
);

const wishes = fc.constantFrom('off' as const, 'digest' as const, 'immediate' as const);
const DAY = 86_400_000;

/** Anything a reader may choose. */
export const choices: fc.Arbitrary<Choice> = fc.record(
  {
    everything: fc.constant('stop' as const),
    frequency: fc.constantFrom(...Frequency.options),
    pausedUntil: fc.option(fc.integer({ min: 1, max: 300 }).map((days) => NOW + days * DAY)),
    subscriptions: fc.dictionary(fc.constantFrom(...topics.map(({ id }) => id)), wishes),
    personalNotes: fc.boolean(),
    salutation: fc.constantFrom(
      { form: 'madame' as const },
      { form: 'none' as const },
      { form: 'own' as const, words: 'cher ami' },
    ),
    weekday: fc.option(fc.integer({ min: 1, max: 7 })),
    partOfDay: fc.option(fc.constantFrom('morning' as const, 'afternoon' as const)),
    timeZone: fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Noumea'),
    language: fc.constantFrom('fr', 'en'),
    languageOnly: fc.boolean(),
    byPurchases: fc.boolean(),
    countClicks: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Somebody with a past: what they chose before, and what waits for them. */
export const people: fc.Arbitrary<Both> = fc
  .tuple(choices, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }))
  .map(([past, numbers]) => {
    const start: Both = {
      reader: newReader('ada', brand, NOW - 90 * DAY),
      profile: {
        ...newProfile('ada', {
          email: 'ada@example.org',
          fingerprint: 'f',
          source: 'api',
          now: NOW - 90 * DAY,
        }),
        givenName: 'Ada',
        familyName: 'Bonnet',
      },
    };
    const follows = { subscriptions: { arrivages: 'digest' as const } };
    const { reader, profile } = chosen(
      chosen(start, follows, brand, NOW - 90 * DAY),
      past,
      brand,
      NOW - DAY,
    );
    const waiting = [...new Set(numbers)].sort((one, other) => one - other);
    const waits = reader.stoppedAt === null && waiting.length > 0;
    return {
      reader: waits ? { ...reader, waiting, nextDigestAt: NOW + 3 * DAY } : reader,
      profile,
    };
  });
