import { expect, it } from 'vitest';
import { deskLetter } from '../../web/composer/desk-letter.ts';

const START = {
  name: 'Le poulsard',
  order: '["title","text"]',
  'block/title': '{"kind":"heading","level":2}',
  'block/title/words.fr': 'Le poulsard',
  'block/text': '{"kind":"text","size":"normal"}',
  'block/text/words.fr': '<p>Il est là.</p>',
};
const write = (place: string, text: string) => ({ kind: 'write', place, text, at: 0 }) as const;

it('who shows a block keeps the same letter while another block is written, and sees its own change', () => {
  const desk = deskLetter(START, 'fr');
  const [title, text] = [desk.sinceBlock('title'), desk.sinceBlock('text')];
  desk.act(write('block/text/words.fr', '<p>Il est arrivé.</p>'));
  desk.act(write('name', 'Poulsard'));
  expect(desk.sinceBlock('title')).toBe(title);
  expect(desk.sinceBlock('text')).not.toBe(text);
  expect(desk.sinceBlock('text')['block/text/words.fr']).toBe('<p>Il est arrivé.</p>');
});

it('a block that was taken out, brought back by an undo and written elsewhere is seen each time', () => {
  const desk = deskLetter(START, 'fr');
  const without = Object.fromEntries(
    Object.entries(START).filter(([place]) => !place.startsWith('block/title')),
  );
  desk.act({ kind: 'take', letter: without });
  expect(desk.sinceBlock('title')['block/title']).toBeUndefined();
  desk.act({ kind: 'undo' });
  expect(desk.sinceBlock('title')['block/title/words.fr']).toBe('Le poulsard');
  desk.act({ kind: 'take', letter: { ...START, 'block/title/words.fr': 'Le trousseau' } });
  expect(desk.sinceBlock('title')['block/title/words.fr']).toBe('Le trousseau');
});

it('everybody who asked is told of a change, nobody of what changes nothing, and nobody who let go', () => {
  const desk = deskLetter(START, 'fr');
  let told = 0;
  const letGo = desk.subscribe(() => (told += 1));
  desk.act(write('name', 'Poulsard'));
  desk.act({ kind: 'take', letter: desk.now() });
  desk.act({ kind: 'redo' });
  expect(told).toBe(1);
  letGo();
  desk.act({ kind: 'undo' });
  expect(told).toBe(1);
  expect(desk.now()).toEqual(START);
});
