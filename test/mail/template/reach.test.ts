import { describe, expect, it } from 'vitest';
import { Liquid } from 'liquidjs';
import { compile, fillerOf } from '../../../functions/mail/template/compile.ts';
import { engine } from '../../../functions/mail/template/engine.ts';
import { filters } from '../../../functions/mail/template/filters.ts';
import { elementsOf, HOSTILE, letter, problemsOf, sent, someone } from './letters.ts';

const OUTSIDE = [
  'process',
  'constructor',
  '__proto__',
  'globalThis',
  'global',
  'require',
  'Function',
  'this',
  'self',
  'toString',
  'hasOwnProperty',
  'language',
  'timeZone',
  'settings',
];
const INNER = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
];

describe('a letter reaches the data given and nothing else', () => {
  it.each(OUTSIDE)('refuses %s as a name of its own', async (name) => {
    for (const source of [
      `{{ ${name} }}`,
      `{{ ${name}.env.HOME }}`,
      `{% if ${name} %}a{% endif %}`,
      `{% for a in ${name} %}a{% endfor %}`,
      `{{ person.a | default: ${name} }}`,
    ])
      expect(await problemsOf(letter({ source }))).not.toEqual([]);
  });

  it.each(INNER)('shows nothing of %s, however it is asked for', async (name) => {
    for (const source of [
      `{{ person.${name} }}`,
      `{{ person["${name}"] }}`,
      `{{ person.givenName.${name} }}`,
      `{{ items.first.${name}.${name} }}`,
      `{{ links.view.${name} | default: "" }}`,
      `{% for item in items %}{{ item.${name} }}{% endfor %}`,
      `{% for one in person %}{{ one.${name}.name }}{% endfor %}`,
    ]) {
      const result = await compile(letter({ source: `<main>${source}</main>` }));
      if (!result.ok) continue;
      const data = fillerOf(result.compiled)(someone);
      for (const [hole, text] of Object.entries(data))
        if (!text.startsWith('https:'))
          expect(`${hole} ${text}`).not.toMatch(/function|native|Object|\[/);
    }
  });

  it('runs nothing that stands in the data, and keeps its hands off inherited names', async () => {
    let called = 0;
    const inherited = Object.create({ secret: 'inherited' }) as Record<string, unknown>;
    inherited.run = () => (called += 1);
    const source =
      '<main>{{ person.secret }}{{ person.secret | upcase }}{% if person.secret %}yes{% endif %}{{ person.run }}</main>';
    const { html } = await sent(letter({ source }), { ...someone, person: inherited });
    expect(elementsOf(html).find(({ name }) => name === 'main')?.text).toBe('');
    expect(called).toBe(0);
  });

  it.each([
    'include',
    'render',
    'layout',
    'block',
    'raw',
    'assign',
    'capture',
    'cycle',
    'increment',
    'decrement',
    'tablerow',
    'echo',
    'liquid',
    'break',
    'continue',
    'constructor',
    'toString',
  ])('has no tag %s', async (tag) => {
    const [problem] = await problemsOf(letter({ source: `<p>\n  {% ${tag} x %}</p>` }));
    expect(problem).toMatchObject({
      where: 'source',
      line: 2,
      column: 3,
      detail: `There is no tag "${tag}".`,
    });
  });

  it('has none of the filters that Liquid brings, unless we list them', async () => {
    for (const name of [
      ...Object.keys(new Liquid().filters),
      'in_text',
      'in_url',
      'constructor',
      'toString',
      '__proto__',
    ]) {
      if (Object.hasOwn(filters, name)) continue;
      expect(await problemsOf(letter({ source: `{{ person.x | ${name} }}` }))).toMatchObject([
        { detail: `There is no filter "${name}".` },
      ]);
    }
    expect(Object.keys(engine.tags).sort()).toEqual(['case', 'for', 'if', 'unless']);
  });

  it('shows what people typed as they typed it, in every place, and lets none of it act', async () => {
    const source = `<main title="{{ person.givenName }}"><a href="{{ person.givenName }}">{{ person.givenName }}</a><a href="https://shop.example/{{ person.givenName }}">x</a><!--[if mso]><b title="{{ person.givenName }}">{{ person.givenName }}</b><![endif]--></main>`;
    for (const givenName of HOSTILE) {
      const { html, subject } = await sent(
        letter({ source, subject: 'Bonjour {{ person.givenName }}' }),
        { ...someone, person: { givenName } },
      );
      const elements = elementsOf(html);
      expect(elements.map(({ name }) => name)).toEqual([
        'html',
        'head',
        'meta',
        'meta',
        'meta',
        'meta',
        'title',
        'body',
        'div',
        'main',
        'a',
        'a',
        'table',
        'tbody',
        'tr',
        'td',
        'table',
        'tbody',
        'tr',
        'td',
        'p',
        'p',
        'a',
      ]);
      for (const { attributes } of elements) {
        expect(Object.keys(attributes).filter((name) => name.startsWith('on'))).toEqual([]);
        expect(attributes.href ?? '#').toMatch(/^(?:https:\/\/|#$)/);
      }
      // What stands in the comment for Outlook stays in it.
      expect(elements.find(({ name }) => name === 'main')?.text).toBe(
        elements.find(({ name }) => name === 'a')!.text + 'x',
      );
      expect(subject).not.toMatch(/[\r\n\u2028\u2029]/);
    }
  });
});
