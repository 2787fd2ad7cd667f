import { IntlMessageFormat } from 'intl-messageformat';
import type { ReactNode } from 'react';
import type calendar from '../calendar/fr.json';
import type blocks from '../composer/blocks/fr.json';
import type versions from '../composer/versions/fr.json';
import type people from '../people/fr.json';
import type segments from '../segments/fr.json';
import type series from '../series/fr.json';
import type settings from '../settings/fr.json';
import type today from '../today/fr.json';
import type fr from './fr.json';

/** Every word of the console; a test holds both languages to the same keys and arguments. */
export type WordKey = keyof (typeof fr &
  typeof blocks &
  typeof calendar &
  typeof people &
  typeof segments &
  typeof series &
  typeof settings &
  typeof today &
  typeof versions);
export type Language = 'fr' | 'en';
export type Args = Readonly<Record<string, string | number>>;
type Mark = (parts: ReactNode[]) => ReactNode;
export type RichArgs = Readonly<Record<string, string | number | Mark>>;

export type Words = {
  readonly language: Language;
  readonly locale: string;
  readonly t: (key: WordKey, args?: Args) => string;
  /** The same with marks in it, as a link in a sentence. */
  readonly rich: (key: WordKey, args: RichArgs) => ReactNode;
  /** A word for what the API may say and an older console may not know yet. */
  readonly named: (group: string, name: string) => string;
};

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };
const CHOSEN = 'moderato.language';

/** What somebody chose here before, else the language of their browser. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (chosen === 'fr' || chosen === 'en') return chosen;
  return navigator.languages.find((one) => /^(fr|en)\b/.test(one))?.startsWith('en') ? 'en' : 'fr';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(CHOSEN, language);
}

type Catalogue = Record<WordKey, string>;
type Load = Readonly<Record<Language, () => Promise<{ readonly default: Partial<Catalogue> }>>>;
/** What every room says, and what one room says alone: that comes with the room. */
const LOADS = {
  all: { fr: () => import('./fr.json'), en: () => import('./en.json') },
  blocks: {
    fr: () => import('../composer/blocks/fr.json'),
    en: () => import('../composer/blocks/en.json'),
  },
  calendar: { fr: () => import('../calendar/fr.json'), en: () => import('../calendar/en.json') },
  people: { fr: () => import('../people/fr.json'), en: () => import('../people/en.json') },
  segments: { fr: () => import('../segments/fr.json'), en: () => import('../segments/en.json') },
  series: { fr: () => import('../series/fr.json'), en: () => import('../series/en.json') },
  settings: { fr: () => import('../settings/fr.json'), en: () => import('../settings/en.json') },
  today: { fr: () => import('../today/fr.json'), en: () => import('../today/en.json') },
  versions: {
    fr: () => import('../composer/versions/fr.json'),
    en: () => import('../composer/versions/en.json'),
  },
} satisfies Readonly<Record<string, Load>>;
type Part = keyof typeof LOADS;

const opened = new Set<Part>(['all']);
const catalogues: Readonly<Record<Language, Partial<Catalogue>>> = { fr: {}, en: {} };

/** Only the language that is spoken is fetched, and of it what the rooms say that were opened. */
export async function wordsIn(language: Language): Promise<Words> {
  await Promise.all([...opened].map((part) => fetchPart(part, language)));
  return wordsOf(language, catalogues[language] as Catalogue);
}

/** A room together with its words. */
export async function withWords<Room>(part: Part, room: Promise<Room>): Promise<Room> {
  const [found] = await Promise.all([room, fetchPart(part, preferredLanguage())]);
  opened.add(part);
  return found;
}

async function fetchPart(part: Part, language: Language): Promise<void> {
  Object.assign(catalogues[language], (await LOADS[part][language]()).default);
}

function wordsOf(language: Language, catalogue: Readonly<Catalogue>): Words {
  const locale = LOCALES[language];
  const made = new Map<WordKey, IntlMessageFormat>();
  const message = (key: WordKey) => {
    const found = made.get(key) ?? new IntlMessageFormat(catalogue[key], locale);
    made.set(key, found);
    return found;
  };
  const t: Words['t'] = (key, args) => String(message(key).format(args));
  return {
    language,
    locale,
    t,
    rich: (key, args) => message(key).format<ReactNode>(args) as ReactNode,
    named: (group, name) => {
      const key = `${group}.${name}`;
      return Object.hasOwn(catalogue, key) ? t(key as WordKey) : name;
    },
  };
}
