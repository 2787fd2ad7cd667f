import { describe, expect, it } from 'vitest';
import { compiled, elementsOf, letter, problemsOf, sent } from './letters.ts';

const htmlOf = async (source: string) => (await sent(letter({ source }))).html;

describe('a letter in HTML', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a form', '<form action="https://a.example/"><input name="a"><button>b</button></form>'],
    [
      'a frame',
      '<iframe src="https://a.example/"></iframe><object data="https://a.example/"></object><embed src="https://a.example/">',
    ],
    ['a handler', '<p onclick="alert(1)" ONMOUSEOVER="alert(1)">a</p><body onload="alert(1)">'],
    ['drawings that run', '<svg onload="alert(1)"><script>alert(1)</script></svg><math></math>'],
    [
      'a page that leads elsewhere',
      '<meta http-equiv="refresh" content="0;url=https://a.example/"><base href="https://a.example/"><link rel="stylesheet" href="https://a.example/a.css">',
    ],
    [
      'styles that load or run',
      '<style>@import url(https://a.example/a.css); p{behavior:url(a.htc);width:expression(run(1))}</style>',
    ],
    [
      'a script for Outlook alone',
      '<!--[if mso]><script>alert(1)</script><![endif]--><!--[if mso]><p onclick="alert(1)">a</p><![endif]-->',
    ],
    ['comments', '<!-- alert(1) --><!--><script>alert(1)</script>-->'],
  ])('keeps nothing of %s', async (_, source) => {
    const html = await htmlOf(`<p>Bonjour</p>${source}`);
    expect(html).not.toMatch(
      /alert|<form|<input|<button|<iframe|<object|<embed|<svg|<math|refresh|<base|<link|@import|behavior|expression/i,
    );
    expect(html).toContain('Bonjour');
  });

  it('keeps what mail programs need: tables, styles, and what only Outlook reads', async () => {
    const source = `<!doctype html><html lang="de"><head><title></title><style type="text/css">@media (max-width:480px){.a > td{width:100%!important}}</style></head>
<body style="margin:0"><!--[if mso | IE]><table role="presentation" width="600"><tr><td><![endif]--><table role="presentation" class="a" bgcolor="#ffffff" style="width:100%;mso-table-lspace:0pt"><tr><td colspan="2" valign="top" style="color:#333">{{ person.givenName }}</td></tr></table><!--[if mso | IE]></td></tr></table><![endif]--><!--[if !mso]><!--><p>a</p><!--<![endif]--></body></html>`;
    const html = await htmlOf(source);
    for (const kept of [
      '<html lang="de" dir="ltr">',
      '<title>Maison Delorme</title>',
      '.a > td{width:100%!important}}',
      'style="width:100%;mso-table-lspace:0pt"',
      '<td colspan="2" valign="top" style="color:#333">Ada</td>',
      '<!--[if mso | IE]><table role="presentation" width="600"><tr><td><![endif]-->',
      '<!--[if !mso]><!--><p>a</p><!--<![endif]-->',
    ])
      expect(html).toContain(kept);
  });

  it('makes a whole page of a fragment, in the language of the letter', async () => {
    const elements = elementsOf(await htmlOf('<p>Bonjour</p>'));
    expect(elements[0]?.attributes).toEqual({ lang: 'fr', dir: 'ltr' });
    expect(elements.map(({ name }) => name).slice(0, 9)).toEqual([
      'html',
      'head',
      'meta',
      'meta',
      'meta',
      'meta',
      'title',
      'body',
      'div',
    ]);
  });

  it('puts the preheader first in the body, out of sight', async () => {
    const { html, text } = await sent(
      letter({
        source: '<html><body class="a"><p>Bonjour</p></body></html>',
        preheader: '{{ person.givenName }} <b> & vous',
      }),
    );
    expect(html).toMatch(/<body class="a"><div style="display:none[^>]*>Ada &lt;b&gt; &amp; vous/);
    expect(text).toMatch(/^Bonjour\n/);
  });

  it('reads a condition in Outlook’s own tables as the HTML it is there', async () => {
    expect(
      await problemsOf(
        letter({
          source:
            '<!--[if mso]><table>{% if person.a %}<tr><td>{% endif %}</td></tr></table><![endif]-->',
        }),
      ),
    ).toMatchObject([{ line: 1, column: 21 }]);
    expect(
      await problemsOf(
        letter({
          source:
            '<!--[if mso]><table><tr>{% if person.a %}<td>a</td>{% endif %}</tr></table><![endif]-->',
        }),
      ),
    ).toEqual([]);
  });

  it('has a subject of one line, with blanks where its author wants them', async () => {
    const subjectOf = async (subject: string) =>
      (await sent(letter({ source: 'x', subject }))).subject;
    expect(
      await subjectOf('  Bonjour\n {%- if true -%} , {{ person.givenName -}} {% endif %} !'),
    ).toBe('Bonjour, Ada !');
    expect(await subjectOf('{% case frequency %}{% when "a" %}b{% else %}c & d{% endcase %}')).toBe(
      'c & d',
    );
  });

  it('is the same letter, with the same name, wherever it is made', async () => {
    const one = await compiled(
      letter({ source: '<p>{{ person.givenName }} {{ person.givenName }}</p>' }),
    );
    const other = await compiled(
      letter({ source: '<p>{{ person.givenName }} {{ person.givenName }}</p>' }),
    );
    expect(other).toEqual(one);
    expect(one.wire.id).toMatch(/^[0-9a-f]{32}$/);
    expect(one.holes.filter(({ place }) => place === 'text').map(({ liquid }) => liquid)).toEqual([
      '{{ person.givenName | in_text }}',
      '{{ why | in_text }}',
    ]);
    expect(one.uses).toEqual(['links.unsubscribe', 'person.givenName', 'why']);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });
});
