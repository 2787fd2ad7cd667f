import { IntlMessageFormat } from 'intl-messageformat';
import type { ReactNode } from 'react';
import type fr from './fr.json';

/** Every word of the console; a test holds both languages to the same keys and arguments. */
export type WordKey = keyof typeof fr;
export type Language = 'fr' | 'en';
export type Args = Readonly<Record<string, string | number>>;
type Part = (parts: ReactNode[]) => ReactNode;
export type RichArgs = Readonly<Record<string, string | number | Part>>;

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

/** Only the language that is spoken is fetched. */
export async function wordsIn(language: Language): Promise<Words> {
  const { default: catalogue } =
    language === 'fr' ? await import('./fr.json') : await import('./en.json');
  return wordsOf(language, catalogue);
}

export function wordsOf(language: Language, catalogue: Readonly<Record<WordKey, string>>): Words {
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
