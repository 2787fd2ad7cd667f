import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { added, doubled, freshId, movedTo, removed } from '../../web/composer/blocks/change.ts';
import { blocksOf, flatOf, ORDER } from '../../web/composer/blocks/flat.ts';
import { idsIn, orderFrom } from '../../web/composer/blocks/order.ts';
import { beginning, step } from '../../web/composer/history.ts';
import type { Letter } from '../../web/composer/letter.ts';
import { beforeUs, merge, withTheirs } from '../../web/composer/merge.ts';

const text = (id: string) => ({ id, kind: 'text', size: 'normal', words: { fr: `<p>${id}</p>` } });
const BASE = flatOf({
  blocks: [
    text('a'),
    text('b'),
    { id: 'two', kind: 'columns', split: '1-1', columns: [[text('c')], [text('d')]] },
    { id: 'aside', kind: 'section', tone: 'quiet', blocks: [text('e')] },
    text('f'),
  ],
} as Parameters<typeof flatOf>[0]);
const ids = (letter: Letter) => idsIn(orderFrom(letter[ORDER]));
const wrote = (letter: Letter, id: string, words: string): Letter => ({
  ...letter,
  [`block/${id}/words.fr`]: words,
});
const put = (letter: Letter, id: string, words: string, at: number) =>
  wrote(added(letter, { kind: 'heading', level: 2 }, id, { holder: null, row: 0, at }), id, words);
const saved = (letter: Letter) => flatOf(blocksOf(letter));

describe('two hands on one letter of blocks', () => {
  it('that each put a block in have both, each where it was put', () => {
    const mine = put(BASE, 'mine', 'Le mien', 1);
    const theirs = put(BASE, 'theirs', 'L’autre', 4);
    const { letter, both } = merge(BASE, mine, theirs);
    expect(both).toEqual([]);
    expect(ids(letter)).toEqual(['a', 'mine', 'b', 'two', 'c', 'd', 'aside', 'e', 'theirs', 'f']);
  });

  it('that each put in a block of one kind put in two', () => {
    expect(freshId(BASE, 'heading')).not.toBe(freshId(BASE, 'heading'));
  });

  it('of which one moves a block and the other takes one out do both', () => {
    const mine = movedTo(BASE, 'f', { holder: 'two', row: 0, at: 0 });
    const theirs = removed(BASE, 'a');
    for (const { letter, both } of [merge(BASE, mine, theirs), merge(BASE, theirs, mine)]) {
      expect(both).toEqual([]);
      expect(ids(letter)).toEqual(['b', 'two', 'f', 'c', 'd', 'aside', 'e']);
    }
  });

  it('keep what one wrote in a block that the other took out, until somebody chooses', () => {
    const mine = wrote(BASE, 'e', '<p>Mes mots</p>');
    const theirs = removed(BASE, 'aside');
    const { letter, both } = merge(BASE, mine, theirs);
    expect(both).toContain('block/e/words.fr');
    expect(saved(letter)['block/e/words.fr']).toBe('<p>Mes mots</p>');
    expect(ids(letter)).toEqual(['a', 'b', 'two', 'c', 'd', 'e', 'f']);
    expect(ids(withTheirs(letter, theirs, both))).toEqual(['a', 'b', 'two', 'c', 'd', 'f']);
  });

  it('bring back whole what I took out and the other wrote in, when I take theirs', () => {
    const mine = removed(BASE, 'b');
    const theirs = wrote(BASE, 'b', '<p>Leurs mots</p>');
    const { letter, both } = merge(BASE, mine, theirs);
    expect(ids(letter)).not.toContain('b');
    const chosen = withTheirs(letter, theirs, both);
    expect(saved(chosen)).toEqual(saved(theirs));
  });

  it('have every block once, and what is saved is what stands there, whatever both do', () => {
    const id = fc.constantFrom('a', 'b', 'two', 'c', 'd', 'aside', 'e', 'f');
    const spot = fc.record({
      holder: fc.constantFrom(null, 'two', 'aside'),
      row: fc.constant(0),
      at: fc.nat(5),
    });
    const act = fc.oneof(
      fc.tuple(fc.constant('move' as const), id, spot),
      fc.tuple(fc.constant('out' as const), id, spot),
      fc.tuple(fc.constant('write' as const), id, spot),
      fc.tuple(fc.constant('double' as const), id, spot),
    );
    const done = (who: string, acts: readonly (readonly [string, string, never])[]) =>
      acts.reduce((letter: Letter, [kind, one, to], at) => {
        if (!ids(letter).includes(one)) return letter;
        if (kind === 'move') return movedTo(letter, one, to);
        if (kind === 'out') return removed(letter, one);
        if (kind === 'double') return doubled(letter, one, freshId(letter, 'copy'));
        return wrote(letter, one, `<p>${who} ${at}</p>`);
      }, BASE);
    const some = fc.array(act, { maxLength: 6 });
    fc.assert(
      fc.property(some, some, (my, their) => {
        const mine = done('moi', my as never);
        const theirs = done('autre', their as never);
        const { letter, both } = merge(BASE, mine, theirs);
        for (const end of [letter, withTheirs(letter, theirs, both)]) {
          const placed = ids(end);
          expect(new Set(placed).size).toBe(placed.length);
          const standing = Object.keys(end).filter(
            (place) => /^block\/[^/]+$/.test(place) && end[place] !== '',
          );
          expect(placed.map((one) => `block/${one}`).sort()).toEqual(standing.sort());
          expect(ids(saved(end))).toEqual(placed);
        }
        for (const [place, words] of Object.entries(mine))
          if (place !== ORDER && words !== BASE[place]) expect(letter[place]).toBe(words);
      }),
    );
  });
});

describe('who wrote while somebody else did', () => {
  const at = 0;
  const mine = (history: ReturnType<typeof beginning>, words: string) =>
    step(history, { kind: 'write', place: 'block/a/words.fr', text: words, at });

  it('takes back what is theirs, and never what the other wrote', () => {
    const theirs = wrote(BASE, 'f', '<p>Leurs mots</p>');
    const joined = step(mine(beginning(BASE, 'fr'), '<p>un</p>'), {
      ...{ kind: 'join', base: BASE, theirs },
    });
    const undone = step(joined, { kind: 'undo' });
    expect(undone.now).toEqual(theirs);
    expect(step(undone, { kind: 'redo' }).now).toEqual(wrote(theirs, 'a', '<p>un</p>'));
  });

  it('does not meet their own words when an answer was lost on the way', () => {
    const sent = wrote(BASE, 'a', '<p>un</p>');
    const now = wrote(BASE, 'a', '<p>un deux</p>');
    const theirs = wrote(sent, 'f', '<p>Leurs mots</p>');
    const before = beforeUs(BASE, [sent], theirs);
    expect(merge(before, now, theirs)).toMatchObject({
      letter: { 'block/a/words.fr': '<p>un deux</p>', 'block/f/words.fr': '<p>Leurs mots</p>' },
      theirs: ['block/f/words.fr'],
      both: [],
    });
  });
});
