import { beforeAll, describe, expect, it } from 'vitest';
import { compile, fillerOf, RenderFailed } from '../../../functions/mail/template/compile.ts';
import { faultSaid } from '../../../functions/mail/template/faults.ts';
import { compiled, letter, problemsOf, someone } from './letters.ts';

/** Of work, not of waiting: a busy machine changes nothing. */
const SOON_MS = 250;

async function soon<T>(work: () => T | Promise<T>): Promise<T> {
  const before = process.threadCpuUsage();
  const result = await work();
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(SOON_MS);
  return result;
}

const nested = (depth: number, inner: string) =>
  '{% for a in items %}'.repeat(depth) + inner + '{% endfor %}'.repeat(depth);

// MJML takes its time to load, once.
beforeAll(() => compile(letter({ format: 'mjml', source: '<mjml><mj-body></mj-body></mjml>' })));

describe('a letter that would take too much is refused, soon and in words', () => {
  it.each([
    ['a range without an end in sight', '{% for i in (1..100000000) %}x{% endfor %}'],
    ['a range of unknown length', '{% for i in (1..person.n) %}x{% endfor %}'],
    ['a range in an output', '{{ (1..100000000) | join }}'],
    ['loops in loops', nested(3, 'x')],
    ['tags in tags in tags', '{% if person.a %}'.repeat(500) + '{% endif %}'.repeat(500)],
    ['a source of many megabytes', 'x'.repeat(10_000_000)],
    ['elements in elements in elements', '<div>'.repeat(20_000)],
    ['thousands of outputs', '{{ person.a }}'.repeat(5_000)],
    [
      'a condition as long as a book',
      `{% if ${'person.a and '.repeat(5_000)} person.b %}x{% endif %}`,
    ],
    ['filters without end', `{{ person.a ${'| append: person.a '.repeat(5_000)}}}`],
    ['comments that never close', '<!--[if mso]>'.repeat(10_000)],
    ['quotes that never close', '<a title="'.repeat(15_000)],
    ['openings that never close', '{% if '.repeat(20_000)],
    ['a name as deep as a well', `{{ person${'.a'.repeat(3_000)} }}`],
  ])('%s', async (_, source) => {
    for (const format of ['html', 'mjml'] as const) {
      const result = await soon(() => compile(letter({ format, source })));
      if (!result.ok)
        for (const { fault } of result.problems)
          expect(faultSaid(fault).detail.length).toBeLessThan(600);
    }
  });

  it('Markdown made to confuse takes no longer either', async () => {
    for (const source of [
      '['.repeat(50_000),
      '*a_'.repeat(20_000),
      '> '.repeat(5_000) + 'x',
      '`'.repeat(50_000),
      '![](<'.repeat(10_000),
      `|${'a|'.repeat(5_000)}\n|${'-|'.repeat(5_000)}`,
    ])
      await compile(letter({ format: 'markdown', source }));
  });

  it.each([
    ['a value of ten megabytes', '{{ person.x }}', 'value-too-long'],
    ['one in a loop', '{% for a in items %}{{ person.x }}{% endfor %}', 'value-too-long'],
    [
      'loops over long lists',
      '{% for a in person.many %}{% for b in person.many %}x{% endfor %}{% endfor %}',
      'too-much-work',
    ],
    ['many long words', '{% for a in person.many %}{{ person.long }}{% endfor %}', 'too-much-work'],
    [
      'many long sentences',
      `{% for a in person.hundred %}${'mot '.repeat(500)}{% endfor %}`,
      'result-too-long',
    ],
    [
      'doubling words',
      '{{ person.long | append: person.long | append: person.long }}',
      'value-too-long',
    ],
  ])(
    'stops at %s for one reader, and says so without a word of the data',
    async (_, source, reason) => {
      const fill = fillerOf(await compiled(letter({ source })));
      const person = {
        x: 'secret'.repeat(2_000_000),
        long: 'secret'.repeat(2_500),
        many: Array.from({ length: 2_000 }, () => 'secret'),
        hundred: Array.from({ length: 100 }, () => 'secret'),
      };
      const failure = await soon(() => {
        try {
          return fill({ ...someone, person });
        } catch (error) {
          return error;
        }
      });
      expect(failure).toBeInstanceOf(RenderFailed);
      expect(failure).toMatchObject({ reason });
      expect(
        `${(failure as Error).message} ${(failure as Error).stack} ${JSON.stringify(failure)}`,
      ).not.toContain('secret');
    },
  );

  it('shows nothing for what cannot be shown: objects, lists in lists, endless numbers', async () => {
    const deep: Record<string, unknown> = {};
    let at = deep;
    for (let depth = 0; depth < 5_000; depth += 1) at = at.a = {};
    const fill = fillerOf(
      await compiled(
        letter({
          source: '<p>{{ person.deep }}{{ person.none }}{{ person.nan }}{{ person.lists }}</p>',
        }),
      ),
    );
    const data = await soon(() =>
      fill({
        ...someone,
        person: { deep, none: null, nan: Number.NaN, lists: [1, [2, [3, [4, [5]]]], null, 'a'] },
      }),
    );
    expect(Object.values(data)).toContain('1, 2, 3, a');
    expect(Object.values(data).join()).not.toContain('object');
  });

  it('is larger than mail programs show', async () => {
    const [problem] = await problemsOf(letter({ source: `<p>${'mot '.repeat(25_000)}</p>` }));
    expect(problem?.detail).toMatch(/^The letter takes \d+ KB/);
  });
});
