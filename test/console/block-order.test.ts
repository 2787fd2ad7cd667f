import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  liquidOf,
  partsOf,
  tagIn,
  withChips,
  withoutRules,
} from '../../web/composer/blocks/liquid.ts';
import {
  idsIn,
  moved,
  orderFrom,
  spotOf,
  stepped,
  textOfOrder,
  type Order,
} from '../../web/composer/blocks/order.ts';

const ORDER: Order = orderFrom('["a",["two",["b","c"],["d"]],["empty",[],[]],"e"]');

describe('the order of a letter', () => {
  it('is written as it was read', () => {
    expect(orderFrom(textOfOrder(ORDER))).toEqual(ORDER);
    expect(idsIn(ORDER)).toEqual(['a', 'two', 'b', 'c', 'd', 'empty', 'e']);
  });

  it('lets a block walk down through columns to the end, and back up the same way', () => {
    const down: string[] = [];
    let order = ORDER;
    for (let at = 0; at < 10; at += 1) {
      order = stepped(order, 'a', 1);
      down.push(textOfOrder(order));
    }
    expect(new Set(down).size).toBe(10);
    expect(spotOf(order, 'a')).toEqual({ holder: null, row: 0, at: 3 });
    for (let at = 0; at < 10; at += 1) order = stepped(order, 'a', -1);
    expect(textOfOrder(order)).toBe(textOfOrder(ORDER));
  });

  it('loses and doubles no block, wherever one is let fall', () => {
    const id = fc.constantFrom(...idsIn(ORDER));
    const to = fc.record({
      holder: fc.constantFrom(null, 'two', 'empty'),
      row: fc.constantFrom(0, 1),
      at: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(id, to), { maxLength: 12 }), (moves) => {
        const end = moves.reduce((order, [one, spot]) => moved(order, one, spot), ORDER);
        expect(idsIn(end).sort()).toEqual(idsIn(ORDER).sort());
      }),
    );
  });
});

describe('a merge tag', () => {
  it('is read and written with what stands there for who has none', () => {
    const liquid = '{{ person.givenName | default: "cher lecteur" }}';
    expect(tagIn(liquid)).toEqual({ path: 'person.givenName', fallback: 'cher lecteur' });
    expect(liquidOf(tagIn(liquid)!)).toBe(liquid);
    expect(liquidOf({ path: 'brand.name', fallback: 'a" }} <b>' })).not.toMatch(/" }} <b>/);
  });

  it('is a chip between words, and stays as it is in an address', () => {
    expect(partsOf('Bonjour {{ a }}, {% if b %}').map(({ kind }) => kind)).toEqual([
      ...['text', 'liquid', 'text', 'liquid'],
    ]);
    const html = '<p><a href="{{ links.view }}">ici</a> {{ frequency }}</p>';
    expect(withChips(html)).toBe(
      '<p><a href="{{ links.view }}">ici</a> <span data-liquid="{{ frequency }}"></span></p>',
    );
  });
});

it('what is pasted brings its words, and none of its rules', () => {
  expect(
    withoutRules('<p style="color:red" onclick="x()">a<script>b()</script><b>c</b> style=d</p>'),
  ).toBe('<p>a<b>c</b> style=d</p>');
});
