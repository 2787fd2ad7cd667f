import * as z from 'zod';
import { cursorOf, placeIn } from '../team/api.ts';
import { readJson } from '../base/json.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { compileCondition, type Condition } from './condition.ts';
import { peopleIn, type Person } from './store.ts';

/** People are read by so many hands at once, and each reads so many rows a call: an answer comes within a moment. */
const HANDS = 8;
const ROWS_A_HAND = 1_600;

/** How far each hand has read; null when it is at its end. */
const Places = z.array(z.string().nullable()).length(HANDS);

export type SearchPage = {
  readonly found: readonly Person[];
  /** How many people were looked at in this call. */
  readonly read: number;
  readonly next: string | null;
};

/**
 * Looks through everybody for names and addresses that begin with these words, and for whom a
 * condition holds, some thousands a call. The table finds a whole address at once, and nothing by its beginning: an index of names
 * would have to be kept beside each person, and be erased with them.
 */
export async function searchPeople(
  { table, now }: Pick<Ports, 'table' | 'now'>,
  asked: { readonly text: string; readonly condition: Condition | undefined },
  cursor: string | undefined,
): Promise<SearchPage> {
  const wanted = wordsIn(asked.text);
  const holds = asked.condition && compileCondition(asked.condition);
  const at = now();
  const isAsked = (person: Person) =>
    (!holds || holds({ reader: person.reader.it, profile: person.profile.it }, at)) &&
    matches(person, wanted);
  const places = cursor === undefined ? Array<string>(HANDS).fill('') : placesIn(cursor);
  const pages = await Promise.all(
    places.map(async (place, index) => {
      if (place === null) return { people: [], next: null };
      const from = place === '' ? undefined : place;
      const page = await table.scanPeople({ index, of: HANDS }, from, ROWS_A_HAND);
      return { people: peopleIn(page), next: page.next ?? null };
    }),
  );
  const people = pages.flatMap((page) => page.people);
  const left = pages.map(({ next }) => next);
  return {
    found: people.filter(isAsked),
    read: people.length,
    next: left.every((place) => place === null) ? null : cursorOf(JSON.stringify(left)),
  };
}

function placesIn(cursor: string): (string | null)[] {
  const text = placeIn({ cursor }) ?? '';
  const places = Places.safeParse(/^\[.*\]$/.test(text) ? readJson(text) : undefined);
  if (places.success) return places.data;
  throw new Problem('input-invalid', {
    errors: [{ path: 'cursor', detail: 'must be the "next" of an earlier call' }],
  });
}

/** Letters without their marks and in lower case, so that "muller" finds Müller. */
export function wordsIn(text: string): string[] {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s,;’'-]+/)
    .filter((word) => word !== '');
}

/** Every word that is looked for begins one of theirs, or their address. */
function matches({ profile }: Person, wanted: readonly string[]): boolean {
  const { givenName, familyName, email, externalId } = profile.it;
  const words = [...wordsIn(`${givenName ?? ''} ${familyName ?? ''}`), email, externalId ?? ''];
  return wanted.every((word) => words.some((one) => one.startsWith(word)));
}
