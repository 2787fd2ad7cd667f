import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import {
  CATALOGUES,
  dateIn,
  listIn,
  say,
  spoken,
  weekdayDateIn,
  weekdayIn,
} from '../../functions/base/words.ts';
import { HERE } from '../../infra/local/tools/voice.ts';

type Node = ReturnType<IntlMessageFormat['getAst']>[number];

function argumentsOf(nodes: readonly Node[]): string[] {
  return nodes
    .flatMap((node) => {
      if ('options' in node)
        return [
          node.value,
          ...Object.values(node.options).flatMap((option) => argumentsOf(option.value)),
        ];
      return Number(node.type) === 0 || !('value' in node) ? [] : [node.value];
    })
    .sort();
}

const argumentsIn = (text: string, language: string) => [
  ...new Set(
    argumentsOf(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst()),
  ),
];

describe('the words readers see', () => {
  const french = CATALOGUES.fr!;

  it.each(Object.keys(CATALOGUES))(
    '%s has every key, none empty, in the same order',
    (language) => {
      const catalogue = CATALOGUES[language]!;
      expect(Object.keys(catalogue)).toEqual(Object.keys(french));
      for (const [key, text] of Object.entries(catalogue)) expect(text.trim(), key).not.toBe('');
    },
  );

  it.each(Object.keys(CATALOGUES))('%s asks for the same facts in every sentence', (language) => {
    for (const [key, text] of Object.entries(CATALOGUES[language]!))
      expect(argumentsIn(text, language), key).toEqual(
        argumentsIn(french[key as keyof typeof french], 'fr'),
      );
  });

  it('never takes the reader for a man or a woman', () => {
    const gendered =
      /\b(abonnée?s?|inscrite?s?|désinscrite?s?|désabonnée?s?|informée? de vos|bienvenues?|seule?)\b|[·.]e(·s)?\b/i;
    for (const [key, text] of Object.entries(french))
      if (key !== 'confirm.done.title') expect(gendered.exec(text)?.[0], key).toBeUndefined();
  });

  it('in French never leave a colon or a closing mark alone at the head of a line', () => {
    for (const words of [french, HERE['fr']!])
      for (const [key, text] of Object.entries(words))
        // A subject is a header: it stays in plain letters where it can.
        if (!key.endsWith('.subject')) expect(/ [:;?!»]|« /.exec(text)?.[0], key).toBeUndefined();
  });

  it('call what one follows by one word, the one of the house’s own screens', () => {
    for (const [key, text] of Object.entries(french)) {
      expect(/\bsujets?\b/i.exec(text)?.[0], key).toBeUndefined();
    }
    expect(french['error.topics']).toContain('thème');
  });

  it('fall back to a language we speak when a reader has one we do not', () => {
    expect(say('de', 'leave.title')).toBe('Unsubscribe?');
    expect(spoken('de', 'fr', 'en')).toBe('fr');
    expect(spoken('de', undefined)).toBe('en');
  });
});

describe('days', () => {
  const at = Date.UTC(2026, 10, 30, 23, 30);

  it('are written as people write them, on the reader’s own calendar', () => {
    expect(dateIn('fr', 'Europe/Paris', at)).toBe('1er décembre');
    expect(dateIn('en', 'Europe/Paris', at)).toBe('1 December');
    expect(dateIn('fr', 'America/New_York', at)).toBe('30 novembre');
    expect(weekdayDateIn('fr', 'Europe/Paris', at)).toBe('mardi 1er décembre');
    expect(dateIn('fr', 'Europe/Paris', Date.UTC(2026, 10, 21))).toBe('21 novembre');
  });

  it('of the week and lists are in the reader’s language', () => {
    expect(weekdayIn('fr', 2)).toBe('mardi');
    expect(weekdayIn('en', 7)).toBe('Sunday');
    expect(listIn('fr', ['Arrivages', 'Coulisses', 'Ateliers'])).toBe(
      'Arrivages, Coulisses et Ateliers',
    );
  });
});
