import type { Ports } from '../base/ports.ts';
import { readBrand } from '../people/store.ts';
import { exampleContext } from './example.ts';
import { footForAnybody } from './footer.ts';
import { campaignLetter, digestLetter } from './letters.ts';
import { readIssue, readPublications } from './store.ts';
import { assemble } from './template/compile.ts';
import { viewedBy } from './view-link.ts';

/** A letter as anybody may read it: what is personal shows its fallback, and its links lead to the sign-up. */
export async function viewedLetter(ports: Ports, token: string): Promise<string | undefined> {
  const viewed = viewedBy(ports, token);
  if (!viewed) return undefined;
  const [brand, publications] = await Promise.all([
    readBrand(ports),
    readPublications(ports, viewed.numbers),
  ]);
  const items = viewed.numbers
    .map((number) => publications.get(number))
    .filter((publication) => publication !== undefined)
    .filter(({ withdrawnAt }) => withdrawnAt === null);
  const [lead] = items;
  if (!lead) return undefined;
  const reader = { language: viewed.language ?? brand.language };
  const { gathers, date } = viewed;
  const letter =
    gathers === 'nothing'
      ? await campaignLetter(ports, lead, reader, brand)
      : await digestLetter(ports, items, reader, brand, {
          returned: false,
          welcome: gathers === 'welcome',
          issue: date === undefined ? undefined : (await readIssue(ports, date))?.it,
        });
  const { html } = assemble(letter.compiled, letter.fill(exampleContext(ports, brand, letter)));
  return footForAnybody(asPage(html), letter.language, {
    subscribe: `${ports.publicUrl}/subscribe?lang=${letter.language}`,
    letters: `${ports.publicUrl}/letters?lang=${letter.language}`,
  });
}

/** On the web a letter is a page's own content, which a screen reader can jump to. */
const asPage = (html: string) =>
  html
    .replace(/<body[^>]*>/i, (body) => `${body}<main>`)
    .replace(/<\/body>(?![^]*<\/body>)/i, '</main></body>');
