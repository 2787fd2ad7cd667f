import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { Brand } from '../people/brand.ts';
import type { Profile } from '../people/person.ts';
import { readBrand, type Versioned } from '../people/store.ts';
import { admit } from './admit.ts';
import type { Event, Refusal } from './event.ts';
import { withEvents } from './facts.ts';
import { alreadySeen, EVENTS_A_WRITE, keepEvents, readProfiles } from './store.ts';

export type Taken = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: readonly ({ readonly index: number } & Refusal)[];
};

const PEOPLE_AT_ONCE = 32;
const ATTEMPTS = 8;

/** Takes what people did: each event once, on the profile and the timeline of its person. */
export async function takeEvents(
  ports: Pick<Ports, 'table' | 'now' | 'secrets'>,
  events: readonly Event[],
): Promise<Taken> {
  const admitted = await admit(ports, events);
  const refused: ({ index: number } & Refusal)[] = [];
  const groups = new Map<string, { profile: Versioned<Profile>; events: Event[] }>();
  const ids = new Set<string>();
  for (const [index, event] of events.entries()) {
    const profile = admitted[index]!;
    if ('code' in profile) refused.push({ index, ...profile });
    else if (!ids.has(event.id)) {
      ids.add(event.id);
      const { personId } = profile.it;
      const group = groups.get(personId) ?? { profile, events: [] };
      group.events.push(event);
      groups.set(personId, group);
    }
  }
  const seen = await alreadySeen(ports, [...ids]);
  const brand = await readBrand(ports);
  const accepted = await inPortions([...groups.values()], (group) =>
    takeFor(ports, brand, group.profile, group.events, seen),
  );
  return { accepted, duplicates: events.length - refused.length - accepted, refused };
}

async function inPortions<Item>(
  items: readonly Item[],
  take: (item: Item) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (let from = 0; from < items.length; from += PEOPLE_AT_ONCE) {
    const counts = await Promise.all(items.slice(from, from + PEOPLE_AT_ONCE).map(take));
    sum = counts.reduce((before, count) => before + count, sum);
  }
  return sum;
}

/** Events of one person, in as few writes as fit; answers how many were new. */
async function takeFor(
  ports: Pick<Ports, 'table' | 'now'>,
  brand: Brand,
  profile: Versioned<Profile>,
  events: readonly Event[],
  seen: ReadonlySet<string>,
): Promise<number> {
  let count = 0;
  let current: Versioned<Profile> | undefined = profile;
  const fresh = events.filter(({ id }) => !seen.has(id));
  for (let from = 0; from < fresh.length && current; from += EVENTS_A_WRITE) {
    const portion = fresh.slice(from, from + EVENTS_A_WRITE);
    const taken = await takePortion(ports, brand, current, portion);
    count += taken.count;
    current = taken.profile;
  }
  return count;
}

async function takePortion(
  ports: Pick<Ports, 'table' | 'now'>,
  brand: Brand,
  profile: Versioned<Profile>,
  events: readonly Event[],
): Promise<{ count: number; profile: Versioned<Profile> | undefined }> {
  let current = profile;
  let fresh = events;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (fresh.length === 0) return { count: 0, profile: current };
    const changed = withEvents(current.it, fresh, brand);
    if ((await keepEvents(ports, { it: changed, version: current.version }, fresh)) === 'written')
      return { count: fresh.length, profile: { it: changed, version: current.version + 1 } };
    const [now] = await readProfiles(ports, [profile.it.personId]);
    if (!now) return { count: 0, profile: undefined };
    current = now;
    const seen = await alreadySeen(
      ports,
      fresh.map(({ id }) => id),
    );
    fresh = fresh.filter(({ id }) => !seen.has(id));
  }
  throw new Problem('too-many-hands', {
    detail: 'Some of these events were taken and others not; sending all of them again is safe.',
  });
}
