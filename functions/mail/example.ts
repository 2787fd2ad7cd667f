import type { Ports } from '../base/ports.ts';
import { say } from '../base/words.ts';
import type { Brand } from '../people/brand.ts';
import { greetingOf } from '../people/salutation.ts';
import type { Publication } from './publication.ts';
import { filledLine } from './template/inline.ts';

type Shown = { readonly language: string; readonly viewUrl: string };

/** What a template is given when it is read by nobody in particular: every fallback, and links that act for nobody. */
export function exampleContext(
  ports: Pick<Ports, 'publicUrl'>,
  brand: Brand,
  shown: Shown,
): Record<string, unknown> {
  const { language } = shown;
  return {
    person: {
      greeting: greetingOf(NAMELESS, language),
      givenName: '',
      familyName: '',
      fields: {},
      facts: {},
    },
    links: exampleLinks(ports, shown),
    frequency: say(language, 'mail.pace.own'),
    why: say(language, 'mail.why.anybody', { brand: brand.name }),
    brand: { name: brand.name },
    timeZone: brand.timeZone,
  };
}

/** What stands of a publication in other letters and in lists, as everybody may read it. */
export function withFallbacks<Item extends Pick<Publication, 'subject' | 'title' | 'summary'>>(
  ports: Pick<Ports, 'publicUrl'>,
  brand: Brand,
  item: Item,
): Item {
  const viewUrl = `${ports.publicUrl}/letters`;
  const each = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(texts).map(([language, text]) => {
        const context = exampleContext(ports, brand, { language, viewUrl });
        return [language, filledLine(text, language, context)];
      }),
    );
  const { subject, title, summary } = item;
  return { ...item, subject: each(subject), title: each(title), summary: each(summary) };
}

/** Whoever looks at somebody else's letter can change nothing in their name. */
export function exampleLinks(
  { publicUrl }: Pick<Ports, 'publicUrl'>,
  { language, viewUrl }: Shown,
): {
  readonly preferences: string;
  readonly unsubscribe: string;
  readonly view: string;
  readonly answer: string;
} {
  const subscribe = `${publicUrl}/subscribe?lang=${language}`;
  return { preferences: subscribe, unsubscribe: subscribe, view: viewUrl, answer: viewUrl };
}

const NAMELESS = { salutation: { form: 'none' }, givenName: null, familyName: null } as const;
