import * as fc from 'fast-check';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import { compileCampaign } from '../../functions/campaigns/compile.ts';
import { Problem } from '../../functions/base/problem.ts';
import type { BlockLetter } from '../../functions/mail/blocks/block.ts';
import { blockRemarks } from '../../functions/mail/blocks/block-remarks.ts';
import { assemble, fillerOf } from '../../functions/mail/template/compile.ts';
import { lint } from '../../functions/mail/template/lint.ts';
import { Brand } from '../../functions/people/brand.ts';
import { someone } from './template/letters.ts';

const BRAND = Brand.parse({});
const SHOP = 'https://house.example/';
type Blocks = readonly Record<string, unknown>[];

const inputOf = (blocks: Blocks) =>
  CampaignInput.parse({
    name: 'x',
    topic: 'arrivages',
    subject: { fr: 'Janvier', en: 'January' },
    content: { format: 'blocks', source: { blocks } },
  });
const sourceOf = (blocks: Blocks) => inputOf(blocks).content.source as BlockLetter;

async function sent(blocks: Blocks, { language = 'fr', shown = {} } = {}) {
  const compiled = (await compileCampaign(inputOf(blocks), BRAND)).get(language)!;
  return { ...assemble(compiled, fillerOf(compiled)({ ...someone, shown })), compiled };
}
const refused = (blocks: Blocks) => {
  const read = CampaignInput.safeParse({
    ...inputOf([]),
    content: { format: 'blocks', source: { blocks } },
  });
  return read.success
    ? undefined
    : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
};

