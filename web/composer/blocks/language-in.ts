/** A language as another one calls it: "anglais". */
export const languageIn = (code: string, spoken: string) =>
  new Intl.DisplayNames([spoken], { type: 'language' }).of(code) ?? code;
