import type { Line } from '../../functions/mail/delivery.ts';
import type { Account } from './account.ts';
import type { Applied } from './memory-table.ts';

type Counters = Record<string, number>;

const PLACES = ['open', 'accepted', 'held', 'digest', 'dropped', 'refused', 'uncertain'] as const;

/** Where a line stands, told here once more so that the product's own count is not its own witness. */
export function placeOf({ d, o }: Pick<Line, 'd' | 'o'>): (typeof PLACES)[number] {
  if (d === 'send') return o ?? 'open';
  if (d === 'hold') return 'held';
  return d === 'digest' ? 'digest' : 'dropped';
}

/** What lines come to: how many candidates, where each stands, and for which reason. */
export function countsOf(lines: readonly Line[]): Counters {
  const counts: Counters = {};
  for (const line of lines)
    for (const name of ['candidates', placeOf(line), `by:${line.r}`])
      counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const isCounted = (name: string) =>
  name === 'candidates' || name.startsWith('by:') || (PLACES as readonly string[]).includes(name);

/** The books balance in every single write: lines and counters move together or not at all. */
export class Books {
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  written(applied: readonly Applied[]): void {
    const moved = new Map<string, Counters>();
    const add = (mailing: string, counters: Counters, by: number) => {
      const sum = moved.get(mailing) ?? {};
      moved.set(mailing, sum);
      for (const [name, count] of Object.entries(counters))
        if (isCounted(name)) sum[name] = (sum[name] ?? 0) + by * count;
    };
    for (const { write, before, after } of applied) {
      const { pk, sk } = write.key;
      if (pk.startsWith('log#')) {
        const mailing = pk.split('#')[1]!;
        add(mailing, countsOf(linesOf(before?.data)), -1);
        add(mailing, countsOf(linesOf(after?.data)), 1);
      } else if (pk.startsWith('mailing#') && sk.startsWith('figures#')) {
        const mailing = pk.slice('mailing#'.length);
        add(mailing, countersOf(before?.data), 1);
        add(mailing, countersOf(after?.data), -1);
      }
    }
    if (moved.size > 0) this.#account.asks('I5', moved.size);
    for (const [mailing, counters] of moved) {
      const off = Object.entries(counters).filter(([, count]) => count !== 0);
      if (off.length > 0)
        this.#account.breaks(
          'I5',
          `a write moved the lines of ${mailing} without its counters: ${JSON.stringify(Object.fromEntries(off))}`,
        );
    }
  }
}

const linesOf = (data: unknown) => (data as { readonly lines: Line[] } | undefined)?.lines ?? [];
const countersOf = (data: unknown) => (data ?? {}) as Counters;
