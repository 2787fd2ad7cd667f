import { describe, expect, it } from 'vitest';
import { letter, sent, someone } from './letters.ts';

/** What a reader sees of one output: once looked up without Liquid, once by Liquid inside a block. */
async function shown(
  liquid: string,
  {
    language = 'fr',
    person = {},
    timeZone = 'Europe/Paris',
  }: { language?: string; person?: object; timeZone?: string | null } = {},
) {
  const source = `<p>{{ ${liquid} }}</p>{% if true %}<p>{{ ${liquid} }}</p>{% endif %}`;
  const context = { ...someone, timeZone, person: { ...(someone.person as object), ...person } };
  const { text } = await sent(
    letter({ language, source, footer: { html: '', text: '' } }),
    context,
  );
  const [first = '', second] = text.split('\n\n').map((line) => line.trim());
  expect(second ?? first).toBe(first);
  return first.replace(/[\u202f\u00a0]/g, ' ');
}

describe('the filters of a letter', () => {
  it.each([
    ['person.nothing | default: "vous"', 'vous'],
    ['person.givenName | default: "vous"', 'Ada'],
    ['person.givenName | upcase', 'ADA'],
    ['person.givenName | downcase', 'ada'],
    ['"éclair au café" | capitalize', 'Éclair au café'],
    ['"  a " | strip | append: "b" | prepend: "c"', 'cab'],
    ['"Le miel de châtaignier" | truncate: 8', 'Le miel…'],
    ['"Le miel de châtaignier" | truncate: 12, " (suite)"', 'Le m (suite)'],
    ['"👩‍👩‍👧‍👦 oui" | truncate: 100', '👩‍👩‍👧‍👦 oui'],
    ['"un deux trois" | truncatewords: 2', 'un deux…'],
    ['items | size', '2'],
    ['person.givenName | size', '3'],
    ['person.list | join: " et "', 'a et b'],
    ['person.list | first', 'a'],
    ['person.list | last', 'b'],
    ['person.list', 'a, b'],
    ['items.size', '2'],
    ['person.list.first', 'a'],
    ['person.list.last | upcase', 'B'],
    ['items[1].title', 'Atelier'],
    ['person.facts.purchases | plus: 2 | times: 3 | minus: 1 | divided_by: 7', '2'],
    ['0.1 | plus: 0.2', '0.3'],
    ['7.456 | round: 1', '7.5'],
    ['7.456 | ceil', '8'],
    ['7.456 | floor', '7'],
    ['person.minus | abs', '4'],
    ['person.facts.purchases | at_least: 5', '5'],
    ['person.facts.purchases | at_most: 2', '2'],
    ['person.nothing | plus: 1 | default: "rien"', 'rien'],
    ['"abc" | times: 2 | default: "rien"', 'rien'],
    ['1 | divided_by: 0 | default: "rien"', 'rien'],
    ['person.facts.lastPurchaseAmount | money: person.facts.currency', '1 234,50 €'],
    ['person.facts.lastPurchaseAmount | money: "eur"', '1 234,50 €'],
    ['person.facts.lastPurchaseAmount | money: "points"', '1 234,50 points'],
    ['person.facts.lastPurchaseAmount | money', '1 234,50'],
    ['person.nothing | money: "EUR" | default: "rien"', 'rien'],
    ['person.facts.lastPurchaseAmount | number', '1 234,5'],
    ['person.facts.lastPurchaseAmount | number: 0', '1 235'],
    ['0 | pluralize: "lettre", "lettres"', 'lettre'],
    ['2 | pluralize: "lettre", "lettres"', 'lettres'],
    ['items | pluralize: "lettre", "lettres"', 'lettres'],
    ['person.facts.lastPurchaseAt | date', '1er mars 2026'],
    ['person.facts.lastPurchaseAt | date: "full"', 'dimanche 1er mars 2026'],
    ['person.facts.lastPurchaseAt | date: "day"', '1er mars'],
    ['person.facts.lastPurchaseAt | date: "short"', '01/03/2026'],
    ['person.facts.lastPurchaseAt | date: "month"', 'mars 2026'],
    ['person.facts.lastPurchaseAt | date: "weekday"', 'dimanche'],
    ['person.facts.lastPurchaseAt | date: "year"', '2026'],
    ['person.facts.lastPurchaseAt | date: "time"', '12:00'],
    ['"2026-03-21" | date: "long"', '21 mars 2026'],
    ['"2026-03-21T23:30:00Z" | date: "long"', '22 mars 2026'],
    ['"yesterday" | date | default: "rien"', 'rien'],
    ['person.nothing | date | default: "rien"', 'rien'],
  ])('%s is %s', async (liquid, expected) => {
    expect(await shown(liquid, { person: { list: ['a', 'b'], minus: -4 } })).toBe(expected);
  });

  it('speak the language of the letter', async () => {
    expect(await shown('person.facts.lastPurchaseAt | date: "long"', { language: 'en' })).toBe(
      '1 March 2026',
    );
    expect(await shown('person.facts.lastPurchaseAt | date: "long"', { language: 'de' })).toBe(
      '1. März 2026',
    );
    expect(await shown('person.facts.lastPurchaseAmount | money: "EUR"', { language: 'en' })).toBe(
      '€1,234.50',
    );
    expect(await shown('0 | pluralize: "letter", "letters"', { language: 'en' })).toBe('letters');
    expect(await shown('"istanbul" | capitalize', { language: 'tr' })).toBe('İstanbul');
  });

  it('tell the day and the hour of the reader, and of UTC when nobody knows their zone', async () => {
    expect(await shown('"2026-03-21" | date', { timeZone: 'America/New_York' })).toBe(
      '21 mars 2026',
    );
    const person = { at: Date.UTC(2026, 2, 1, 23, 30) };
    expect(await shown('person.at | date: "time"', { person })).toBe('00:30');
    expect(await shown('person.at | date: "long"', { person, timeZone: 'America/New_York' })).toBe(
      '1er mars 2026',
    );
    expect(await shown('person.at | date: "time"', { person, timeZone: null })).toBe('23:30');
    expect(await shown('person.at | date: "time"', { person, timeZone: 'Nowhere/At-all' })).toBe(
      '23:30',
    );
  });
});
