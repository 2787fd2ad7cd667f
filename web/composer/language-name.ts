const names = new Map<string, string>();

/** Each language in its own words: "Français", "English". */
export function languageName(language: string): string {
  const known = names.get(language);
  if (known !== undefined) return known;
  const written = capital(languageIn(language, language), language);
  names.set(language, written);
  return written;
}

const speakers = new Map<string, Intl.DisplayNames>();

/** A language as another one calls it, within a sentence: "French", "anglais". */
export function languageIn(spoken: string, language: string): string {
  const names = speakers.get(spoken) ?? new Intl.DisplayNames([spoken], { type: 'language' });
  speakers.set(spoken, names);
  return names.of(language) ?? language;
}

/** The same where it stands alone: "French", "Anglais". */
export const languageAlone = (spoken: string, language: string): string =>
  capital(languageIn(spoken, language), spoken);

const capital = (name: string, language: string) =>
  name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
