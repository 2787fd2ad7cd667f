import { keys } from '../../functions/base/keys.ts';
import type { Delivery, Line } from '../../functions/mail/delivery.ts';
import { figuresFrom, FIGURE_SHARDS } from '../../functions/mail/figures.ts';
import type { World } from './world.ts';

export type Logged = { readonly row: Delivery; readonly line: Line; readonly index: number };

/** I8: a line knows what was told of it, whatever came first, late or more than once, and no more. */
export function judgeTold(
  { account, known, memory, teller, scenario, witness }: World,
  byMailing: ReadonlyMap<string, readonly Logged[]>,
): void {
  if (!scenario.faults.events) return;
  for (const [mailing, logged] of byMailing) {
    const sums = { delivered: 0, bounced: 0, complained: 0 };
    for (const { row, line, index } of logged) {
      const name = `${mailing} ${row.segment}-${row.sequence} ${index}`;
      const { e: bits = 0 } = line;
      const told = teller.told.get(name) ?? 0;
      account.asks('I8');
      // Opened again by hand and not sent after all, it is no mail's line any more.
      if (line.d !== 'send' && witness.again.wasLineOpened(name)) continue;
      if (bits !== told)
        account.breaks(
          'I8',
          `of ${name} ${told} was told, and it knows ${bits}`,
          known.nameOf(line.p),
        );
      if (told !== 0 && line.o === 'uncertain')
        account.breaks('I8', `${name} is uncertain after it was told of`, known.nameOf(line.p));
      if ((bits & 2) !== 0 && (bits & 24) === 0) sums.delivered += 1;
      if ((bits & 24) !== 0) sums.bounced += 1;
      if ((bits & 32) !== 0) sums.complained += 1;
    }
    const figures = figuresFrom(countersOf(memory, mailing));
    for (const name of ['delivered', 'bounced', 'complained'] as const)
      if (figures[name] !== sums[name])
        account.breaks('I5', `${mailing} has ${sums[name]} ${name}, and counts ${figures[name]}`);
  }
}

export const countersOf = (memory: World['memory'], mailing: string) =>
  Array.from(
    { length: FIGURE_SHARDS },
    (_, shard) => (memory.get(keys.figures(mailing, shard))?.data ?? {}) as Record<string, number>,
  );
