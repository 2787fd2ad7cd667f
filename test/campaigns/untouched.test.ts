import { describe, expect, it } from 'vitest';
import { STARTERS } from '../../functions/campaigns/starters.ts';
import { untouchedRemarks } from '../../functions/campaigns/untouched.ts';
import { BlockLetter } from '../../functions/mail/blocks/block.ts';

const NOTHING = { subject: '', preheader: '' };
const starter = (id: string) => STARTERS.find((one) => one.id === id)!;
const letterOf = (id: string) => BlockLetter.parse(starter(id).content.source);
const named = (letter: BlockLetter, inbox = NOTHING, language = 'fr') =>
  untouchedRemarks(letter, inbox, [language]).map(({ what }) => what);
const written = (id: string, words: string): BlockLetter =>
  BlockLetter.parse({ blocks: [{ id, kind: 'text', words: { fr: words } }] });

describe('the words of a starter that nobody changed', () => {
  it.each(['fr', 'en'])('are named by their blocks, in "%s"', (language) => {
    expect(named(letterOf('one-thing'), NOTHING, language)).toEqual(['title', 'news']);
    expect(named(letterOf('invitation'), NOTHING, language)).toEqual([
      ...['title', 'why', 'when', 'place', 'neighbours'],
    ]);
  });

  it('are an error: they would tell readers of a workshop that is not there', () => {
    const { subject, preheader } = starter('story');
    const inbox = { subject: subject.en, preheader: preheader.en };
    const remarks = untouchedRemarks(letterOf('story'), inbox, ['en']);
    expect(remarks.map(({ what }) => what)).toEqual([
      ...['How a table is born', 'Three minutes with Marc, in the workshop'],
      ...['title', 'begin', 'turn', 'middle', 'said', 'end'],
    ]);
    expect(new Set(remarks.map(({ code, level }) => `${code} ${level}`))).toEqual(
      new Set(['words-of-a-starter error']),
    );
  });

  it('are found wherever they were carried to, however the editor writes its marks', () => {
    const words =
      '<p>Racontez-la comme à quelqu’un <em>que vous connaissez</em> : ce que c’est,&nbsp;d’où cela vient,\n pourquoi cela compte.</p>';
    expect(named(written('other', words))).toEqual(['other']);
    expect(named({ blocks: written('other', words).blocks }, NOTHING, 'de')).toEqual(['other']);
  });

  it('are no longer, once a word of them is the house’s own', () => {
    expect(named(written('news', '<p>Une phrase, la nôtre.</p>'))).toEqual([]);
    expect(named(written('greeting', '<p>{{ person.greeting }},</p>'))).toEqual([]);
  });

  it('may stay where they say nothing of a house: a thank-you leaves as it is', () => {
    const { subject, preheader } = starter('thanks');
    const inbox = { subject: subject.fr, preheader: preheader.fr };
    expect(named(letterOf('thanks'), inbox)).toEqual([]);
    expect(named(letterOf('three-things'))).not.toContain('title');
  });

  it('are named in every language of the letter, whichever is shown', () => {
    const { subject } = starter('story');
    const [inbox] = untouchedRemarks(letterOf('story'), { subject }, ['en', 'fr']);
    expect(inbox).toMatchObject({ what: subject.en, language: 'en' });
    const words = { en: 'Our own words', fr: '<p>Dites la nouvelle en une ligne</p>' };
    const letter = BlockLetter.parse({ blocks: [{ id: 'title', kind: 'heading', words }] });
    const found = untouchedRemarks(letter, NOTHING, ['en', 'fr']);
    expect(found.map(({ what, language }) => `${what} ${language}`)).toEqual(['title fr']);
  });

  it('of a picture count once the picture is there', () => {
    const picture = { id: 'picture', kind: 'picture', alt: { fr: 'Marc à son établi' } };
    const letter = (url: string) => BlockLetter.parse({ blocks: [{ ...picture, url }] });
    expect(named(letter(''))).toEqual([]);
    expect(named(letter('https://house.example/marc.jpg'))).toEqual(['picture']);
  });
});
