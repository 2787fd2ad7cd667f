import { describe, expect, it } from 'vitest';
import { type LetterSource } from '../../../functions/mail/template/compile.ts';
import { faultSaid } from '../../../functions/mail/template/faults.ts';
import { letter, problemsOf, sent } from './letters.ts';

type Told = readonly [what: string, source: string, line: number, column: number, detail: RegExp];

const html: readonly Told[] = [
  ['an output that is never closed', '<p>\n  {{ person.givenName</p>', 2, 3, /never closed/],
  ['a tag that is never closed', '<p>\n{% if person.a </p>', 2, 1, /never closed/],
  ['a block that is never closed', '<p>a\n {% if person.a %}</p>', 2, 2, /"if" is never closed/],
  ['an end without a beginning', '<p>a\n {% endfor %}</p>', 2, 2, /stands alone/],
  ['an end of another block', '{% if person.a %}\n{% endfor %}', 2, 1, /does not belong in "if"/],
  ['an unknown filter', '<p>é 😀 {{ person.a | shout }}</p>', 1, 9, /no filter "shout"/],
  ['an unknown name', '<p>\n\n{{ user.name }}</p>', 3, 4, /no "user" in a letter/],
  ['a field named by another', '<p>{{ person[frequency] }}</p>', 1, 7, /named by another/],
  ['what is no data', '<p>{{ person.constructor }}</p>', 1, 7, /not data of a reader/],
  ['elements too deep in each other', `a\n${'<div>'.repeat(300)}`, 2, 1, /more than 200 deep/],
  ['a condition half written', '<p>{% if person.age > %}x{% endif %}</p>', 1, 4, /not complete/],
  ['two values at once', '<p>{{ person.a person.b }}</p>', 1, 4, /holds two/],
  ['nothing between the braces', '<p>{{ }}</p>', 1, 4, /nothing between/],
  ['a filter in a condition', '{% if person.a | size %}x{% endif %}', 1, 1, /takes no filters/],
  [
    'a loop that goes on from another',
    '{% for i in items offset: continue %}{% endfor %}',
    1,
    1,
    /cannot go on/,
  ],
  ['a date shape nobody knows', "<p>{{ person.a | date: '%Y' }}</p>", 1, 4, /does not know '%Y'/],
  ['too few arguments', '<p>{{ person.a | truncate }}</p>', 1, 4, /takes 1 to 2 arguments, not 0/],
  ['a style that differs', '<p style="color:{{ person.a }}">x</p>', 1, 17, /A style cannot change/],
  ['a script', '<p>\n<script>{{ person.a }}</script></p>', 2, 9, /would be lost/],
  ['a handler', '<p onclick="{{ person.a }}">x</p>', 1, 13, /would be lost/],
  ['a comment', '<p><!-- {{ person.a }} --></p>', 1, 9, /would be lost/],
  ['the name of an element', '<{{ person.a }}>x', 1, 2, /would be lost/],
  ['a place beside attributes', '<p {{ person.a }}>x</p>', 1, 4, /would be lost/],
  [
    'a list of addresses',
    '<!--[if mso]><v:image srcset="{{ person.a }}" /><![endif]-->',
    1,
    31,
    /list of addresses/,
  ],
  [
    'an attribute without quotes in Outlook',
    '<!--[if mso]><b title={{ person.a }}>x</b><![endif]-->',
    1,
    23,
    /no quotes/,
  ],
  [
    'half an element',
    '<p>{% if person.a %}\n<b>x{% endif %}</b></p>',
    1,
    4,
    /begins in <p> and ends in <b>/,
  ],
  [
    'half an element in the second branch',
    '<p>{% if person.a %}x{% else %}</p>{% endif %}',
    1,
    22,
    /begins in <p> and ends in/,
  ],
  [
    'a branch that leaves an attribute',
    '<p title="{% if person.a %}x">y{% endif %}</p>',
    1,
    11,
    /begins in the attribute "title"/,
  ],
  ['a host that differs', '<a href="https://{{ person.a }}/">x</a>', 1, 18, /host name/],
  ['a scheme half written', '<a href="java{{ person.a }}">x</a>', 1, 14, /cannot go on/],
  ['a script as an address', 'x\n<a href="javascript:alert(1)">x</a>', 2, 10, /not an address/],
  [
    'a hidden script as an address',
    '<a href="&#106;avascript:alert(1)">x</a>',
    1,
    1,
    /not an address/,
  ],
  ['an address without a house', '<a href="/menu">x</a>', 1, 10, /not an address/],
  [
    'an address made by a loop',
    '<a href="https://a.example/{% for i in items %}{{ i.title }}{% endfor %}">x</a>',
    1,
    28,
    /made by a loop/,
  ],
  [
    'a choice of half addresses',
    '<a href="{% if person.a %}https://a.example/{% else %}ftp{% endif %}">x</a>',
    1,
    58,
    /not whole/,
  ],
  [
    'words after a choice that may be empty',
    '<a href="{% if person.a %}https://a.example/{% endif %}x">x</a>',
    1,
    10,
    /half written/,
  ],
  [
    'a picture that tells who opened',
    '<img src="https://a.example/{{ person.fields.city }}.png" alt="">',
    1,
    29,
    /who opened/,
  ],
  [
    'a picture of one pixel',
    '<p>x</p>\n<img src="https://a.example/t.gif" width="1" height="1" alt="">',
    2,
    11,
    /one pixel/,
  ],
  [
    'words that no "when" shows',
    '{% case frequency %}oh{% when "a" %}b{% endcase %}',
    1,
    21,
    /never shown/,
  ],
];

