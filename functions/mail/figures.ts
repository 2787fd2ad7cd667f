import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import type { Write } from '../base/ports.ts';
import type { LeftOut, Line } from './delivery.ts';
import { toldFigures } from './told.ts';

/** Counters of a mailing stand on this many rows, so that no single row is hot. */
export const FIGURE_SHARDS = 8;

/** Where a line stands in the books: candidates = accepted + held + digest + dropped + refused + uncertain + open. */
export const PLACES = [
  'open',
  'accepted',
  'held',
  'digest',
  'dropped',
  'refused',
  'uncertain',
] as const;
export type Place = (typeof PLACES)[number];

export type Counters = Record<string, number>;

export type Figures = Record<Place, number> & {
  readonly candidates: number;
  readonly byReason: Record<string, number>;
  readonly deliveredInDigests: number;
  /** What waited for a reader's letter and was left out of it in the end, and why. */
  readonly leftOutOfDigests: number;
  readonly leftOutByReason: Record<string, number>;
  readonly delivered: number;
  readonly bounced: number;
  /** Of those that came back: the address does not exist. */
  readonly dead: number;
  readonly complained: number;
  readonly clicked: number;
  /** Clicks of what follows every link of a letter at once: counted apart, and they mean nothing. */
  readonly clickedByMachines: number;
  readonly unsubscribed: number;
  readonly retained: number;
};

export function placeOf(line: Line): Place {
  switch (line.d) {
    case 'send':
      return line.o ?? 'open';
    case 'hold':
      return 'held';
    case 'digest':
      return 'digest';
    case 'drop':
      return 'dropped';
  }
}

/** What a change of lines adds to the counters. Summed in the same write as the lines, so they never drift. */
export function figureChange(before: readonly Line[], after: readonly Line[]): Counters {
  const counters: Counters = {};
  const add = (name: string, by: number) => {
    counters[name] = (counters[name] ?? 0) + by;
  };
  for (const [lines, by] of [
    [before, -1],
    [after, 1],
  ] as const)
    for (const line of lines) {
      add('candidates', by);
      add(placeOf(line), by);
      add(`by:${line.r}`, by);
      for (const name of toldFigures(line)) add(name, by);
    }
  return Object.fromEntries(Object.entries(counters).filter(([, by]) => by !== 0));
}

/** Adds to a mailing's counters, on the shard that the seed falls on. */
export function figureWrite(mailingId: string, counters: Counters, seed: string): Write {
  return {
    kind: 'add',
    key: keys.figures(mailingId, shardOf(seed, FIGURE_SHARDS)),
    counters,
  };
}

/**
 * What waited in letters and was left out there, with its reason, on the books of the campaigns it
 * came from; `by` is -1 when it waits again.
 */
export function leftOutWrites(
  out: readonly LeftOut[],
  publications: ReadonlyMap<number, { readonly mailingId: string }>,
  { seed, by = 1 }: { readonly seed?: string; readonly by?: 1 | -1 } = {},
): Write[] {
  const byMailing = new Map<string, Counters>();
  for (const { n, r } of out) {
    const mailingId = publications.get(n)?.mailingId;
    if (mailingId === undefined) continue;
    const counters = byMailing.get(mailingId) ?? {};
    byMailing.set(mailingId, counters);
    for (const name of ['leftOut', `out:${r}`]) counters[name] = (counters[name] ?? 0) + by;
  }
  return [...byMailing].map(([mailingId, counters]) =>
    figureWrite(mailingId, counters, seed ?? mailingId),
  );
}

/** Counters of one kind, by the rest of their name: `link:` for each counted link, `answer:` for each answer. */
export function countersOf(prefix: string, rows: readonly Counters[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      if (!name.startsWith(prefix)) continue;
      const rest = name.slice(prefix.length);
      sums[rest] = (sums[rest] ?? 0) + value;
    }
  return sums;
}

/** The books of a mailing from its counter rows. */
export function figuresFrom(rows: readonly Counters[]): Figures {
  const sum: Counters = {};
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) sum[name] = (sum[name] ?? 0) + value;
  const of = (name: string) => sum[name] ?? 0;
  const each = (prefix: string) =>
    Object.fromEntries(
      Object.entries(sum)
        .filter(([name, value]) => name.startsWith(prefix) && value !== 0)
        .map(([name, value]) => [name.slice(prefix.length), value])
        .sort(),
    ) as Record<string, number>;
  return {
    candidates: of('candidates'),
    open: of('open'),
    accepted: of('accepted'),
    held: of('held'),
    digest: of('digest'),
    dropped: of('dropped'),
    refused: of('refused'),
    uncertain: of('uncertain'),
    byReason: each('by:'),
    deliveredInDigests: of('inLetters'),
    leftOutOfDigests: of('leftOut'),
    leftOutByReason: each('out:'),
    delivered: of('delivered'),
    bounced: of('bounced'),
    dead: of('dead'),
    complained: of('complained'),
    clicked: of('clicked'),
    clickedByMachines: of('clickedByMachines'),
    unsubscribed: of('unsubscribed'),
    retained: of('retained'),
  };
}
