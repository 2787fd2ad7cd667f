import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import {
  asksProfile,
  AudienceCondition,
  compileCondition,
  Condition,
} from '../../functions/people/condition.ts';
import { Leaf } from '../../functions/people/condition-leaf.ts';
import { sentenceOf } from '../../functions/people/condition-sentence.ts';
import { newProfile, newReader, type Profile, type Reader } from '../../functions/people/person.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const ago = (days: number) => NOW - days * DAY;
const purchase = (days: number, amount: number, currency = 'EUR') => ({
  at: ago(days),
  amount,
  currency,
  items: 1,
});

/** Ada: follows one topic, reads monthly, bought three times, once in francs. */
function ada(reader: Partial<Reader> = {}, profile: Partial<Profile> = {}) {
  const blank = newProfile('p1', {
    email: 'ada@example.org',
    fingerprint: 'f',
    source: 'api',
    now: ago(400),
  });
  const purchases = [purchase(10, 30), purchase(60, 50), purchase(200, 20, 'CHF')];
  return {
    reader: {
      ...newReader('p1', { language: 'fr', timeZone: 'Europe/Paris' }, ago(400)),
      frequency: 'monthly' as const,
      subscriptions: {
        news: {
          state: 'given' as const,
          delivery: 'digest' as const,
          at: ago(400),
          basis: 'consent' as const,
        },
      },
      recent: [{ m: 'c-one', b: 'b', a: 1, at: ago(5), c: 'e' as const, n: [7, 8] }],
      ...reader,
    },
    profile: {
      ...blank,
      fields: {
        city: 'Lyon',
        children: 2,
        vip: true,
        married: '2026-05-20',
        wedding: '2027-01-01',
      },
      purchases,
      facts: {
        ...blank.facts,
        firstPurchaseAt: ago(200),
        lastPurchaseAt: ago(10),
        lastPurchaseAmount: 30,
        lastPurchaseItems: 1,
        currency: 'EUR',
        purchases: 3,
        spent: 80,
      },
      lastActAt: ago(10),
      ...profile,
    },
  };
}
const holds = (condition: unknown, person = ada()) =>
  compileCondition(Condition.parse(condition))(person, NOW);

it.each([
  [
    { field: 'city', is: 'paris' },
    { field: 'city', is: 'Lyon' },
  ],
  [{ field: 'city', in: ['Lyon', ' Paris '] }, { not: { field: 'city', is: 'Paris' } }],
  [
    { field: 'last', withinDays: 90 },
    { field: 'last', olderThanDays: 90 },
  ],
  [
    { field: 'spent', atLeast: 84 },
    { field: 'spent', atLeast: 85 },
  ],
  [
    { field: 'points', is: 12 },
    { field: 'points', is: 13 },
  ],
])('what came out of somebody’s sheet is asked as it was meant: %j', (yes, no) => {
  const fields = { city: 'PARIS', last: '24/04/2026', spent: '84,11', points: '12' };
  expect([holds(yes, ada({}, { fields })), holds(no, ada({}, { fields }))]).toEqual([true, false]);
});

