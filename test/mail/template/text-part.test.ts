import { describe, expect, it } from 'vitest';
import { letter, sent, someone } from './letters.ts';

const foot = '\nVous suivez « Arrivages ».\nMe désinscrire : https://letters.example/u\n';
const textOf = async (source: string, format: 'html' | 'markdown' = 'html') =>
  (await sent(letter({ source, format }))).text.replace(foot, '');

describe('the letter in plain text', () => {
  it.each([
    [
      'headings and paragraphs',
      '<h1>Un</h1><p>Deux\n  trois</p><div>Quatre</div><div>Cinq</div>',
      'Un\n\nDeux trois\n\nQuatre\n\nCinq\n',
    ],
    [
      'a link and its address',
      '<p>Voir <a href="https://a.example/?a=1&amp;b=2">ici</a>.</p>',
      'Voir ici (https://a.example/?a=1&b=2).\n',
    ],
    [
      'an address that is its own words',
      '<a href="https://a.example/">https://a.example/</a>',
      'https://a.example/\n',
    ],
    [
      'an address to write to',
      '<a href="mailto:claire@a.example">claire@a.example</a>',
      'claire@a.example\n',
    ],
    [
      'a link that only holds a picture',
      '<a href="https://a.example/"><img src="https://a.example/1.png" alt="La carte"></a>',
      'La carte (https://a.example/)\n',
    ],
    [
      'a picture with words and one without',
      '<p><img src="https://a.example/1.png" alt="Une table"></p><p><img src="https://a.example/1.png" alt=""></p><p>b</p>',
      '[Une table]\n\nb\n',
    ],
    [
      'lists in lists',
      '<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><p>d</p>',
      '- a\n  - b\n- c\n\nd\n',
    ],
    ['numbers', '<ol><li>a</li><li>b</li></ol>', '1. a\n2. b\n'],
    ['a quotation', '<blockquote><p>a</p><p>b</p></blockquote><p>c</p>', '> a\n\n> b\n\nc\n'],
    [
      'line ends that are meant',
      '<p>a<br>b<br><br>c</p><pre>d\n  e</pre>',
      'a\nb\n\nc\n\nd\n  e\n',
    ],
    [
      'a table of facts',
      '<table><tr><th>Jour</th><th>Heure</th></tr><tr><td>Mardi</td><td>10 h</td></tr></table>',
      'Jour | Heure\nMardi | 10 h\n',
    ],
    [
      'a table that is only a layout',
      '<table role="presentation"><tr><td>a</td><td><p>b</p></td></tr></table>',
      'a\n\nb\n',
    ],
    ['a rule', '<p>a</p><hr><p>b</p>', 'a\n\n---\n\nb\n'],
    [
      'nothing that is hidden',
      '<p>a</p><div style="display:none">secret</div><p style="mso-hide:all">secret</p><style>p{}</style><!--[if mso]><p>secret</p><![endif]--><p>b</p>',
      'a\n\nb\n',
    ],
    ['blank signs', '<p>a&nbsp;b&zwnj;&#8203;c</p>', 'a\u00a0bc\n'],
  ])('has %s', async (_, source, text) => {
    expect(await textOf(source)).toBe(text);
  });

  it('escapes nothing and lets no value break a line', async () => {
    const person = { givenName: 'A & <b>\r\nB\u2028C' };
    const { text } = await sent(
      letter({ source: '<p title="x">{{ person.givenName }} &amp; vous</p>' }),
      { ...someone, person },
    );
    expect(text.split('\n')[0]).toBe('A & <b> B C & vous');
  });

  it('takes the lines of a branch away with the branch', async () => {
    const source =
      '<p>a</p>{% if person.no %}<p>b</p>{% endif %}<p>c</p>{% if person.givenName %}<p>d</p>{% else %}<p>e</p>{% endif %}<p>f</p>';
    expect(await textOf(source)).toBe('a\n\nc\n\nd\n\nf\n');
  });

  it('begins every branch where the block begins', async () => {
    const source =
      '<p>a</p>{% if person.no %}b{% else %}<p>c</p>{% endif %}<p>d</p>{% if person.givenName %}e{% else %}<p>f</p>{% endif %}';
    expect(await textOf(source)).toBe('a\n\nc\n\nd\n\ne\n');
  });

  it('writes addresses as safely as the HTML does', async () => {
    const person = { givenName: 'a b&c/../?d=e' };
    const links = { ...(someone.links as object), view: 'javascript:alert(1)' };
    const { text } = await sent(
      letter({
        source:
          '<a href="https://a.example/?q={{ person.givenName }}">x</a> <a href="{{ links.view }}">y</a>',
      }),
      { ...someone, person, links },
    );
    expect(text.split('\n')[0]).toBe('x (https://a.example/?q=a%20b%26c%2F..%2F%3Fd%3De) y (#)');
  });
});
