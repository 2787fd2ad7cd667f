import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { open } from '../base/seal.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { readBrand } from '../people/store.ts';
import { exampleContext, withFallbacks } from './example.ts';
import { campaignLetter, viewUrlOf } from './letters.ts';
import { languageFor, Publication } from './publication.ts';
import { readPublications } from './store.ts';
import { assemble } from './template/compile.ts';

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

/** A letter as anybody may read it: what is personal shows its fallback, and its links lead to the sign-up. */
export async function viewedLetter(ports: Ports, token: string): Promise<string | undefined> {
  const opened = open(ports, token, 'view');
  if (!opened) return undefined;
  const number = Number(opened.subjectId);
  const publication = (await readPublications(ports, [number])).get(number);
  if (!publication || publication.withdrawnAt !== null) return undefined;
  const brand = await readBrand(ports);
  const wanted = { language: opened.about ?? brand.language };
  const letter = await campaignLetter(ports, publication, wanted, brand);
  return asPage(assemble(letter.compiled, letter.fill(exampleContext(ports, brand, letter))).html);
}

/** On the web a letter is a page's own content, which a screen reader can jump to. */
const asPage = (html: string) =>
  html
    .replace(/<body[^>]*>/i, (body) => `${body}<main>`)
    .replace(/<\/body>(?![^]*<\/body>)/i, '</main></body>');
