import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, fillerOf } from '../../../functions/mail/template/compile.ts';
import { compiled, type Context, elementsOf, HOSTILE, letter, renderedWhole } from './letters.ts';

/** A small letter as a tree, so that it can be written in Liquid and also be told without Liquid. */
type Tree =
  | { readonly is: 'words'; readonly words: string }
  | { readonly is: 'value'; readonly path: string; readonly other: string | undefined }
  | { readonly is: 'element'; readonly title: readonly Tree[]; readonly inside: readonly Tree[] }
  | { readonly is: 'link'; readonly href: 'whole' | 'part'; readonly inside: readonly Tree[] }
  | {
      readonly is: 'if';
      readonly path: string;
      readonly dashes: boolean;
      readonly then: readonly Tree[];
      readonly otherwise: readonly Tree[] | undefined;
    }
  | { readonly is: 'case'; readonly when: readonly Tree[]; readonly otherwise: readonly Tree[] }
  | { readonly is: 'for'; readonly inside: readonly Tree[] };

const PATHS = [
  'person.givenName',
  'person.familyName',
  'person.fields.city',
  'person.fields["two words"]',
  'frequency',
  'person.nothing',
  'person.facts.purchases',
];
const path = fc.constantFrom(...PATHS);
const word = fc.constantFrom(
  'Bonjour',
  'l’hiver',
  'A & B',
  '{',
  '}',
  '&#123;&#123;',
  'h0}}',
  '\\',
  '%',
  '{&#37;',
  '$&',
  '😀',
  'שלום',
  '&lt;i&gt;',
  '"',
  "'",
  '}}}',
  '{h0}',
);
const words = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((all) => ({ is: 'words' as const, words: all.join('') }));
const value = fc.record({
  is: fc.constant('value' as const),
  path,
  other: fc.option(fc.constantFrom('toi', "A & 'B'", '<b>'), { nil: undefined }),
});

const { trees } = fc.letrec<{ tree: Tree; trees: readonly Tree[] }>((tie) => ({
  trees: fc
    .array(tie('tree'), { maxLength: 4, depthIdentifier: 'deep' })
    .filter((trees) => loopsIn(trees) <= 2),
  tree: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'deep' },
    words,
    value,
    fc.record({
      is: fc.constant('element' as const),
      title: fc.array(fc.oneof(words, value), { maxLength: 3 }),
      inside: tie('trees'),
    }),
    fc.record({
      is: fc.constant('link' as const),
      href: fc.constantFrom('whole' as const, 'part' as const),
      inside: fc.array(fc.oneof(words, value), { maxLength: 2 }),
    }),
    fc.record({
      is: fc.constant('if' as const),
      path,
      dashes: fc.boolean(),
      then: tie('trees'),
      otherwise: fc.option(tie('trees'), { nil: undefined }),
    }),
    fc.record({ is: fc.constant('case' as const), when: tie('trees'), otherwise: tie('trees') }),
    fc.record({ is: fc.constant('for' as const), inside: tie('trees') }),
  ),
}));

/** How deep loops stand in each other; a letter takes two. */
function loopsIn(trees: readonly Tree[]): number {
  const depths = trees.map((tree) => {
    switch (tree.is) {
      case 'words':
      case 'value':
      case 'link':
        return 0;
      case 'element':
        return loopsIn(tree.inside);
      case 'if':
        return loopsIn([...tree.then, ...(tree.otherwise ?? [])]);
      case 'case':
        return loopsIn([...tree.when, ...tree.otherwise]);
      case 'for':
        return 1 + loopsIn(tree.inside);
    }
  });
  return Math.max(0, ...depths);
}

