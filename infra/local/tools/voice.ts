import type { Context } from 'hono';
import { cataloguesIn } from '../../../functions/base/catalogues.ts';
import { languageAccepted } from '../../../functions/base/page.ts';
import type { Instant } from '../../../functions/base/time.ts';
import { fullMomentIn, listIn, speaker, type Args } from '../../../functions/base/words.ts';
import type fr from './words/fr.json';

/** What the laptop's own pages say; no bundle carries it. */
export const HERE = cataloguesIn(new URL('./words/', import.meta.url)) as Readonly<
  Record<string, Readonly<Record<HereKey, string>>>
>;
export type HereKey = keyof typeof fr;

const sayHere = speaker(HERE);
const LANGUAGES = Object.keys(HERE);

/** How a page speaks to whoever asked for it: in the first of their browser's languages we have. */
export type Voice = {
  readonly language: string;
  readonly say: (key: HereKey, args?: Args) => string;
  readonly moment: (at: Instant, timeZone: string) => string;
  readonly list: (items: readonly string[]) => string;
};

export function voiceFor(c: Context): Voice {
  const language = languageAccepted(c, { languages: LANGUAGES }) ?? 'en';
  return {
    language,
    say: (key, args) => sayHere(language, key, args),
    moment: (at, timeZone) => fullMomentIn(language, timeZone, at),
    list: (items) => listIn(language, items),
  };
}
