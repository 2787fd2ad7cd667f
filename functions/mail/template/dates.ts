/** The shapes a letter may show a moment in. */
export const DATE_SHAPES = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  day: { day: 'numeric', month: 'long' },
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
  year: { year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateShape = keyof typeof DATE_SHAPES;

/** Languages without a region, whose dates people expect written one country's way. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', fr: 'fr-FR' };
const FALLBACK_LOCALE = 'en-GB';

const locales = new Map<string, string>();

/** The locale a letter of this language is written in. */
export function localeOf(language: string): string {
  let locale = locales.get(language);
  if (locale === undefined) locales.set(language, (locale = readLocale(language)));
  return locale;
}

function readLocale(language: string): string {
  const known = LOCALES[language];
  if (known !== undefined) return known;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? FALLBACK_LOCALE;
  } catch {
    return FALLBACK_LOCALE;
  }
}

/** A moment, or a day without an hour (`2026-03-03`), as people of this language write it. Else nothing. */
export function dateIn(
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
  value: unknown,
  shape: DateShape,
): string {
  const isDay = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const at = instantOf(value);
  if (at === undefined) return '';
  const written = formatterOf(language, isDay ? 'UTC' : timeZone, shape).format(at);
  return language === 'fr' ? written.replace(FIRST_OF_MONTH, '1er ') : written;
}

/** French says « 1er décembre »; its formatter says « 1 décembre ». */
const FIRST_OF_MONTH = /(?<!\d)1 (?=\p{L})/u;

function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  if (
    typeof value === 'string' &&
    !/^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,12}(?:Z|[+-]\d{2}:\d{2}))?$/.test(value)
  )
    return undefined;
  const at = new Date(value).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** A formatter costs 110 µs to make, so it is kept. Zones the runtime does not know are never kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(language: string, timeZone: string, shape: DateShape): Intl.DateTimeFormat {
  const name = `${language} ${timeZone} ${shape}`;
  let formatter = formatters.get(name);
  if (formatter) return formatter;
  try {
    formatter = new Intl.DateTimeFormat(localeOf(language), { ...DATE_SHAPES[shape], timeZone });
  } catch {
    return formatterOf(language, 'UTC', shape);
  }
  formatters.set(name, formatter);
  return formatter;
}