function written(tree: Tree): string {
  const all = (trees: readonly Tree[]) => trees.map(written).join('');
  switch (tree.is) {
    case 'words':
      return tree.words.replace(/\{(?=[{%]|$)/g, '&#123;').replace(/"/g, '&quot;');
    case 'value': {
      const other = tree.other === undefined ? '' : ` | default: "${tree.other}"`;
      return ` {{ ${tree.path}${other} }}`;
    }
    case 'element':
      return `<b title="${all(tree.title)}">${all(tree.inside)}</b>`;
    case 'link':
      return `<a href="${tree.href === 'whole' ? '{{ links.view }}' : 'https://shop.example/?q={{ person.givenName }}&amp;p={{ person.fields.city }}'}">${all(tree.inside)}</a>`;
    case 'if': {
      const [left, right] = tree.dashes ? ['{%-', '-%}'] : ['{%', '%}'];
      const otherwise =
        tree.otherwise === undefined ? '' : `${left} else ${right}${all(tree.otherwise)}`;
      return `${left} if ${tree.path} != "Lyon" ${right} ${all(tree.then)} ${otherwise}${left} endif ${right}`;
    }
    case 'case':
      return `{% case frequency %} {% when "a", "b" %}${all(tree.when)}{% else %}${all(tree.otherwise)}{% endcase %}`;
    case 'for':
      return `{% for item in items limit: 2 %}<i title="{{ item.title }}">{{ item.title }}</i>${all(tree.inside)}{% endfor %}`;
  }
}

/** What a browser should read: the text, then each title and address, told without Liquid. */
type Told = { text: string; readonly titles: string[]; readonly links: string[] };

function tell(tree: Tree, context: Context, told: Told): void {
  const all = (trees: readonly Tree[]) => trees.forEach((one) => tell(one, context, told));
  switch (tree.is) {
    case 'words':
      told.text += decoded(tree.words);
      return;
    case 'value':
      told.text += ` ${shown(tree, context)}`;
      return;
    case 'element':
      told.titles.push(
        tree.title
          .map((part) =>
            part.is === 'words'
              ? decoded(part.words)
              : part.is === 'value'
                ? ` ${shown(part, context)}`
                : '',
          )
          .join(''),
      );
      return all(tree.inside);
    case 'link': {
      const part = (of: string) =>
        encodeURIComponent(shownValue(at(context, of))).replace(/%40/g, '@');
      told.links.push(
        tree.href === 'whole'
          ? wholeUrl(at(context, 'links.view'))
          : `https://shop.example/?q=${part('person.givenName')}&p=${part('person.fields.city')}`,
      );
      return all(tree.inside);
    }
    case 'if':
      return all(at(context, tree.path) !== 'Lyon' ? tree.then : (tree.otherwise ?? []));
    case 'case':
      return all(['a', 'b'].includes(context.frequency as string) ? tree.when : tree.otherwise);
    case 'for':
      for (const { title } of (context.items as { title: string }[]).slice(0, 2)) {
        told.titles.push(shownValue(title));
        told.text += shownValue(title);
        all(tree.inside);
      }
  }
}

const decoded = (text: string) =>
  text
    .replace(/&#123;/g, '{')
    .replace(/&#37;/g, '%')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>');
const at = (context: Context, name: string): unknown =>
  name
    .replace('["two words"]', '.two words')
    .split('.')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Context)[step]
          : undefined,
      context,
    );
const shown = ({ path, other }: { path: string; other: string | undefined }, context: Context) => {
  const value = at(context, path);
  return shownValue(
    other !== undefined &&
      (value === undefined || value === null || value === '' || value === false)
      ? other
      : value,
  );
};
const shownValue = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .toWellFormed()
        .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
        .replace(
          /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
          '',
        )
        .replace(/\n+/g, ' ')
    : typeof value === 'number' && Number.isFinite(value)
      ? String(value)
      : '';
const wholeUrl = (value: unknown) =>
  typeof value === 'string' && /^(?:https?:\/\/[^/?#\\\s]|mailto:|tel:)/i.test(value.trim())
    ? value
    : '#';
const bare = (text: string) => text.replace(/\s+/g, '');

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const contexts: fc.Arbitrary<Context> = fc.record({
  person: fc.record({
    givenName: fc.oneof(hostile, fc.constant(null), fc.constant(undefined)),
    familyName: hostile,
    fields: fc.record({
      city: fc.oneof(hostile, fc.constant('Lyon'), fc.double()),
      'two words': hostile,
    }),
    facts: fc.record({ purchases: fc.oneof(fc.integer(), fc.constant(null)) }),
  }),
  frequency: fc.oneof(hostile, fc.constantFrom('a', 'b')),
  links: fc.record({
    view: fc.oneof(
      fc.constant('https://letters.example/v?a=1&b=2'),
      fc.constantFrom(...HOSTILE.filter((one) => !one.startsWith('http'))),
    ),
    unsubscribe: fc.constant('https://letters.example/u'),
  }),
  why: hostile,
  items: fc.array(fc.record({ title: hostile }), { maxLength: 3 }),
});

describe('fixed text and holes', () => {
  it('give byte for byte what Liquid gives for the whole letter, whatever readers are called', async () => {
    await fc.assert(
      fc.asyncProperty(
        trees,
        contexts,
        fc.constantFrom('html' as const, 'markdown' as const, 'mjml' as const),
        async (all, context, format) => {
          const source = letter({
            format,
            subject: `Pour {{ person.givenName | default: "vous" }} {{ why }}`,
            preheader: '{{ person.familyName }} {',
            source: asSource(all, format),
          });
          const one = await compiled(source);
          expect(assemble(one, fillerOf(one)(context))).toEqual(
            await renderedWhole(source, context),
          );
        },
      ),
      { numRuns: 250 },
    );
  });

  it('let a browser read back exactly the words of the author and the values of the reader', async () => {
    await fc.assert(
      fc.asyncProperty(trees, contexts, async (all, context) => {
        const one = await compiled(
          letter({ source: `<section>${all.map(written).join('')}</section>` }),
        );
        const { html, subject } = assemble(one, fillerOf(one)(context));
        const told: Told = { text: '', titles: [], links: [] };
        for (const tree of all) tell(tree, context, told);
        const elements = elementsOf(html);
        const begin = elements.findIndex(({ name }) => name === 'section');
        const inside = elements.slice(
          begin,
          elements.findIndex(({ name }, at) => at > begin && name === 'table'),
        );
        expect(inside.every(({ name }) => ['section', 'b', 'i', 'a'].includes(name))).toBe(true);
        expect(bare(inside[0]!.text)).toBe(bare(told.text));
        expect(
          inside
            .filter(({ name }) => name === 'b' || name === 'i')
            .map(({ attributes }) => attributes.title),
        ).toEqual(told.titles);
        expect(
          inside.filter(({ name }) => name === 'a').map(({ attributes }) => attributes.href),
        ).toEqual(told.links);
        expect(
          inside.every(({ attributes }) =>
            Object.keys(attributes).every((name) => ['title', 'href'].includes(name)),
          ),
        ).toBe(true);
        expect(subject).not.toMatch(/[\r\n\u2028\u2029\u0085]/);
      }),
      { numRuns: 250 },
    );
  });
});

function asSource(all: readonly Tree[], format: 'html' | 'markdown' | 'mjml'): string {
  if (format === 'mjml')
    return `<mjml><mj-body><mj-section><mj-column>{% if frequency == "a" %}<mj-text>${all.map(written).join('')}</mj-text>{% else %}<mj-button href="{{ links.view }}">{{ person.givenName }}</mj-button>{% endif %}</mj-column></mj-section></mj-body></mjml>`;
  if (format === 'html') return `<div>${all.map(written).join('\n')}</div>`;
  return all
    .map((tree) =>
      tree.is === 'words' || tree.is === 'value'
        ? written(tree)
        : tree.is === 'if'
          ? `{%- if ${tree.path} -%}\nOui {{ ${tree.path} }}\n{%- else -%}\n- non\n{% endif %}`
          : tree.is === 'for'
            ? '{% for item in items %}\n- [{{ item.title }}]({{ links.view }} "{{ item.title }}")\n{% endfor %}'
            : '**{{ person.givenName }}** `{{ frequency }}`',
    )
    .join('\n\n');
}
