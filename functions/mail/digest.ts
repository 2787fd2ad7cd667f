import type * as z from 'zod';
import type { Instant } from '../base/time.ts';
import { say } from '../base/words.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import type { Asked } from '../people/condition.ts';
import type { DropReason } from '../policy/decision.ts';
import { footerOf } from './footer.ts';
import { isStopped, type Publication } from './publication.ts';
import { brandOf, plain, plainLine } from './service-letter.ts';
import type { LetterSource } from './template/compile.ts';
import { inlined } from './template/inline.ts';

/** Items shown with their picture and summary; further ones are one line each. */
const SHOWN_IN_FULL = 5;

type Left = z.infer<typeof DropReason>;

/** How a letter of several items is introduced: by a cover the house wrote, or after a pause. */
export type Dress = {
  readonly returned: boolean;
  /** It is the first thing they get from us. */
  readonly welcome?: boolean;
  readonly subject?: string | undefined;
  readonly intro?: string | undefined;
  /** The lead's own Markdown, when it is marked to be read whole. */
  readonly lead?: string | undefined;
};

type Translate = (text: Readonly<Record<string, string>>) => string;

/** Why an item may no longer ride in this reader's letter, asked again on the day; undefined when it may. */
export function leftOut(
  publication: Publication | undefined,
  person: Asked,
  now: Instant,
): Left | undefined {
  if (!publication || publication.withdrawnAt !== null) return 'withdrawn';
  if (publication.expiresAt !== null && publication.expiresAt <= now) return 'expired';
  if (isStopped(publication, person, now)) return 'stopped';
  const { subscriptions, languageOnly, language } = person.reader;
  if (subscriptions[publication.topic]?.state !== 'given') return 'not-subscribed';
  return languageOnly && !publication.languages.includes(language) ? 'not-in-audience' : undefined;
}

/** What is to be read whole first, then the newest. */
export function inLetterOrder(publications: readonly Publication[]): Publication[] {
  return [...publications].sort(
    (one, other) =>
      Number(other.whole) - Number(one.whole) ||
      other.publishedAt - one.publishedAt ||
      other.number - one.number,
  );
}

/** A letter of several items, as a template: the lead in the subject, five with their picture, then lines. */
export function digestSource(
  items: readonly (Publication & { readonly viewUrl: string })[],
  brand: Brand,
  language: string,
  dress: Dress,
): LetterSource {
  const t: Translate = (text) => inLanguage(text, language, brand);
  const [lead] = items;
  if (!lead) throw new Error('a letter needs an item');
  const shown = items
    .slice(0, SHOWN_IN_FULL)
    .map((item, place) => shownItem(item, t, language, place === 0 ? dress.lead : undefined));
  return {
    language,
    subject: subjectFor(dress, lead, items.length, brand, language),
    preheader: items
      .slice(1)
      .map((item) => inlined(t(item.title), plainLine))
      .join(' · '),
    format: 'markdown',
    source: [
      '{{ person.greeting }},',
      ...introduction(dress, language),
      ...shown,
      ...furtherItems(items.slice(SHOWN_IN_FULL), t, language),
      plain(brand.sender.name),
    ].join('\n\n'),
    footer: footerOf(brand, language),
    brand: brandOf(brand),
  };
}

/** What stands in the subject line, in Liquid: the house's own words, else the lead's title and how many more there are. */
export function subjectFor(
  { subject, welcome }: Pick<Dress, 'subject' | 'welcome'>,
  lead: Pick<Publication, 'subject' | 'title'>,
  count: number,
  brand: Brand,
  language: string,
): string {
  if (welcome) return plainLine(say(language, 'mail.welcome.subject', { brand: brand.name }));
  if (subject !== undefined) return plainLine(subject);
  const t: Translate = (text) => inlined(inLanguage(text, language, brand), plainLine);
  if (count === 1) return t(lead.subject);
  return say(language, 'mail.digest.subject', { lead: t(lead.title), others: count - 1 });
}

/** The letter after a pause says that it ended, and offers to go on resting. */
function introduction({ returned, welcome, intro }: Dress, language: string): string[] {
  if (welcome) return [plain(say(language, 'mail.welcome.intro'))];
  const written = intro?.split(/\n{2,}/).map(plain);
  if (!returned) return written ?? [plain(say(language, 'mail.digest.intro'))];
  const stay = plain(say(language, 'mail.digest.stay'));
  const back = [plain(say(language, 'mail.digest.returned')), `[${stay}]({{ links.preferences }})`];
  return [...back, ...(written ?? [])];
}

function shownItem(
  item: Publication & { readonly viewUrl: string },
  t: Translate,
  language: string,
  whole: string | undefined,
): string {
  const picture = item.picture ? [`![${plain(item.picture.alt)}](${item.picture.url})`] : [];
  const title = `## ${inlined(t(item.title), plain)}`;
  if (whole !== undefined) return [title, ...picture, whole].join('\n\n');
  const summary = t(item.summary);
  return [
    title,
    ...picture,
    ...(summary === '' ? [] : [inlined(summary, plain)]),
    `[${plain(say(language, 'mail.digest.read'))}](${item.viewUrl})`,
  ].join('\n\n');
}

function furtherItems(
  items: readonly (Publication & { readonly viewUrl: string })[],
  t: Translate,
  language: string,
): string[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => `- [${inlined(t(item.title), plain)}](${item.viewUrl})`);
  return [`## ${say(language, 'mail.digest.also')}`, lines.join('\n')];
}