describe('a condition', () => {
  it.each([
    [
      { field: 'city', is: 'Lyon' },
      { field: 'city', is: 'Paris' },
    ],
    [
      { field: 'city', in: ['Paris', 'Lyon'] },
      { field: 'city', in: ['Paris'] },
    ],
    [
      { field: 'city', exists: true },
      { field: 'street', exists: true },
    ],
    [
      { field: 'street', exists: false },
      { field: 'toString', exists: true },
    ],
    [
      { field: 'children', atLeast: 2 },
      { field: 'children', atMost: 1 },
    ],
    [
      { field: 'vip', is: true },
      { field: 'city', atLeast: 0 },
    ],
    [
      { field: 'married', withinDays: 30 },
      { field: 'married', olderThanDays: 30 },
    ],
    [
      { field: 'married', olderThanDays: 5 },
      { field: 'wedding', withinDays: 365 },
    ],
    [
      { fact: 'lastPurchaseAt', withinDays: 10 },
      { fact: 'lastPurchaseAt', withinDays: 9 },
    ],
    [
      { fact: 'firstPurchaseAt', olderThanDays: 199 },
      { fact: 'firstPurchaseAt', olderThanDays: 200 },
    ],
    [
      { fact: 'purchases', atLeast: 3 },
      { fact: 'purchases', atMost: 2 },
    ],
    [
      { fact: 'spent', atMost: 80 },
      { fact: 'spent', atLeast: 81 },
    ],
    [
      { purchasesWithinDays: 60, atLeast: 2 },
      { purchasesWithinDays: 59, atLeast: 2 },
    ],
    [
      { purchasesWithinDays: 5, atMost: 0 },
      { purchasesWithinDays: 10, atMost: 0 },
    ],
    [
      { spentWithinDays: 60, atLeast: 80 },
      { spentWithinDays: 300, atLeast: 81 },
    ],
    [
      { spentWithinDays: 30, atMost: 30 },
      { spentWithinDays: 60, atMost: 79 },
    ],
    [
      { moment: 'createdAt', olderThanDays: 365 },
      { moment: 'createdAt', withinDays: 365 },
    ],
    [
      { moment: 'lastActAt', withinDays: 11 },
      { moment: 'lastActAt', olderThanDays: 11 },
    ],
    [
      { moment: 'lastLetterAt', withinDays: 5 },
      { moment: 'lastLetterAt', olderThanDays: 6 },
    ],
    [{ follows: 'news' }, { follows: 'other' }],
    [{ frequency: ['weekly', 'monthly'] }, { frequency: ['weekly'] }],
    [{ language: 'fr' }, { language: 'en' }],
    [{ state: ['active'] }, { state: ['unsubscribed', 'bounced'] }],
    [{ paused: false }, { paused: true }],
    [
      { lettersWithinDays: 7, atLeast: 1 },
      { lettersWithinDays: 4, atLeast: 1 },
    ],
    [
      { lettersWithinDays: 4, atMost: 0 },
      { lettersWithinDays: 7, atMost: 0 },
    ],
    [
      { received: { campaign: 'one', number: 99, name: 'One' } },
      { received: { campaign: 'two', number: 9, name: 'Two' } },
    ],
    [
      { received: { campaign: 'two', number: 8, name: 'Two' } },
      { received: { campaign: 'ne', number: 9, name: '' } },
    ],
  ])('%j holds for Ada, %j does not', (yes, no) => {
    expect([holds(yes), holds(no)]).toEqual([true, false]);
    expect([holds({ not: yes }), holds({ not: no })]).toEqual([false, true]);
    expect(holds({ all: [yes, { not: no }] })).toBe(true);
    expect(holds({ any: [no, { all: [yes] }] })).toBe(true);
  });

  it('on purchases, and its opposite, hold for nobody who objects to them', () => {
    const person = ada({ byPurchases: false });
    for (const leaf of [
      { fact: 'spent', atLeast: 1 },
      { purchasesWithinDays: 60, atLeast: 1 },
      { spentWithinDays: 60, atLeast: 1 },
    ])
      for (const asked of [leaf, { not: leaf }, { not: { any: [leaf, { language: 'en' }] } }])
        expect(holds(asked, person)).toBe(false);
    expect(holds({ any: [{ fact: 'spent', atLeast: 1 }, { language: 'fr' }] }, person)).toBe(true);
  });

  it('says nothing that the forty purchases it remembers cannot show', () => {
    const purchases = Array.from({ length: 40 }, () => purchase(1, 1));
    const person = ada({}, { purchases });
    expect(holds({ spentWithinDays: 30, atLeast: 40 }, person)).toBe(true);
    for (const asked of [
      { spentWithinDays: 30, atLeast: 41 },
      { not: { spentWithinDays: 30, atLeast: 41 } },
      { spentWithinDays: 30, atMost: 41 },
    ])
      expect(holds(asked, person)).toBe(false);
    expect(Condition.safeParse({ purchasesWithinDays: 30, atLeast: 40 }).success).toBe(false);
  });

  it('knows a purchase of a till whose clock is an hour ahead', () => {
    const person = ada({}, { purchases: [{ ...purchase(0, 10), at: NOW + HOUR }] });
    expect(holds({ purchasesWithinDays: 1, atLeast: 1 }, person)).toBe(true);
  });

  it('is taken five levels deep and no deeper, and with no field that it has not', () => {
    const deep = (levels: number): unknown =>
      levels === 0 ? { language: 'fr' } : { not: deep(levels - 1) };
    expect(Condition.safeParse(deep(5)).success).toBe(true);
    expect(Condition.safeParse(deep(6)).success).toBe(false);
    for (const wrong of [
      { language: 'fr', follows: 'x' },
      { all: [] },
      { field: '__proto__', is: 1 },
      { fact: 'spent', withinDays: 3 },
      { segment: 'a' },
    ])
      expect(Condition.safeParse(wrong).success).toBe(false);
    expect(AudienceCondition.safeParse({ not: { segment: 'a' } }).success).toBe(true);
  });
});