describe('what an author must mend is told with its line and column', () => {
  it.each(html)('%s', async (_, source, line, column, detail) => {
    const [problem] = await problemsOf(letter({ source }));
    expect(problem).toMatchObject({ where: 'source', line, column });
    expect(problem?.detail).toMatch(detail);
    expect(problem?.remedy).toMatch(/\w.*[.%}]$/);
    expect(`${problem?.detail} ${problem?.remedy}`).not.toMatch(/mq[0-9a-f]{6}|undefined/);
    const { detail: english, words } = faultSaid(problem!.fault);
    expect(words?.['en']).toBe(english);
    expect(words?.['fr']).toMatch(/[.»}]$/);
    // Nothing of the one language stands in the other: both name the same values, and share no sentence.
    expect(words?.['fr']).not.toMatch(/\b(?:the|this|there|cannot|write|use)\b/i);
  });

  it.each([
    [
      '{% if person.a %}',
      '"if" is never closed. Add {% endif %}.',
      '«\u00a0if\u00a0» n’est jamais fermé. Ajoutez {% endif %}.',
    ],
    [
      '{% if person.a %}{% endfor %}{% endif %}',
      '"endfor" does not belong in "if". Close it first with {% endif %}.',
      '«\u00a0endfor\u00a0» n’a pas sa place dans «\u00a0if\u00a0». Fermez d’abord celui-ci avec {% endif %}.',
    ],
    [
      '{% raw %}',
      'There is no tag "raw". Write "{{ \'{{\' }}" to show two braces.',
      "Il n’y a pas de balise «\u00a0raw\u00a0». Pour montrer deux accolades, écrivez «\u00a0{{ '{{' }}\u00a0».",
    ],
    [
      '{{ person.a | upcase: 1 }}',
      'The filter "upcase" takes no arguments, not 1. See docs/templates.md for an example.',
      'Le filtre «\u00a0upcase\u00a0» ne prend aucun argument, pas 1. Un exemple se trouve dans docs/templates.md.',
    ],
    [
      '{% if person.a %}<p>{% endif %}</p>',
      'This branch begins in <div> and ends in <p>. Close in each branch what it opens, and open nothing it does not close.',
      'Cette branche commence dans <div> et finit dans <p>. Fermez dans chaque branche ce qu’elle ouvre, et n’ouvrez rien qu’elle ne ferme.',
    ],
  ])('%s, word for word in both languages', async (source, en, fr) => {
    const [problem] = await problemsOf(letter({ source }));
    expect(faultSaid(problem!.fault)).toEqual({ detail: en, words: { en, fr } });
  });

  it('in the subject and in the preheader too, all at once', async () => {
    const problems = await problemsOf(
      letter({
        subject: 'Bonjour {{ nobody }}',
        preheader: '{% if person.a %}',
        source: '{{ person.a | shout }}',
      }),
    );
    expect(problems.map(({ where, line, column }) => [where, line, column])).toEqual([
      ['subject', 1, 12],
      ['preheader', 1, 1],
      ['source', 1, 1],
    ]);
  });

  it('an empty subject is not a subject', async () => {
    expect(await problemsOf(letter({ subject: ' \n', source: 'x' }))).toMatchObject([
      { where: 'subject' },
    ]);
  });

  it('lines count the same wherever the author writes', async () => {
    for (const source of [
      '<p>a</p>\r\n\r\n{{ nobody }}',
      '<p>a</p>\n\n{{ nobody }}',
      '<p>a</p>\r\r{{ nobody }}',
    ])
      expect(await problemsOf(letter({ source }))).toMatchObject([{ line: 3, column: 4 }]);
  });

  it('a foot that we wrote ourselves and that is broken is our fault, not the author’s', async () => {
    const footer = { html: '<p>{{ nobody }}</p>', text: '' };
    await expect(problemsOf(letter({ source: 'x', footer }))).rejects.toThrow('footer');
  });
});

describe('the way out', () => {
  const footed = async (source: string, format: LetterSource['format'] = 'html') =>
    (await sent(letter({ source, format }))).html.includes('Vous suivez');

  it('is added to a letter that has none', async () => {
    expect(await footed('<p>Bonjour</p>')).toBe(true);
    expect(await footed('Bonjour', 'markdown')).toBe(true);
    expect(
      await footed(
        '<mjml><mj-body><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>',
        'mjml',
      ),
    ).toBe(true);
  });

  it('is the author’s when a link that everybody has leads there', async () => {
    expect(await footed('<p><a href="{{ links.unsubscribe }}">Stop</a></p>')).toBe(false);
    expect(await footed('[Stop]({{ links.unsubscribe }})', 'markdown')).toBe(false);
  });

  it.each([
    ['is only named', '<p>{{ links.unsubscribe }}</p>'],
    ['is only for some', '{% if person.a %}<a href="{{ links.unsubscribe }}">Stop</a>{% endif %}'],
    ['is only for Outlook', '<!--[if mso]><a href="{{ links.unsubscribe }}">Stop</a><![endif]-->'],
    ['is only a comment', '{% comment %}{{ links.unsubscribe }}{% endcomment %}'],
    [
      'is hidden in another address',
      '<a href="https://a.example/?{{ links.unsubscribe }}">Stop</a>',
    ],
  ])('is added when the author’s %s', async (_, source) => {
    expect(await footed(source)).toBe(true);
  });
});
