import { CATALOGUES, say, type WordKey } from '../base/words.ts';

const PREFIX = 'zone.';
const isPlace = (key: string): key is WordKey & `zone.${string}` => key.startsWith(PREFIX);

/** One place people know for each part of the world, as the catalogue names them. */
const PLACES = Object.keys(CATALOGUES.fr!)
  .filter(isPlace)
  .map((key) => key.slice(PREFIX.length));

/** The zones to choose from; any other that a reader has stands first. */
export function zonesWith(...theirs: readonly string[]): string[] {
  return [...new Set([...theirs, ...PLACES])];
}

/** A zone by a place in it, for who knows cities and not zones. */
export function placeOf(zone: string, language: string): string {
  const key = `${PREFIX}${zone}`;
  if (PLACES.includes(zone) && isPlace(key)) return say(language, key);
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}
