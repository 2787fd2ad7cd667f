import { say } from '../base/words.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import type { Asked } from '../people/condition.ts';
import type { DropReason } from '../policy/decision.ts';
import type * as z from 'zod';
import type { Instant } from '../base/time.ts';
import { footerOf } from './footer.ts';
import { isStopped, type Publication } from './publication.ts';
import { brandOf, plain } from './service-letter.ts';
import type { LetterSource } from './template/compile.ts';

/** Items shown with their picture and summary; further ones are one line each. */
const SHOWN_IN_FULL = 5;

type Left = z.infer<typeof DropReason>;

/** Why an item may no longer ride in this reader's letter, asked again on the day; undefined when it may. */
export function leftOut(
  publication: Publication | undefined,
  person: Asked,
  now: Instant,
): Left | undefined {
  if (!publication || publication.withdrawnAt !== null) return 'withdrawn';
  if (publication.expiresAt !== null && publication.expiresAt <= now) return 'expired';
  if (isStopped(publication, person, now)) return 'stopped';
  const { state } = person.reader.subscriptions[publication.topic] ?? {};
  return state === 'given' ? undefined : 'not-subscribed';
}

/** The house's order, then the newest first. */
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
  returned: boolean,
): LetterSource {
  const t = (text: Readonly<Record<string, string>>) => inLanguage(text, language, brand);
  const [lead] = items;
  if (!lead) throw new Error('a letter needs an item');
  const shown = items.slice(0, SHOWN_IN_FULL).map((item) => shownItem(item, t, language));
  const further = items
    .slice(SHOWN_IN_FULL)
    .map((item) => `- [${plain(t(item.title))}](${item.viewUrl})`);
  const more =
    further.length > 0 ? [`## ${say(language, 'mail.digest.also')}`, further.join('\n')] : [];
  return {
    language,
    subject: plainLine(
      items.length === 1
        ? t(lead.subject)
        : say(language, 'mail.digest.subject', { lead: t(lead.title), others: items.length - 1 }),
    ),
    preheader: plainLine(
      items
        .slice(1)
        .map((item) => t(item.title))
        .join(' · '),
    ),
    format: 'markdown',
    source: [
      '{{ person.greeting }},',
      ...(returned ? backFromPause(language) : [introduction(language)]),
      ...shown,
      ...more,
      plain(brand.sender.name),
    ].join('\n\n'),
    footer: footerOf(brand, language),
    brand: brandOf(brand),
  };
}

function introduction(language: string): string {
  return plain(say(language, 'mail.digest.intro', { pace: 'PACE' })).replace(
    'PACE',
    '{{ frequency }}',
  );
}

/** The letter after a pause says that it ended, and offers to go on resting. */
function backFromPause(language: string): string[] {
  const stay = plain(say(language, 'mail.digest.stay'));
  return [plain(say(language, 'mail.digest.returned')), `[${stay}]({{ links.preferences }})`];
}

function shownItem(
  item: Publication & { readonly viewUrl: string },
  t: (text: Readonly<Record<string, string>>) => string,
  language: string,
): string {
  return [
    `## ${plain(t(item.title))}`,
    ...(item.picture ? [`![${plain(item.picture.alt)}](${item.picture.url})`] : []),
    ...(t(item.summary) === '' ? [] : [plain(t(item.summary))]),
    `[${plain(say(language, 'mail.digest.read'))}](${item.viewUrl})`,
  ].join('\n\n');
}

const plainLine = (text: string) => text.replace(/\{(?=[{%])/g, '{ ');
