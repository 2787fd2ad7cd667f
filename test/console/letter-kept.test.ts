import { describe, expect, it } from 'vitest';
import { beginning, step } from '../../web/composer/history.ts';
import {
  changeOf,
  isSame,
  letterOf,
  missingIn,
  said,
  withoutMissing,
} from '../../web/composer/letter.ts';
import { merge } from '../../web/composer/merge.ts';

/** A letter as a program wrote it: some texts are one for all languages, some one a language. */
const BLOCKS = [
  { id: 'title', kind: 'heading', level: 1, words: 'Poulsard' },
  { id: 'news', kind: 'text', size: 'normal', words: { fr: '<p>Là.</p>', en: '<p>Here.</p>' } },
  { id: 'said', kind: 'quote', words: 'Bu frais', by: 'Jeanne' },
  {
    id: 'ask',
    kind: 'question',
    words: 'Rouge ?',
    answers: [
      { id: 'a', words: 'Oui' },
      { id: 'b', words: { fr: 'Non', en: 'No' } },
    ],
  },
];
const CAMPAIGN = {
  name: 'Poulsard',
  topic: 'arrivages',
  subject: 'Poulsard',
  preheader: { fr: 'Du Jura' },
  audience: { all: [{ language: 'fr' }, { not: { segment: 's1' } }] },
  content: { format: 'blocks', source: { blocks: BLOCKS } },
} as const;

describe('a letter on the desk', () => {
  it('that a program wrote goes back as it came, whoever looked at it', () => {
    const { name, topic, subject, preheader, audience, content } = CAMPAIGN;
    expect(changeOf(letterOf(CAMPAIGN), 'blocks')).toEqual({
      ...{ name, topic, subject, preheader, audience, content },
    });
  });

  it('of a text that was one for all languages loses none when one of them is written', () => {
    const place = 'block/title/words.en';
    const history = step(beginning(letterOf(CAMPAIGN), 'fr'), {
      ...{ kind: 'write', place, text: 'The poulsard', at: 0 },
    });
    expect(said(history.now, 'block/title/words.fr')).toBe('Poulsard');
    const { content } = changeOf(history.now, 'blocks');
    expect(content?.source).toMatchObject({
      blocks: [{ words: { fr: 'Poulsard', en: 'The poulsard' } }, ...BLOCKS.slice(1)],
    });
    expect(step(history, { kind: 'undo' }).now).toEqual(letterOf(CAMPAIGN));
  });

  it('without what cannot be empty is kept in all the rest', () => {
    const kept = letterOf(CAMPAIGN);
    const letter = { ...kept, 'subject.mul': '', name: ' ', 'block/title/words.mul': 'Deux' };
    const missing = missingIn(letter, true);
    expect(missing).toEqual(['name', 'subject']);
    const able = withoutMissing(letter, missing, kept);
    expect(changeOf(able, 'blocks')).toMatchObject({ name: 'Poulsard', subject: 'Poulsard' });
    expect(able['block/title/words.mul']).toBe('Deux');
    expect(isSame(able, letter)).toBe(false);
  });

  it('that this browser kept for days does not write over what a colleague did since', () => {
    const base = letterOf(CAMPAIGN);
    const mine = { ...base, name: 'Mine' };
    const theirs = { ...base, 'preheader.fr': 'D’Arbois' };
    const merged = merge(base, mine, theirs);
    expect([merged.letter['name'], merged.letter['preheader.fr']]).toEqual(['Mine', 'D’Arbois']);
  });
});
