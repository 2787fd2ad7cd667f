import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../functions/people/condition-sentence.ts';
import { audienceFrom, audienceParts } from '../../web/composer/audience.ts';
import { conditionOf, rootOf, type AudienceCondition } from '../../web/segments/tree.ts';

const leaf = fc.constantFrom<AudienceCondition>(
  { follows: 'ateliers' },
  { language: 'en' },
  { frequency: ['weekly'] },
  { segment: 'faithful' },
  { field: 'city', is: 'Lyon' },
  { field: 'zip', in: ['69001', 69_001] },
  { fact: 'spent', atLeast: 20 },
);
const either = fc.oneof(
  leaf,
  leaf.map((one) => ({ not: one })),
);
const condition = fc.oneof(
  either,
  fc.array(either, { minLength: 2, maxLength: 4 }).map((all) => ({ all })),
  fc.array(either, { minLength: 2, maxLength: 4 }).map((any) => ({ any })),
);

describe('a condition', () => {
  it('is shown in the builder and written from it unchanged', () => {
    fc.assert(
      fc.property(condition, (one) => {
        expect(conditionOf(rootOf(one))).toEqual(one);
      }),
    );
  });

  it('on a number finds it as a number and as its digits, and says it once', () => {
    const root = rootOf({ field: 'zip', is: '69001' });
    const made = conditionOf(root);
    expect(made).toEqual({ field: 'zip', in: ['69001', 69_001] });
    expect(rootOf(made!).parts).toMatchObject([{ leaf: { field: 'zip', is: '69001' } }]);
    const several = conditionOf(rootOf({ field: 'zip', in: ['69001', 'Dole'] }));
    expect(several).toEqual({ field: 'zip', in: ['69001', 69_001, 'Dole'] });
    const names = { topics: new Map(), segments: new Map() };
    expect(sentenceOf(several, 'en', names)).toBe('People who have “69001” or “Dole” as “zip”.');
  });

  it('that is not finished is none, so that nobody is chosen by half a sentence', () => {
    expect(conditionOf(rootOf({ field: 'zip', is: '' }))).toBeUndefined();
    expect(
      conditionOf(rootOf({ all: [{ follows: 'ateliers' }, { follows: '' }] })),
    ).toBeUndefined();
  });
});

describe('the audience of a letter', () => {
  it('taken apart into whom it is for and who is left out, and put together, chooses the same', () => {
    fc.assert(
      fc.property(condition, (one) => {
        const made = audienceFrom(audienceParts(one));
        expect(audienceParts(made)).toEqual(audienceParts(one));
      }),
    );
    expect(audienceParts({ all: [{ segment: 'a' }, { not: { segment: 'b' } }] })).toEqual({
      who: { segment: 'a' },
      except: ['b'],
    });
    expect(audienceFrom({ who: undefined, except: ['b'] })).toEqual({ not: { segment: 'b' } });
    expect(audienceFrom({ who: undefined, except: [] })).toBeUndefined();
    const either = { any: [{ segment: 'a' }, { language: 'fr' }] };
    expect(audienceFrom({ who: either, except: ['b'] })).toEqual({
      all: [either, { not: { segment: 'b' } }],
    });
  });
});
