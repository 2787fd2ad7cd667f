const names = new Map<string, string>();

/** Each language in its own words: "Français", "English". */
export function languageName(language: string): string {
  const known = names.get(language);
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  const written = name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  names.set(language, written);
  return written;
}

/** A language in the words of whoever looks: "French", "Anglais"; for what is told, not chosen. */
export function languageIn(locale: string, language: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
