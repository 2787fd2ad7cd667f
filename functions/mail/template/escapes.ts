import { RenderFailed } from './render-failed.ts';

/** The longest value one hole may show; a field of a person holds at most 500. */
const VALUE_LENGTH_MOST = 20_000;

/**
 * The filters that are written after every output when a letter is compiled, one for each kind of
 * place. Authors cannot name them. What they return cannot leave its place.
 */
export const escapes = {
  in_text: (value: unknown) => (isHarmless(value) ? value : escaped(words(value))),
  in_attribute: (value: unknown) => (isHarmless(value) ? value : escaped(flat(words(value)))),
  in_url: (value: unknown) => (isPlainUrl(value) ? value : escaped(wholeUrl(words(value)))),
  in_url_part: (value: unknown) => escaped(partOfUrl(words(value))),
  in_plain: (value: unknown) => (isHarmless(value) ? value : flat(words(value))),
  in_plain_url: (value: unknown) => (isPlainUrl(value) ? value : wholeUrl(words(value))),
  in_plain_url_part: (value: unknown) => partOfUrl(words(value)),
  in_subject: (value: unknown) => flat(words(value)),
} as const;
export type Escape = keyof typeof escapes;

/** What a reader sees of a value: nothing for nothing, lists with commas, never "[object Object]". */
export function words(value: unknown, depth = 0): string {
  if (typeof value === 'string') {
    if (value.length > VALUE_LENGTH_MOST) throw new RenderFailed('value-too-long');
    return HARMLESS.test(value) ? value : cleaned(value);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return Array.isArray(value) && depth < 3 ? listed(value, depth) : '';
}

function listed(values: readonly unknown[], depth: number): string {
  let text = '';
  for (const value of values) {
    const one = words(value, depth + 1);
    if (one !== '') text += text === '' ? one : `, ${one}`;
    if (text.length > VALUE_LENGTH_MOST) throw new RenderFailed('value-too-long');
  }
  return text;
}

/** Nothing in it is changed in any place but a URL: most of what is shown, seen at one look. */
const HARMLESS = /^[\w .,:;/?=+@()%À-ɏ-]*$/;
const isHarmless = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= VALUE_LENGTH_MOST && HARMLESS.test(value);

/** Line ends become one kind; what no letter shows or what turns the direction of the text around it goes. */
function cleaned(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSHOWN, '');
}
const UNSHOWN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** An author's line of fixed text: what breaks it becomes a blank. */
export const onOneLine = (text: string) =>
  flat(cleaned(text))
    .replace(/[ \t]+/g, ' ')
    .trim();

function flat(text: string): string {
  return text.includes('\n') ? text.replace(/\n+/g, ' ') : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Also keeps a value inside an Outlook comment, which only a `>` can end. */
export function escaped(text: string): string {
  return NEEDS_ESCAPE.test(text) ? text.replace(/[&<>"'`]/g, (sign) => ENTITIES[sign]!) : text;
}
const NEEDS_ESCAPE = /[&<>"'`]/;

const GOOD_URL = /^(?:https?:\/\/[^/?#\\\s]|mailto:|tel:)/i;

/** A whole address with a scheme that may be followed, or `#`, which leads nowhere. */
function wholeUrl(text: string): string {
  const url = text.trim();
  if (!GOOD_URL.test(url)) return '#';
  return url.replace(NOT_IN_URL, encodeURIComponent);
}
/** An address that already is all it should be, in every place. */
const PLAIN_URL = /^https?:\/\/[\w.~-][\w\-.~:/?#[\]@$()*+,;=%]*$/;
const isPlainUrl = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= VALUE_LENGTH_MOST && PLAIN_URL.test(value);
const NOT_IN_URL = /[^\w\-.~:/?#[\]@!$&'()*+,;=%]+/g;

/** A piece after the host: it can add neither a path step, a parameter nor a fragment of its own. */
function partOfUrl(text: string): string {
  if (PLAIN_PART.test(text)) return text;
  return encodeURIComponent(flat(text)).replace(/%40/g, '@');
}
const PLAIN_PART = /^[\w.~-]*$/;