const EACH: [string, Record<string, unknown>, RegExp, RegExp][] = [
  [
    'heading',
    { kind: 'heading', level: 1, words: { fr: 'Le miel ?', en: 'Honey' } },
    /<h1[^>]*>Le miel\u00a0\?<\/h1>/,
    /^Le miel\u00a0\?$/m,
  ],
  [
    'heading that its author broke',
    {
      kind: 'heading',
      level: 2,
      words: 'Le miel\n {{ person.fields.village |\n default: "d’ici" }}',
    },
    /<h2[^>]*>Le miel<br ?\/?>d’ici<\/h2>/,
    /^Le miel\nd’ici$/m,
  ],
  [
    'text',
    { kind: 'text', words: '<p>Un <strong>pot</strong></p><ul><li>ou deux</li></ul>' },
    /Un <strong>pot<\/strong>/,
    /^- ou deux$/m,
  ],
  [
    'picture that leads somewhere',
    { kind: 'picture', url: `${SHOP}a.jpg`, alt: 'Un bol', link: SHOP },
    /<a[^>]*href="https:\/\/house\.example\/"[^>]*>\s*<img[^>]*alt="Un bol"/,
    /^Un bol \(https:\/\/house\.example\/\)$/m,
  ],
  [
    'button',
    { kind: 'button', words: 'Voir', link: `${SHOP}?a=1&b=2` },
    /<a[^>]*href="https:\/\/house\.example\/\?a=1&amp;b=2"[^>]*>\s*Voir/,
    /^Voir \(https:\/\/house\.example\/\?a=1&b=2\)$/m,
  ],
  ['quote', { kind: 'quote', words: 'Chez soi.', by: 'Ada' }, /<blockquote/, /^> Chez soi\.$/m],
  [
    'signature',
    { kind: 'signature', name: 'Claire', role: 'fondatrice' },
    /<strong>Claire<\/strong>/,
    /Claire vous lira/,
  ],
  [
    'pace sentence',
    { kind: 'pace' },
    /Vous nous lisez une fois par mois/,
    /Changer de rythme \(https/,
  ],
  [
    'own HTML',
    { kind: 'html', words: '<table><tr><td>Brut</td></tr></table>' },
    /Brut<\/td>/,
    /Brut/,
  ],
  [
    'box',
    { kind: 'section', blocks: [{ id: 'in', kind: 'text', words: '<p>Calme</p>' }] },
    /Calme/,
    /^Calme$/m,
  ],
  [
    'row of columns',
    {
      kind: 'columns',
      split: '1-2',
      columns: [
        [{ id: 'l', kind: 'text', words: '<p>Gauche</p>' }],
        [{ id: 'r', kind: 'text', words: '<p>Droite</p>' }],
      ],
    },
    /Gauche[^]*Droite/,
    /^Gauche$[^]*^Droite$/m,
  ],
];

describe('a letter made of blocks', () => {
  it.each(EACH)('reads a %s, in HTML and as text', async (_, block, html, text) => {
    const letter = await sent([{ id: 'one', ...block }]);
    expect(letter.html).toMatch(html);
    expect(letter.text).toMatch(text);
  });

  it.each(EACH)('keeps a %s from whoever its condition leaves out', async (_, block, html) => {
    const one = { id: 'one', ...block, showIf: { field: 'city', is: 'Lyon' } };
    const all = [one, { id: 'all', kind: 'text', words: '<p>Pour tous</p>' }];
    expect((await sent(all, { shown: { one: true } })).html).toMatch(html);
    const without = await sent(all, { shown: { one: false } });
    // The foot, which everybody has, says the pace too.
    if (block.kind !== 'pace') expect(without.html).not.toMatch(html);
    expect(without.html).toContain('Pour tous');
    expect(without.compiled.conditions).toEqual({ one: { field: 'city', is: 'Lyon' } });
  });

  it('always has its foot, even when its author leads out too', async () => {
    const own = '<p><a href="{{ links.unsubscribe }}">Partir</a></p>';
    const { html, text } = await sent([{ id: 'a', kind: 'text', words: own }]);
    expect(html).toContain('Partir');
    expect(html).toContain('Me désinscrire');
    expect(text).toContain('12 rue des Tanneurs');
  });

  it('is written once in every language; what one lacks is read in the main one', async () => {
    const blocks = [
      { id: 'a', kind: 'heading', words: { fr: 'Bonjour', en: 'Hello' } },
      { id: 'b', kind: 'text', words: { fr: '<p>Pas traduit</p>' } },
    ];
    const english = await sent(blocks, { language: 'en' });
    expect(english.html).toContain('lang="en"');
    expect(english.text).toContain('Hello');
    expect(english.text).toContain('Pas traduit');
    expect(blockRemarks(sourceOf(blocks), ['fr', 'en'], 'en')).toEqual([
      { code: 'not-translated', level: 'advice', what: 'b' },
    ]);
  });

  it('leaves out what says nothing yet, and says which', async () => {
    const blocks = [
      { id: 'a', kind: 'heading', words: { fr: '' } },
      { id: 'b', kind: 'button', words: 'Voir', link: '' },
      { id: 'c', kind: 'picture', url: '', alt: '' },
      { id: 'd', kind: 'text', words: '<p> </p>' },
      { id: 'e', kind: 'section', blocks: [] },
      { id: 'f', kind: 'text', words: '<p>Dit</p>' },
    ];
    const { html } = await sent(blocks);
    expect(html).not.toMatch(/<h2|<img|Voir</);
    const empty = blockRemarks(sourceOf(blocks), ['fr'], 'fr').map(({ what }) => what);
    expect(empty).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('shows what its author wrote as words, not as markup', async () => {
    const words = '<b>"1 & 2"</b> {{ person.givenName | default: "<i>vous</i>" }}';
    const { html } = await sent([{ id: 'a', kind: 'heading', words }]);
    expect(html).toContain('&lt;b&gt;"1 &amp; 2"&lt;/b&gt; Ada');
  });

  it('is closed in itself, whatever HTML its author brings along', async () => {
    const words = '</td></mj-text></table><div><p>Ouvert<script>alert(1)</script><b>gras';
    const { html } = await sent([
      { id: 'a', kind: 'html', words },
      { id: 'b', kind: 'text', words: '<p>Après</p>' },
    ]);
    expect(html).not.toMatch(/<script|alert/);
    expect(html).toMatch(/Ouvert<b>gras<\/b>/);
    expect(html).toContain('Après');
  });

  it.each([
    [
      'two blocks of one name',
      [
        { id: 'a', kind: 'pace' },
        { id: 'a', kind: 'pace' },
      ],
      /two blocks/,
    ],
    [
      'more columns than the split has',
      [{ id: 'a', kind: 'columns', split: '1-1', columns: [[], [], []] }],
      /blocks\.0\.columns: "1-1" takes 2 columns/,
    ],
    [
      'a box in a box',
      [{ id: 'a', kind: 'section', blocks: [{ id: 'b', kind: 'section', blocks: [] }] }],
      /blocks\.0\.blocks\.0\.kind/,
    ],
    [
      'a picture in a text',
      [{ id: 'a', kind: 'text', words: { fr: '<p><img src="x"></p>' } }],
      /blocks\.0\.words\.fr: <img> may not stand here/,
    ],
    [
      'a script for a link',
      [{ id: 'a', kind: 'button', words: 'x', link: 'javascript:1' }],
      /https/,
    ],
    ['an unknown kind', [{ id: 'a', kind: 'video' }], /blocks\.0\.kind/],
  ])('is refused with its place for %s', (_, blocks, problem) => {
    expect(refused(blocks)).toMatch(problem);
  });

  it('names the block in which Liquid is wrong', async () => {
    const blocks = [
      { id: 'a', kind: 'text', words: '<p>Bien</p>' },
      {
        id: 'b',
        kind: 'section',
        blocks: [{ id: 'c', kind: 'heading', words: '{{ nobody.name }}' }],
      },
    ];
    const problem = await compileCampaign(inputOf(blocks), BRAND).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect((problem as Problem).errors?.[0]?.path).toBe('content.source.blocks.1.blocks.0');
  });

  it('looks right whatever is put together: whole HTML, under 90 KB, nothing that hurts a reader', async () => {
    const words = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '{{ person.greeting }}',
        'L’été ; « oui » & "non" <i>',
        '{% if',
        '-->',
        ']]>',
      ),
    );
    const simple = fc.oneof(
      fc.record({ kind: fc.constant('heading'), level: fc.integer({ min: 1, max: 3 }), words }),
      fc.record({ kind: fc.constant('text'), words: words.map((said) => `<p>${plain(said)}</p>`) }),
      fc.record({ kind: fc.constant('button'), words, link: fc.constant(SHOP) }),
      fc.record({ kind: fc.constant('picture'), url: fc.constant(`${SHOP}a.jpg`), alt: words }),
      fc.record({ kind: fc.constant('quote'), words, by: words }),
      fc.record({ kind: fc.constant('signature'), name: words, role: words }),
      fc.record({ kind: fc.constant('html'), words }),
      fc.record({ kind: fc.constantFrom('pace', 'divider', 'space') }),
    );
    const shown = fc.option(fc.constant({ field: 'city', is: 'Lyon' }), { nil: undefined });
    const leaf = fc.tuple(simple, shown).map(([block, showIf]) => ({ ...block, showIf }));
    const leaves = fc.array(leaf, { maxLength: 3 });
    const block = fc.oneof(
      leaf,
      fc.record({
        kind: fc.constant('section'),
        tone: fc.constantFrom('quiet', 'brand'),
        blocks: leaves,
        showIf: shown,
      }),
      fc.record({ kind: fc.constant('columns'), columns: fc.tuple(leaves, leaves), showIf: shown }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 6 }), async (bare) => {
        const blocks = named(bare);
        if (refused(blocks) !== undefined) return;
        const letter = await sent(blocks, { shown: everyShown(blocks) }).catch((error: unknown) => {
          if (error instanceof Problem) return undefined;
          throw error;
        });
        if (!letter) return;
        expect(Buffer.byteLength(letter.html)).toBeLessThan(90 * 1024);
        expect(strayText(letter.html)).toEqual([]);
        const hurts = lint({ ...letter, preheader: 'x' }, letter.compiled, SHOP).filter(
          ({ level }) => level === 'error',
        );
        expect(hurts).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

const plain = (text: string) => text.replace(/[<>&]/g, '');

/** Ids as the composer gives them: one for each block. */
function named(blocks: Blocks): Blocks {
  let count = 0;
  const name = (block: Record<string, unknown>): Record<string, unknown> => ({
    ...block,
    id: `b${(count += 1)}`,
    ...(block.kind === 'section' && { blocks: (block.blocks as Blocks).map(name) }),
    ...(block.kind === 'columns' && {
      columns: (block.columns as Blocks[]).map((leaves) => leaves.map(name)),
    }),
  });
  return blocks.map(name);
}
const everyShown = (blocks: Blocks) =>
  Object.fromEntries(
    JSON.stringify(blocks)
      .match(/b\d+/g)
      ?.map((id) => [id, true]) ?? [],
  );

/** Words that stand directly in a table or a row: a sign of HTML that is not closed where it was opened. */
function strayText(html: string): string[] {
  const stray: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node) => {
    const isFrame = ['table', 'tbody', 'tr'].includes(node.nodeName);
    for (const child of 'childNodes' in node ? node.childNodes : []) {
      if (isFrame && child.nodeName === '#text' && 'value' in child && child.value.trim() !== '')
        stray.push(child.value);
      walk(child);
    }
  };
  walk(parse(html));
  const body = /<body[^]*<\/body>/.exec(html)?.[0] ?? '';
  for (const name of ['table', 'tr', 'td', 'div']) {
    const outside = body.replace(/<!--[^]*?-->/g, '');
    const opened = outside.split(new RegExp(`<${name}[\\s>]`)).length;
    if (opened !== outside.split(`</${name}>`).length) stray.push(`<${name}>`);
  }
  return stray;
}
