const speakers = new Map<string, Intl.DisplayNames>();

/** A language as another one calls it: "anglais". */
export function languageIn(code: string, spoken: string): string {
  const names = speakers.get(spoken) ?? new Intl.DisplayNames([spoken], { type: 'language' });
  speakers.set(spoken, names);
  return names.of(code) ?? code;
}
