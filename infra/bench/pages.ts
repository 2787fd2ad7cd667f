import { seal } from '../../functions/base/seal.ts';
import { HOUR } from '../../functions/base/time.ts';
import { site } from '../../functions/entry/site.ts';
import { peopleIn } from '../../functions/people/store.ts';
import { benchTown } from './bench-town.ts';
import type { Figure } from './figure.ts';
import { addReaders } from './readers.ts';

const BORN_AT = Date.parse('2026-01-08T08:00:00Z');
const VISITS = 5_000;
const CHOICES = 1_000;
const WARM_UP = 500;

/** The preference page of one reader after another, as a server answers it: shown, and saved with a slower pace. */
export async function preferencePage({ people }: { people: number }): Promise<Figure[]> {
  const { town, forget } = await benchTown(BORN_AT);
  const { ports } = town;
  try {
    await addReaders(ports, { people, mix: 'immediate', topic: 'news', at: BORN_AT });
    const app = site(ports);
    const links = await linksOf(ports, Math.min(people, WARM_UP + VISITS));
    const show = async (link: string) => {
      const began = performance.now();
      const answer = await app.request(link);
      await answer.text();
      mustBe(answer.status);
      return performance.now() - began;
    };
    const save = async (link: string) => {
      const body = new URLSearchParams({ choice: 'save', frequency: 'monthly' });
      const began = performance.now();
      const answer = await app.request(link, { method: 'POST', body });
      await answer.text();
      mustBe(answer.status);
      return performance.now() - began;
    };
    for (const link of links.slice(0, WARM_UP)) await show(link);
    const seen = links.slice(WARM_UP);
    const shown = await each(seen, show);
    const saved = await each(seen.slice(0, CHOICES), save);
    return [
      ...spread('preference page shown', shown),
      ...spread('preference page saved', saved),
      { name: 'memory', value: Math.round(process.memoryUsage().rss / 2 ** 20), unit: 'MB' },
    ];
  } finally {
    await forget();
  }
}

async function linksOf(ports: Parameters<typeof site>[0], most: number): Promise<string[]> {
  const links: string[] = [];
  const segments = 50;
  for (let index = 0; index < segments && links.length < most; index += 1) {
    const page = await ports.table.scanPeople(
      { index, of: segments },
      undefined,
      2 * Math.ceil(most / segments),
    );
    for (const { reader } of peopleIn(page)) {
      const token = seal(ports, {
        purpose: 'preferences',
        subjectId: reader.it.personId,
        expiresAt: BORN_AT + HOUR,
      });
      links.push(`http://localhost:3000/preferences/${token}`);
    }
  }
  return links;
}

function mustBe(status: number): void {
  if (status !== 200) throw new Error(`the page answered ${status}`);
}

async function each(links: readonly string[], visit: (link: string) => Promise<number>) {
  const times: number[] = [];
  for (const link of links) times.push(await visit(link));
  return times.sort((one, other) => one - other);
}

function spread(name: string, times: readonly number[]): Figure[] {
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return [
    { name: `${name}: visits`, value: times.length, unit: '' },
    ...(
      [
        ['median', 0.5],
        ['p99', 0.99],
        ['slowest', 1],
      ] as const
    ).map(([word, share]) => ({
      name: `${name}: ${word}`,
      value: Math.round(at(share) * 100) / 100,
      unit: 'ms',
    })),
  ];
}
