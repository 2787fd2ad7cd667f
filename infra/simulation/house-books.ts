import type { Line } from '../../functions/mail/delivery.ts';
import type { Departure } from '../../functions/preferences/departure.ts';
import type { Account } from './account.ts';
import { placeOf } from './books.ts';
import type { Applied } from './memory-table.ts';

type Sums = Map<string, number>;

/**
 * The sums of the whole house move in the same write as what they sum: departures on their own day,
 * mails and what came back on the day it became known, sign-ups that wait for their yes. Told here
 * from the rows once more, so that the product's own count is not its own witness.
 */
export class HouseBooks {
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  written(applied: readonly Applied[]): void {
    const sums: Sums = new Map();
    for (const { write, before, after } of applied) {
      const { pk } = write.key;
      count(sums, pk, before?.data, -1);
      count(sums, pk, after?.data, 1);
    }
    const off = [...sums].filter(([, sum]) => sum !== 0);
    if (off.length > 0)
      this.#account.breaks('I5', `a write moved the house without its sums: ${off.join('; ')}`);
  }
}

function count(sums: Sums, pk: string, data: unknown, by: number): void {
  if (data === undefined) return;
  const add = (name: string, sum: number) => sums.set(name, (sums.get(name) ?? 0) + by * sum);
  const [room, day] = pk.split('#');
  switch (room ?? '') {
    case 'log':
      for (const line of (data as { readonly lines: readonly Line[] }).lines) {
        const { e = 0 } = line;
        if (placeOf(line) === 'accepted') add('accepted', 1);
        if ((e & 16) !== 0) add('dead', 1);
        if ((e & 32) !== 0) add('complained', 1);
      }
      return;
    case 'departures': {
      const { door, outcome, undoneAt } = data as Departure;
      if (undoneAt === null) add(`${day} exit:${door}:${outcome}`, 1);
      return;
    }
    case 'pending': {
      const { confirmedAt, moves } = data as { confirmedAt: number | null; moves: string | null };
      if (confirmedAt === null && moves === null) add('asked', 1);
      return;
    }
    case 'house-day':
      for (const [name, sum] of Object.entries(data as Record<string, number>))
        add(name.startsWith('exit:') ? `${day} ${name}` : name, -sum);
      return;
    case 'house-now':
      for (const [name, sum] of Object.entries(data as Record<string, number>)) add(name, -sum);
  }
}
