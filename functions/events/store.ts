import { timeLetters } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import type { Outcome, Ports, Write } from '../base/ports.ts';
import { Profile } from '../people/person.ts';
import { profileWrite, type Versioned } from '../people/store.ts';
import { TimelineEvent, type Event } from './event.ts';

type Store = Pick<Ports, 'table'>;

/** The API is one touchpoint among others; each has ids of its own. */
const SOURCE = 'api';

/** A profile, and each event with its row on the timeline and its mark as seen, go in one write. */
export const EVENTS_A_WRITE = 49;

export async function readProfiles(
  { table }: Store,
  personIds: readonly string[],
): Promise<(Versioned<Profile> | undefined)[]> {
  const rows = await table.getMany(personIds.map((personId) => keys.profile(personId)));
  return rows.map((row) => row && { it: Profile.parse(row.data), version: row.version });
}

/** Which of these ids were taken before. */
export async function alreadySeen(
  { table }: Store,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await table.getMany(eventIds.map((eventId) => keys.event(SOURCE, eventId)));
  return new Set(eventIds.filter((_, index) => rows[index] !== undefined));
}

/** The profile is always written, even when it stays the same: that is what an erasure meets. */
export async function keepEvents(
  { table, now }: Pick<Ports, 'table' | 'now'>,
  { it, version }: Versioned<Profile>,
  events: readonly Event[],
): Promise<Outcome> {
  const receivedAt = now();
  return table.writeAll([
    profileWrite(it, version),
    ...events.flatMap((event) => rowsOf(it.personId, event, receivedAt)),
  ]);
}

/** Newest first, each with its place for the next page. */
export async function readTimeline(
  { table }: Store,
  personId: string,
  range: { readonly after?: string; readonly limit: number },
): Promise<{ readonly event: TimelineEvent; readonly place: string }[]> {
  const { pk } = keys.timeline(personId, '');
  const found: { event: TimelineEvent; place: string }[] = [];
  for await (const row of table.query('records', pk, { ...range, newestFirst: true }))
    found.push({ event: TimelineEvent.parse(row.data), place: row.key.sk });
  return found;
}

function rowsOf(personId: string, event: Event, receivedAt: number): Write[] {
  const kept: TimelineEvent = {
    format: 1,
    eventId: event.id,
    type: event.type,
    at: event.at,
    receivedAt,
    data: event.data,
  };
  return [
    {
      kind: 'put',
      key: keys.event(SOURCE, event.id),
      data: { format: 1, personId },
      expected: 0,
    },
    {
      kind: 'put',
      key: keys.timeline(personId, `${timeLetters(event.at)}-${SOURCE}-${event.id}`),
      data: kept,
      expected: 0,
    },
  ];
}
