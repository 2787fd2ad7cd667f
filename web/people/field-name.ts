import type { Words } from '../words/words.ts';

/** What the house calls a field of its own: in our words where many houses keep it, else as words. */
export function fieldName({ named }: Pick<Words, 'named'>, field: string): string {
  const key = field.toLowerCase().replaceAll(/[^a-z]/g, '');
  const name = named('field', key);
  return name === key ? asWords(field) : name;
}

/** "favouriteColour" and "favourite-colour" are "Favourite colour". */
function asWords(field: string): string {
  const words = field.replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replaceAll(/[-_ ]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** What a letter shows of its reader, as `person.givenName` or `person.fields.city`. */
export function shownName(words: Pick<Words, 'named'>, place: string): string {
  const [, group, key] = /^person\.(\w+)(?:\.|\[["'])?([\w-]*)/.exec(place) ?? [];
  return group === undefined ? place : fieldName(words, key === '' ? group : key!);
}
