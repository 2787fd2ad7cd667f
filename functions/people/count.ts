import { shardOf } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { asksProfile, compileCondition, type Condition } from './condition.ts';
import { askedOf, peopleIn, readersIn, readPeople, type Person } from './store.ts';

const SEGMENTS = 4;
const PEOPLE_A_PAGE = 200;
export const SAMPLE = 5;
const SPREAD = 2 ** 31;

export type Counted = {
  readonly people: number;
  /** A few of them, drawn by chance that stays the same: who looks twice sees the same people. */
  readonly sample: readonly Person[];
};

/**
 * How many people a condition holds for, and a few of them, in one reading of everybody: of their
 * reader rows alone where it asks nothing else.
 */
export async function countPeople(
  ports: Pick<Ports, 'table'>,
  condition: Condition,
  now: Instant,
): Promise<Counted> {
  const parts = await Promise.all(
    Array.from({ length: SEGMENTS }, (_, index) => countPart(ports, condition, now, index)),
  );
  const drawn = parts.flatMap((part) => part.drawn).sort(byLot);
  const sample = await readPeople(
    ports,
    drawn.slice(0, SAMPLE).map(({ personId }) => personId),
  );
  return {
    people: parts.reduce((sum, { people }) => sum + people, 0),
    sample: sample.filter((person) => person !== undefined),
  };
}

/** Somebody and their lot: those with the lowest are shown. */
type Drawn = { readonly personId: string; readonly lot: number };
const byLot = (one: Drawn, other: Drawn) => one.lot - other.lot;

async function countPart(
  { table }: Pick<Ports, 'table'>,
  condition: Condition,
  now: Instant,
  index: number,
): Promise<{ readonly people: number; readonly drawn: readonly Drawn[] }> {
  const test = compileCondition(condition);
  const [rows, limit, someIn] = asksProfile(condition)
    ? (['all', 2 * PEOPLE_A_PAGE, peopleIn] as const)
    : (['readers', PEOPLE_A_PAGE, readersIn] as const);
  let people = 0;
  let drawn: Drawn[] = [];
  let from: string | undefined;
  do {
    const page = await table.scanPeople({ index, of: SEGMENTS }, from, limit, rows);
    from = page.next;
    for (const someone of someIn(page)) {
      if (!test(askedOf(someone), now)) continue;
      people += 1;
      const { personId } = someone.reader.it;
      const lot = shardOf(personId, SPREAD);
      // Nearly everybody draws too high a lot to be shown, and is not kept.
      if (drawn.length === SAMPLE && lot >= drawn[SAMPLE - 1]!.lot) continue;
      drawn = [...drawn, { personId, lot }].sort(byLot).slice(0, SAMPLE);
    }
  } while (from !== undefined);
  return { people, drawn };
}
