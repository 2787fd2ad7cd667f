import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { withFallbacks } from './example.ts';
import { languageFor, Publication } from './publication.ts';
import { viewUrlOf } from './view-link.ts';

const LISTED = 50;
const READ_MOST = 1_000;

export type ListedLetter = {
  readonly title: string;
  readonly summary: string;
  readonly language: string;
  readonly publishedAt: number;
  readonly url: string;
};

/** The public letters, newest first, each under its unlisted page's address. */
export async function publicLetters(
  ports: Pick<Ports, 'table' | 'secrets' | 'publicUrl'>,
  brand: Brand,
  language: string,
): Promise<ListedLetter[]> {
  const letters: ListedLetter[] = [];
  const rows = ports.table.query('records', keys.publication(0).pk, {
    newestFirst: true,
    limit: READ_MOST,
  });
  for await (const row of rows) {
    const read = Publication.safeParse(row.data);
    // The counter of numbers stands in the same partition; a withdrawn or unlisted letter is not shown.
    if (!read.success || !read.data.public || read.data.withdrawnAt !== null) continue;
    const spoken = languageFor(read.data, language, brand.language);
    const { title, summary } = withFallbacks(ports, brand, read.data);
    letters.push({
      title: inLanguage(title, spoken, brand),
      summary: inLanguage(summary, spoken, brand),
      language: spoken,
      publishedAt: read.data.publishedAt,
      url: viewUrlOf(ports, read.data.number, spoken),
    });
    if (letters.length >= LISTED) break;
  }
  return letters;
}
