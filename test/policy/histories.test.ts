import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES, type Rules } from '../../functions/policy/decide.ts';
import { aLife, type Life } from './histories/life.ts';
import { live } from './histories/live.ts';
import { broken } from './histories/promises.ts';

const HISTORIES = 10_000;
/** A rule that is missing shows itself in fewer lives than this. */
const LIVES_TO_CATCH = 5_000;
const LONGEST_MS = 180_000;

describe('over two years, whoever they are, whatever they choose and whatever goes wrong', () => {
  it(
    'pace, cap, distance, night, pause, yes and dates are kept, each reason is true, and nothing is lost',
    () => {
      const promisesAreKept = fc.property(aLife, (life) => {
        const found = broken(live(life), life);
        if (found) throw new Error(`${found.promise}: ${found.how}`);
      });
      fc.assert(promisesAreKept, { numRuns: HISTORIES });
    },
    LONGEST_MS,
  );
});

describe('a heart without one of its rules', () => {
  const lives: Life[] = [];
  const firstBroken = (rules: Rules) => {
    if (lives.length === 0) lives.push(...fc.sample(aLife, { numRuns: LIVES_TO_CATCH, seed: 1 }));
    for (const life of lives) {
      const found = broken(live(life, rules), life);
      if (found) return found;
    }
    return undefined;
  };
  const kinds = Object.keys(RULES) as (keyof Rules)[];

  it.each(kinds.flatMap((kind) => RULES[kind].map(({ name }) => [kind, name] as const)))(
    '%s: breaks a promise without "%s"',
    (kind, name) => {
      const rules = { ...RULES, [kind]: RULES[kind].filter((rule) => rule.name !== name) };
      expect(firstBroken(rules)).toBeDefined();
    },
    LONGEST_MS,
  );

  it(
    'breaks a promise when it sends at once what it should keep for a letter, a day or a lower count',
    () => {
      const always = { kind: 'send', because: 'subscribed' } as const;
      const eager: Rules = { ...RULES, campaign: [...RULES.campaign.slice(0, 8), () => always] };
      expect(firstBroken(eager)).toBeDefined();
    },
    LONGEST_MS,
  );
});
