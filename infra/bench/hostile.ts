import { compile, fillerOf } from '../../functions/mail/template/compile.ts';
import type { LetterSource } from '../../functions/mail/template/letter.ts';
import { figure, type Figure } from './figure.ts';

const FOOT = '<a href="{{ links.unsubscribe }}">Stop</a>';
const secret = 'secret';
const PERSON = {
  greeting: 'Hello',
  x: secret.repeat(2_000_000),
  long: secret.repeat(2_500),
  many: Array.from({ length: 2_000 }, () => secret),
};
const loops = (depth: number) =>
  '{% for a in items %}'.repeat(depth) + 'x' + '{% endfor %}'.repeat(depth);

/** Letters that would take a house down. The first half is refused when it is saved, the rest when it is filled. */
const SOURCES: readonly (readonly [name: string, source: string])[] = [
  ['a range of a hundred million', '{% for i in (1..100000000) %}x{% endfor %}'],
  ['loops in loops', loops(3)],
  ['five hundred tags in each other', '{% if person.a %}'.repeat(500) + '{% endif %}'.repeat(500)],
  ['ten megabytes of text', 'x'.repeat(10_000_000)],
  ['twenty thousand elements in each other', '<div>'.repeat(20_000)],
  ['a name as deep as a well', `{{ person${'.a'.repeat(3_000)} }}`],
  ['the names of prototypes', '{{ person.constructor.prototype.__proto__ }}'],
  ['a value of ten megabytes', '{{ person.x }}'],
  [
    'loops over long lists',
    '{% for a in person.many %}{% for b in person.many %}x{% endfor %}{% endfor %}',
  ],
  ['many long words', '{% for a in person.many %}{{ person.long }}{% endfor %}'],
];

/** How long each holds a core, and how much memory it takes, before it is refused. */
export async function hostileLetters(): Promise<Figure[]> {
  await weigh('<p>{{ person.greeting }}</p>');
  const figures: Figure[] = [];
  for (const [name, source] of SOURCES) {
    const { ms, megabytes } = await weigh(source);
    figures.push(figure(`${name}: CPU`, ms, 'ms'), figure(`${name}: memory`, megabytes, 'MB'));
  }
  return figures;
}

async function weigh(source: string) {
  globalThis.gc?.();
  const memory = process.memoryUsage().heapUsed;
  const cpu = process.threadCpuUsage();
  const result = await compile(letterFrom(source));
  if (result.ok)
    try {
      fillerOf(result.compiled)({
        person: PERSON,
        items: [],
        links: { unsubscribe: 'https://x.example' },
      });
    } catch {
      // That it is refused is what the tests hold; here only what it costs is asked.
    }
  const { user, system } = process.threadCpuUsage(cpu);
  return {
    ms: (user + system) / 1_000,
    megabytes: Math.max(0, process.memoryUsage().heapUsed - memory) / 2 ** 20,
  };
}

const letterFrom = (source: string): LetterSource => ({
  language: 'en',
  subject: 'Hello',
  format: 'html',
  source,
  footer: { html: FOOT, text: '{{ links.unsubscribe }}' },
  brand: { name: 'House', colour: '#000000' },
});
