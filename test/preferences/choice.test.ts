import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlower, Reader, topicsFollowed } from '../../functions/people/person.ts';
import { chosen, onlyLess } from '../../functions/preferences/choice.ts';
import { differences } from '../../functions/preferences/difference.ts';
import {
  PAUSE_MONTHS,
  readPreferences,
  valuesOf,
} from '../../functions/preferences/preference-form.ts';
import { restored } from '../../functions/preferences/undo.ts';
import { brand, choices, NOW, people, topics } from './people.ts';

const house = { brand, topics };

describe('a choice', () => {
  it('made twice is made once', () => {
    fc.assert(
      fc.property(people, choices, (both, choice) => {
        const once = chosen(both, choice, brand, NOW);
        expect(differences(once, chosen(once, choice, brand, NOW + 1_000))).toEqual([]);
      }),
    );
  });

  it('leaves a reader that the table can keep, in under a kilobyte and a half', () => {
    fc.assert(
      fc.property(people, choices, (both, choice) => {
        const { reader } = chosen(both, choice, brand, NOW);
        expect(Reader.parse(reader)).toEqual(reader);
        expect(JSON.stringify(reader).length).toBeLessThan(1_500);
      }),
    );
  });

  it('through a link that never expires can only mean fewer mails', () => {
    fc.assert(
      fc.property(people, choices, (both, choice) => {
        const before = both.reader;
        const { reader } = chosen(both, onlyLess(choice, before), brand, NOW);
        expect(isSlower(before.frequency, reader.frequency)).toBe(false);
        for (const topic of topicsFollowed(reader))
          expect(reader.subscriptions[topic]).toEqual(before.subscriptions[topic]);
        if (before.stoppedAt !== null) expect(reader.stoppedAt).not.toBeNull();
        if (before.pause && reader.stoppedAt === null)
          expect(reader.pause?.until).toBeGreaterThanOrEqual(before.pause.until);
      }),
    );
  });

  it('taken back leaves the reader as they were, what waits included', () => {
    fc.assert(
      fc.property(people, choices, (before, choice) => {
        const after = chosen(before, choice, brand, NOW);
        const back = restored(after, { before, after }, brand, NOW + 60_000);
        expect(differences(before, back).filter((one) => !isNewTopic(before, one))).toEqual([]);
        expect(back.reader.waiting).toEqual(before.reader.waiting);
        expect(topicsFollowed(back.reader).sort()).toEqual(topicsFollowed(before.reader).sort());
        if (before.reader.waiting.length > 0)
          expect(back.reader.nextDigestAt).toBe(before.reader.nextDigestAt);
      }),
    );
  });
});

/** A topic that was new is withdrawn again: the ledger has its yes and its no. */
function isNewTopic(
  before: { readonly reader: Reader },
  one: ReturnType<typeof differences>[number],
): boolean {
  return one.what === 'topic' && before.reader.subscriptions[one.id] === undefined;
}

describe('the form', () => {
  it('sent back as it was shown wishes for nothing, whoever it is', () => {
    fc.assert(
      fc.property(people, (both) => {
        const shown = valuesOf(both, house, NOW);
        const fields = new URLSearchParams(
          Object.entries(shown).filter(([, value]) => value !== ''),
        );
        fields.set('shown', new URLSearchParams(shown).toString());
        expect(readPreferences(fields, both, house, NOW)).toMatchObject({ choice: {}, wrong: [] });
      }),
    );
  });

  it('says what was changed and nothing else', () => {
    const [both] = fc.sample(people, { numRuns: 1, seed: 7 });
    const shown = valuesOf(both!, house, NOW);
    const other = shown.frequency === 'monthly' ? 'weekly' : 'monthly';
    const fields = new URLSearchParams({ ...shown, frequency: other });
    fields.set('shown', new URLSearchParams(shown).toString());
    expect(readPreferences(fields, both!, house, NOW).choice).toEqual({ frequency: other });
  });

  it.each(PAUSE_MONTHS)(
    'a pause of %i months ends on that day, where the reader lives',
    (months) => {
      const [both] = fc.sample(people, { numRuns: 1, seed: 1 });
      const reader = { ...both!.reader, timeZone: 'Pacific/Noumea', pause: null };
      const fields = new URLSearchParams({ pause: String(months) });
      const { choice } = readPreferences(fields, { ...both!, reader }, house, NOW);
      const end = new Date(choice.pausedUntil!).toLocaleString('en-GB', {
        timeZone: 'Pacific/Noumea',
      });
      expect(end).toBe(`05/${String(1 + months).padStart(2, '0')}/2026, 00:00:00`);
    },
  );

  it('takes no value that was made to break it', () => {
    const [both] = fc.sample(people, { numRuns: 1, seed: 3 });
    const names = Object.keys(valuesOf(both!, house, NOW));
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, value) => {
        const fields = new URLSearchParams({ [name]: value });
        const { choice } = readPreferences(fields, both!, house, NOW);
        expect(() => chosen(both!, choice, brand, NOW)).not.toThrow();
      }),
    );
  });
});
