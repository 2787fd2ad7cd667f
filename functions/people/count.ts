import { shardOf } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { compileCondition, type Condition } from './condition.ts';
import { peopleIn, type Person } from './store.ts';

const SEGMENTS = 4;
const ROWS_A_PAGE = 400;
export const SAMPLE = 5;
const SPREAD = 2 ** 31;

export type Counted = {
  readonly people: number;
  /** A few of them, drawn by chance that stays the same: who looks twice sees the same people. */
  readonly sample: readonly Person[];
};

/** How many people a condition holds for, and a few of them, in one reading of everybody. */
export async function countPeople(
  ports: Pick<Ports, 'table'>,
  condition: Condition,
  now: Instant,
): Promise<Counted> {
  const parts = await Promise.all(
    Array.from({ length: SEGMENTS }, (_, index) => countPart(ports, condition, now, index)),
  );
  return {
    people: parts.reduce((sum, { people }) => sum + people, 0),
    sample: parts
      .flatMap(({ drawn }) => drawn)
      .sort(byLot)
      .slice(0, SAMPLE)
      .map(({ person }) => person),
  };
}

/** Somebody and their lot: those with the lowest are shown. */
type Drawn = { readonly person: Person; readonly lot: number };
const byLot = (one: Drawn, other: Drawn) => one.lot - other.lot;

async function countPart(
  { table }: Pick<Ports, 'table'>,
  condition: Condition,
  now: Instant,
  index: number,
): Promise<{ readonly people: number; readonly drawn: readonly Drawn[] }> {
  const test = compileCondition(condition);
  let people = 0;
  let drawn: Drawn[] = [];
  let from: string | undefined;
  do {
    const page = await table.scanPeople({ index, of: SEGMENTS }, from, ROWS_A_PAGE);
    from = page.next;
    for (const person of peopleIn(page)) {
      if (!test(askedOf(person), now)) continue;
      people += 1;
      const lot = shardOf(person.reader.it.personId, SPREAD);
      // Nearly everybody draws too high a lot to be shown, and is not kept.
      if (drawn.length === SAMPLE && lot >= drawn[SAMPLE - 1]!.lot) continue;
      drawn = [...drawn, { person, lot }].sort(byLot).slice(0, SAMPLE);
    }
  } while (from !== undefined);
  return { people, drawn };
}

/** Only what is asked for is read: a condition on the reader alone leaves the profile closed. */
function askedOf(person: Person) {
  return {
    reader: person.reader.it,
    get profile() {
      return person.profile.it;
    },
  };
}