describe('a sentence', () => {
  const names = {
    topics: new Map([['news', 'Arrivages']]),
    segments: new Map([['s1', 'Fidèles']]),
  };
  const said = (condition: unknown, language: 'fr' | 'en') =>
    sentenceOf(AudienceCondition.parse(condition), language, names);

  it.each([
    [
      { all: [{ follows: 'news' }, { not: { frequency: ['monthly', 'quarterly'] } }] },
      'Les personnes qui suivent « Arrivages » et qui ne nous lisent pas chaque mois ou chaque saison.',
      'People who follow “Arrivages” and who do not read us once a month or once a season.',
    ],
    [
      { not: { all: [{ segment: 's1' }, { paused: true }] } },
      'Les personnes qui ne font pas partie de « Fidèles » ou qui ne font pas de pause.',
      'People who do not belong to “Fidèles” or who are not taking a break.',
    ],
    [
      {
        all: [
          { language: 'fr' },
          {
            any: [
              { field: 'city', is: 'Lyon' },
              { spentWithinDays: 90, atLeast: 1200 },
            ],
          },
        ],
      },
      'Les personnes qui lisent en français et (qui ont « Lyon » comme « city » ou qui ont dépensé au moins 1 200 ces 90 derniers jours).',
      'People who read in French and (who have “Lyon” as “city” or who have spent at least 1,200 in the last 90 days).',
    ],
    [
      { not: { received: { campaign: 'c', number: 3, name: 'Vendanges' } } },
      'Les personnes qui n’ont pas reçu « Vendanges » depuis un mois.',
      'People who did not get “Vendanges” in the last month.',
    ],
    [
      { not: { field: 'city', exists: false } },
      'Les personnes qui ont un champ « city ».',
      'People who have a field “city”.',
    ],
  ])('says %j', (condition, french, english) => {
    const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
    expect([plain(said(condition, 'fr')), plain(said(condition, 'en'))]).toEqual([french, english]);
  });

  it.each(['', 'K\u009f[', 'fr-FR-', 'français', '__proto__'])(
    'says the language %j, which is none, as it was written',
    (language) => {
      expect(said({ language }, 'en')).toContain(language);
      expect(said({ language }, 'fr')).toContain(language);
    },
  );

  it('says everybody when nothing is asked', () => {
    expect(sentenceOf(undefined, 'fr', names)).toBe('Tout le monde.');
  });

  it('has words for every leaf in both languages', () => {
    const leaves = [
      { fact: 'firstPurchaseAt', withinDays: 3 },
      { fact: 'purchases', atMost: 2 },
      { fact: 'spent', atLeast: 2 },
      { fact: 'lastPurchaseAmount', atLeast: 2 },
      { fact: 'lastPurchaseItems', atLeast: 2 },
      { purchasesWithinDays: 9, atLeast: 1 },
      { field: 'a', in: ['b', 3] },
      { field: 'a', is: false },
      { field: 'a', atMost: 3 },
      { field: 'a', olderThanDays: 3 },
      { moment: 'lastLetterAt', olderThanDays: 3 },
      { state: ['active', 'complained'] },
      { lettersWithinDays: 3, atMost: 2 },
    ];
    for (const leaf of leaves)
      for (const language of ['fr', 'en'] as const)
        for (const asked of [leaf, { not: leaf }])
          expect(said(asked, language)).not.toMatch(/undefined|\[object|NaN/);
  });
});

describe('whether a condition asks the profile', () => {
  const closed = {
    reader: ada().reader,
    get profile(): Profile {
      throw new Error('looked at');
    },
  };
  const LEAVES: Condition[] = [
    { fact: 'lastPurchaseAt', withinDays: 30 },
    { fact: 'spent', atLeast: 1 },
    { purchasesWithinDays: 90, atLeast: 1 },
    { spentWithinDays: 90, atMost: 100 },
    { field: 'city', is: 'Lyon' },
    { field: 'city', exists: true },
    { field: 'city', in: ['Lyon'] },
    { field: 'children', atLeast: 1 },
    { field: 'married', withinDays: 30 },
    { moment: 'createdAt', olderThanDays: 3 },
    { moment: 'lastActAt', withinDays: 3 },
    { moment: 'lastLetterAt', withinDays: 30 },
    { follows: 'news' },
    { frequency: ['monthly'] },
    { language: 'fr' },
    { state: ['active'] },
    { paused: false },
    { lettersWithinDays: 30, atLeast: 1 },
    { received: { campaign: 'one', number: 7, name: 'One' } },
  ];
  const looks = (condition: Condition) => {
    try {
      compileCondition(condition)(closed, NOW);
      return false;
    } catch {
      return true;
    }
  };

  it.each(LEAVES.map((leaf) => [JSON.stringify(leaf), leaf] as const))(
    'is said of %s as it is',
    (_, leaf) => {
      expect(asksProfile(leaf)).toBe(looks(leaf));
      expect(asksProfile({ not: { any: [{ all: [leaf] }] } })).toBe(looks(leaf));
    },
  );

  it('is known of every kind of leaf there is', () => {
    const known = new Set(LEAVES.map((leaf) => Object.keys(leaf)[0]));
    const kinds = Leaf.options.map(({ shape }) => Object.keys(shape)[0]);
    expect(kinds.filter((kind) => !known.has(kind))).toEqual([]);
  });
});

describe('a profile is opened only where it decides', () => {
  const opened = (condition: Condition) => {
    const { reader, profile } = ada();
    let times = 0;
    const asked = {
      reader,
      get profile() {
        times += 1;
        return profile;
      },
    };
    return { holds: compileCondition(condition)(asked, NOW), times };
  };
  const inLyon = { field: 'city', is: 'Lyon' };

  it('what the reader row denies, or allows, is not asked of the profile, whichever was written first', () => {
    const weekly = { frequency: ['weekly' as const] };
    const monthly = { frequency: ['monthly' as const] };
    expect(opened({ all: [inLyon, weekly] })).toEqual({ holds: false, times: 0 });
    expect(opened({ any: [inLyon, monthly] })).toEqual({ holds: true, times: 0 });
    expect(opened({ all: [monthly, { not: { any: [inLyon, monthly] } }] })).toEqual({
      holds: false,
      times: 0,
    });
  });

  it('what the reader row leaves open is', () => {
    expect(opened({ all: [inLyon, { frequency: ['monthly'] }] })).toEqual({
      holds: true,
      times: 1,
    });
  });
});
