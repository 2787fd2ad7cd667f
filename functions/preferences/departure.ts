import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { wallTimeIn, type Instant } from '../base/time.ts';
import { figureWrite } from '../mail/figures.ts';
import { houseDayWrites } from '../mail/house-figures.ts';
import { isServiceMailing } from '../mail/order.ts';
import type { Brand } from '../people/brand.ts';
import type { Versioned } from '../people/store.ts';

/** Through which door somebody left or stayed. Only those on a page saw what else was offered. */
export const Door = z.enum(['page', 'preferences', 'one-click', 'agent']);
export type Door = z.infer<typeof Door>;

export const Outcome = z.enum(['unsubscribed', 'slower', 'paused', 'topics']);
export type Outcome = z.infer<typeof Outcome>;

/** Somebody came to leave: what they chose, and the mailing they came from. Reports are built from these. */
export const Departure = z.object({
  format: z.literal(1),
  day: z.string(),
  id: z.string(),
  personId: z.string(),
  at: z.number(),
  mailingId: z.string().nullable(),
  door: Door,
  outcome: Outcome,
  reason: z.object({ choice: z.string().nullable(), words: z.string().nullable() }).nullable(),
  undoneAt: z.number().nullable(),
});
export type Departure = z.infer<typeof Departure>;

export type DepartureName = Pick<Departure, 'day' | 'id'>;

export async function readDeparture(
  { table }: Pick<Ports, 'table'>,
  { day, id }: DepartureName,
): Promise<Versioned<Departure> | undefined> {
  const row = await table.get(keys.departure(day, id));
  return row && { it: Departure.parse(row.data), version: row.version };
}

export function departureWrite(departure: Departure, expected: number): Write {
  return {
    kind: 'put',
    key: keys.departure(departure.day, departure.id),
    data: departure,
    expected,
  };
}

/**
 * One line a person, mailing and day: who first chose a slower pace and then left is one departure,
 * and the mailing's figures move with it.
 */
export async function departing(
  ports: Pick<Ports, 'table'>,
  facts: {
    readonly brand: Pick<Brand, 'timeZone'>;
    readonly personId: string;
    readonly mailingId: string | null;
    readonly door: Door;
    readonly outcome: Outcome;
    readonly now: Instant;
  },
): Promise<{ readonly name: DepartureName; readonly writes: Write[] }> {
  const { personId, mailingId, door, outcome, now } = facts;
  const day = wallTimeIn(facts.brand.timeZone, now).date;
  const id = `${personId}.${mailingId ?? 'no-mailing'}`;
  const before = await readDeparture(ports, { day, id });
  const departure: Departure = {
    format: 1,
    day,
    id,
    personId,
    at: now,
    mailingId,
    door,
    outcome,
    reason: before?.it.reason ?? null,
    undoneAt: null,
  };
  return {
    name: { day, id },
    writes: [departureWrite(departure, before?.version ?? 0), ...figuresOf(before?.it, departure)],
  };
}

/** It was a mistake: the line stays and says so, and the figures are as they were. */
export function undoing(departure: Versioned<Departure>, now: Instant): Write[] {
  const after = { ...departure.it, undoneAt: now };
  return [departureWrite(after, departure.version), ...figuresOf(departure.it, after)];
}

/** The figures of the mailing they came from, and those of the house on that day. */
function figuresOf(before: Departure | undefined, after: Departure): Write[] {
  const { mailingId, day, id } = after;
  const ofHouse = houseDayWrites(day, moved(before, after, exitOf), id);
  const change = moved(before, after, ({ outcome }) =>
    outcome === 'unsubscribed' ? 'unsubscribed' : 'retained',
  );
  const isCounted = mailingId !== null && !isServiceMailing(mailingId);
  return isCounted && Object.keys(change).length > 0
    ? [figureWrite(mailingId, change, after.personId), ...ofHouse]
    : ofHouse;
}

/** By which door, and what they chose there: who saw no page was offered nothing else. */
export const exitOf = ({ door, outcome }: Pick<Departure, 'door' | 'outcome'>) =>
  `exit:${door}:${outcome}` as const;

function moved(
  before: Departure | undefined,
  after: Departure,
  nameOf: (departure: Departure) => string,
): Record<string, number> {
  const counters: Record<string, number> = {};
  const count = (departure: Departure | undefined, by: number) => {
    if (!departure || departure.undoneAt !== null) return;
    const name = nameOf(departure);
    counters[name] = (counters[name] ?? 0) + by;
  };
  count(before, -1);
  count(after, 1);
  return Object.fromEntries(Object.entries(counters).filter(([, by]) => by !== 0));
}
