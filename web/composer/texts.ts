export type Texts = string | Readonly<Record<string, string>>;

/** The language of a text that is one for all of them, as programs write it. */
export const ALL = 'mul';

/** One text for all languages, or one a language; a language of its own goes before what is for all. */
export function textsFrom(texts: readonly (readonly [string, string])[]): Texts | undefined {
  const own = texts.filter(([language]) => language !== ALL);
  return own.length > 0 ? Object.fromEntries(own) : texts[0]?.[1];
}
