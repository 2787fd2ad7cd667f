import { CATALOGUES, say, spoken, type WordKey } from '../base/words.ts';

/**
 * What a reader calls something the house keeps of them. A house names its fields for programs; what
 * many houses keep has words in every language, and anything else is at least written as words.
 */
export function fieldName(language: string, field: string): string {
  const key = `field.${field.toLowerCase().replaceAll(/[^a-z]/g, '')}`;
  return Object.hasOwn(CATALOGUES[spoken(language)]!, key)
    ? say(language, key as WordKey)
    : asWords(field);
}

/** "favouriteColour" and "favourite-colour" are "Favourite colour". */
function asWords(field: string): string {
  const words = field.replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replaceAll(/[-_ ]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
