import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import type { Line } from '../../functions/mail/delivery.ts';
import { mailsChange } from '../../functions/mail/house-figures.ts';
import { newProfile, newReader, type Reader } from '../../functions/people/person.ts';
import { fieldsOf, lossOf, NOBODY, withPerson } from '../../functions/stats/file-count.ts';
import { weekBefore, weekEnding, weekFrom } from '../../functions/stats/week.ts';

const NOW = Date.UTC(2026, 5, 15, 10);
const line = fc.record({
  p: fc.constantFrom('a', 'b', 'c'),
  d: fc.constantFrom('send', 'hold', 'digest', 'drop'),
  r: fc.constant('subscribed'),
  o: fc.constantFrom('open', 'accepted', 'refused', 'uncertain'),
  e: fc.nat(255),
}) as fc.Arbitrary<Line>;
const lines = fc.array(line, { maxLength: 5 });

it('whatever becomes of a row, the days add up to what its lines say in the end', () => {
  fc.assert(
    fc.property(fc.array(lines, { minLength: 1, maxLength: 8 }), (states) => {
      const sums = { accepted: 0, dead: 0, complained: 0 };
      let before: Line[] = [];
      for (const after of states) {
        for (const [name, by] of Object.entries(mailsChange(before, after)))
          sums[name as keyof typeof sums] += by;
        before = after;
      }
      expect(sums).toEqual({
        accepted: before.filter(({ d, o }) => d === 'send' && o === 'accepted').length,
        dead: before.filter(({ e = 0 }) => (e & 16) !== 0).length,
        complained: before.filter(({ e = 0 }) => (e & 32) !== 0).length,
      });
    }),
  );
});

const moment = fc.integer({ min: NOW - 3 * 365 * DAY, max: NOW });
const reader = fc
  .record({
    standing: fc.record({ is: fc.constantFrom('well', 'bounced', 'complained'), at: moment }),
    stoppedAt: fc.option(moment),
    pause: fc.option(fc.record({ from: moment, until: moment })),
    subscriptions: fc.dictionary(
      fc.constantFrom('news', 'sales'),
      fc.record({
        state: fc.constantFrom('given', 'unproven', 'withdrawn'),
        delivery: fc.constant('digest'),
        at: moment,
        basis: fc.constant('consent'),
      }),
    ),
  })
  .map((chosen): Reader => {
    const house = { language: 'fr', timeZone: 'Europe/Paris' };
    return { ...newReader('a', house, NOW), ...(chosen as Partial<Reader>) };
  });

it('everybody stands in one place of the file, and nobody is lost who can be written to', () => {
  fc.assert(
    fc.property(fc.array(reader, { maxLength: 12 }), moment, (readers, lastActAt) => {
      const from = { email: 'a@example.org', fingerprint: '', source: 'api', now: NOW };
      const profile = { ...newProfile('a', from), lastActAt };
      const sums = readers.reduce(
        (sum, one) => withPerson(sum, { reader: one, profile }, NOW),
        NOBODY,
      );
      const all = Object.values(sums.byState).reduce((sum, count) => sum + count, 0);
      expect([sums.people, all]).toEqual([readers.length, readers.length]);
      const { bounced, left, complained } = sums.lost;
      expect(bounced).toBeLessThanOrEqual(sums.byState.bounced);
      expect(complained).toBeLessThanOrEqual(sums.byState.complained);
      expect(left).toBeLessThanOrEqual(sums.byState.unsubscribed + sums.byState.unproven);
      expect(Math.max(sums.silent, sums.paused)).toBeLessThanOrEqual(sums.byState.active);
      expect(lossOf(sums) ?? 0).toBeLessThanOrEqual(1);
    }),
  );
});

it('two weeks of the house follow each other without a gap, also when a clock changes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000 }),
      fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia'),
      (hours, zone) => {
        const days = weekEnding(zone, NOW + hours * 3_600_000);
        const both = [...weekBefore(days), ...days];
        expect(new Set(both).size).toBe(14);
        expect(both).toEqual(both.toSorted());
        const sums = both.map(() => ({
          'exit:page:slower': 1,
          'exit:preferences:unsubscribed': 1,
        }));
        expect(weekFrom(days, sums.slice(7))).toMatchObject({
          from: days[0],
          to: days[6],
          retained: 7,
          unsubscribed: 7,
          rate: 0.5,
        });
      },
    ),
  );
});

it('whoever asks for a field is told which there are, the most filled first', () => {
  const person = (fields: Record<string, string>) => ({
    reader: newReader('a', { language: 'fr', timeZone: 'Europe/Paris' }, NOW),
    profile: {
      ...newProfile('a', { email: 'a@example.org', fingerprint: 'f', source: 'api', now: NOW }),
      fields,
    },
  });
  const people: readonly Readonly<Record<string, string>>[] = [
    {},
    { City: 'Lyon' },
    { shop: 'Annecy', City: 'Paris' },
    { __proto__x: 'y' },
  ];
  const sums = people.reduce((sum, fields) => withPerson(sum, person(fields), NOW), NOBODY);
  expect(fieldsOf(sums)).toEqual(['City', '__proto__x', 'shop']);
  expect(sums.fields?.['City']).toBe(2);
  expect(fieldsOf({ ...sums, fields: undefined })).toBe(null);
});
