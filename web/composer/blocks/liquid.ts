/** What may stand for the reader in a text, and what a chip calls it. */
export const TAGS = [
  { name: 'greeting', path: 'person.greeting', hasFallback: false },
  { name: 'givenName', path: 'person.givenName', hasFallback: true },
  { name: 'familyName', path: 'person.familyName', hasFallback: true },
  { name: 'pace', path: 'frequency', hasFallback: false },
  { name: 'why', path: 'why', hasFallback: false },
  { name: 'brand', path: 'brand.name', hasFallback: false },
] as const;
export type TagName = (typeof TAGS)[number]['name'];

export type Tag = { readonly path: string; readonly fallback: string | undefined };
const FIELD = /^person\.fields\.([a-zA-Z][\w-]*)$/;

/** The name of the house's own field that a path leads to. */
export const fieldOf = (path: string) => FIELD.exec(path)?.[1];
export const pathOfField = (name: string) => `person.fields.${name}`;

/** A merge tag read; undefined for Liquid that only its author understands. */
export function tagIn(liquid: string): Tag | undefined {
  const found = /^\{\{\s*([\w.-]+)\s*(?:\|\s*default:\s*"([^"]*)"\s*)?\}\}$/.exec(liquid);
  return found ? { path: found[1]!, fallback: found[2] } : undefined;
}

/** A merge tag written. What could end it early does not stand in it. */
export function liquidOf({ path, fallback }: Tag): string {
  if (fallback === undefined) return `{{ ${path} }}`;
  return `{{ ${path} | default: "${fallback.replace(/["{}<>]/g, '')}" }}`;
}

const LIQUID = /\{\{[^]*?\}\}|\{%[^]*?%\}/g;

type Part = { readonly kind: 'text' | 'liquid'; readonly text: string };

/** Words and Liquid, one after another. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(LIQUID)) {
    if (found.index > from) parts.push({ kind: 'text', text: text.slice(from, found.index) });
    parts.push({ kind: 'liquid', text: found[0] });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** HTML in which Liquid between the tags is an element, for the editor to make a chip of. */
export function withChips(html: string): string {
  return html.replace(/<(?:\/?[a-z](?:"[^"]*"|[^">])*)>|\{\{[^]*?\}\}|\{%[^]*?%\}/gi, (found) =>
    found.startsWith('{')
      ? `<span data-liquid="${found.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></span>`
      : found,
  );
}

/** What is pasted without its styles and scripts: the console's policy would complain of each of them. */
export const withoutRules = (html: string) =>
  html
    .replace(/<(style|script)\b[^]*?<\/\1>/gi, '')
    .replace(/(<[a-z][^>]*?)(?:\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))+/gi, '$1');
