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
