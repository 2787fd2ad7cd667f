import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import type { Both } from '../consent/newcomer.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { Profile, Reader } from '../people/person.ts';
import type { Versioned } from '../people/store.ts';
import type { DepartureName } from './departure.ts';

/** As much of a person as a choice can change. */
const Chooseable = z.object({
  reader: Reader.pick({
    subscriptions: true,
    stoppedAt: true,
    frequency: true,
    frequencySince: true,
    pause: true,
    language: true,
    languageOnly: true,
    timeZone: true,
    timeZoneFrom: true,
    weekday: true,
    partOfDay: true,
    personalNotes: true,
    byPurchases: true,
    countClicks: true,
    nextDigestAt: true,
    waiting: true,
  }),
  profile: Profile.pick({ salutation: true, givenName: true, familyName: true }),
});
export type Chooseable = z.infer<typeof Chooseable>;

/** What undo needs for an hour: the person before and after an act. The agenda clears it away. */
const Undo = z.object({
  personId: z.string(),
  before: Chooseable,
  after: Chooseable,
  departure: z.object({ day: z.string(), id: z.string() }).nullable(),
});
export type Undo = z.infer<typeof Undo>;

export function undoWrite(
  {
    undoId,
    before,
    after,
    departure,
  }: {
    readonly undoId: string;
    readonly before: Both;
    readonly after: Both;
    readonly departure: DepartureName | null;
  },
  at: Instant,
): Write {
  const undo: Undo = {
    personId: before.reader.personId,
    before: Chooseable.parse(before),
    after: Chooseable.parse(after),
    departure,
  };
  return agendaWrite('forget-undo', undoId, at, undo);
}

export async function readUndo(
  { table }: Pick<Ports, 'table'>,
  undoId: string,
): Promise<Versioned<Undo> | undefined> {
  const row = await table.get(keys.agenda('forget-undo', undoId));
  return row && { it: Undo.parse(row.data), version: row.version };
}

/** Clears away what undo needed, an hour on. Called when its row on the agenda is due. */
export async function forgetUndo({ table }: Pick<Ports, 'table'>, undoId: string): Promise<void> {
  await table.writeAll([{ kind: 'remove', key: keys.agenda('forget-undo', undoId) }]);
}

export const undoRemoval = (undoId: string, expected: number): Write => ({
  kind: 'remove',
  key: keys.agenda('forget-undo', undoId),
  expected,
});
