import { IntlMessageFormat } from 'intl-messageformat';
import type { Instant } from './time.ts';
import { found } from './catalogues.ts';
import type fr from './words/fr.json';

/** Every word a reader sees, and what authors are told to mend. A new language is one more file in `words`; a test finds what it lacks. */
export const CATALOGUES = found as Readonly<Record<string, Readonly<Record<WordKey, string>>>>;

export type WordKey = keyof typeof fr;
export type Args = Readonly<Record<string, string | number>>;

/** Spoken when a reader's own language has no catalogue and nobody says better. */
const FALLBACK = 'en';

/** Region-less languages whose dates people expect written one country's way. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', fr: 'fr-FR' };
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** What the catalogue says for a key, in the language wanted or the nearest we speak. */
export const say = speaker(CATALOGUES);

/** Speaks from catalogues of one's own, which all have the same keys. */
export function speaker<Key extends string>(
  catalogues: Readonly<Record<string, Readonly<Record<Key, string>>>>,
) {
  const messages = new Map<string, IntlMessageFormat>();
  return (wanted: string, key: Key, args: Args = {}): string => {
    const language = Object.hasOwn(catalogues, wanted) ? wanted : FALLBACK;
    const name = `${language} ${key}`;
    let message = messages.get(name);
    if (!message) {
      const text = catalogues[language]![key];
      message = new IntlMessageFormat(text, localeOf(language), undefined, { ignoreTag: true });
      messages.set(name, message);
    }
    return message.format({ ...args }) as string;
  };
}

/** A sentence in English for programs, and in each language we speak for people. */
export function saidToAll(key: WordKey, args?: Args) {
  const words = Object.keys(CATALOGUES).map((language) => [language, say(language, key, args)]);
  return {
    detail: say(FALLBACK, key, args),
    words: Object.fromEntries(words) as Record<string, string>,
  };
}

export const speaks = (language: string) => Object.hasOwn(CATALOGUES, language);

/** The first of these languages that we speak. */
export function spoken(...wanted: readonly (string | undefined)[]): string {
  return wanted.find((language) => language !== undefined && speaks(language)) ?? FALLBACK;
}

export const directionOf = (language: string) => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');

/** A day as people write it, on the reader's own calendar: "1er décembre", "1 December". */
export function dateIn(language: string, timeZone: string, at: Instant): string {
  return ordinal(language, formatted(language, timeZone, 'day', at));
}

/** The same with its weekday: "mardi 1er décembre", "Tuesday 1 December". */
export function weekdayDateIn(language: string, timeZone: string, at: Instant): string {
  return ordinal(language, formatted(language, timeZone, 'weekday-day', at));
}

/** The same with its year, for days that may be far: "1er décembre 2026". */
export function longDateIn(language: string, timeZone: string, at: Instant): string {
  return ordinal(language, formatted(language, timeZone, 'day-year', at));
}

/** "mars 2023". */
export function monthIn(language: string, timeZone: string, at: Instant): string {
  return formatted(language, timeZone, 'month', at);
}

/** A day and an hour, with the zone's own name for itself, because an hour without a zone misleads. */
export function momentIn(language: string, timeZone: string, at: Instant): string {
  return ordinal(language, formatted(language, timeZone, 'moment', at));
}

/** The same with its weekday, where the zone is said beside it: "lundi 1er juin 2026 à 10:00". */
export function fullMomentIn(language: string, timeZone: string, at: Instant): string {
  return ordinal(language, formatted(language, timeZone, 'full-moment', at));
}

/** 1 is Monday. */
export function weekdayIn(language: string, weekday: number): string {
  const aMonday = Date.UTC(2024, 0, 1);
  return formatted(language, 'UTC', 'weekday', aMonday + (weekday - 1) * 86_400_000);
}

/** "a, b et c". */
export function listIn(language: string, items: readonly string[]): string {
  return new Intl.ListFormat(localeOf(language), { type: 'conjunction' }).format(items);
}

export function moneyIn(language: string, amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(localeOf(language), { style: 'currency', currency }).format(
      amount,
    );
  } catch {
    return `${amount} ${currency}`;
  }
}

const SHAPES = {
  day: { day: 'numeric', month: 'long' },
  'weekday-day': { weekday: 'long', day: 'numeric', month: 'long' },
  'day-year': { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
  moment: {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  },
  'full-moment': { dateStyle: 'full', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A formatter costs 110 µs to make and is kept; zones and languages are few. */
const dates = new Map<string, Intl.DateTimeFormat>();

function formatted(language: string, timeZone: string, shape: keyof typeof SHAPES, at: Instant) {
  const name = `${language} ${timeZone} ${shape}`;
  let formatter = dates.get(name);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(localeOf(language), { ...SHAPES[shape], timeZone });
    dates.set(name, formatter);
  }
  return formatter.format(at);
}

/** French says "1er décembre"; its formatter says "1 décembre". */
function ordinal(language: string, date: string): string {
  return language === 'fr' ? date.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : date;
}

function localeOf(language: string): string {
  const known = spoken(language);
  return LOCALES[known] ?? known;
}
