import { describe, expect, test } from 'vitest';
import { keys } from '../../functions/base/keys.ts';
import type { Outcome, Ports, Table, Write } from '../../functions/base/ports.ts';
import { openDay } from '../../functions/mail/rest.ts';
import type { Mailing } from '../../functions/mail/mailing.ts';
import { MemoryTable } from '../../infra/simulation/memory-table.ts';
import { plainTable } from '../../infra/simulation/plain-ports.ts';

const NOW = Date.parse('2026-02-25T08:00:00Z');
const DATE = '2026-02-25';
const mailing: Mailing = {
  format: 1,
  ...{ mailingId: `welcome-${DATE}`, kind: 'note', state: 'sending', blockedBecause: null },
  ...{ number: null, topic: null, segments: 16, planned: false },
  ...{ startedAt: NOW, finishedAt: null, wallTime: null },
};
const restKey = keys.agenda('rest-mailing', mailing.mailingId);
const headKey = keys.mailing(mailing.mailingId);

/** A process that dies when it has had so many of its writes done. */
function dyingAfter(table: Table, writes: number): Pick<Ports, 'table'> {
  let left = writes;
  const done = (count: number) => {
    if (count > left) throw new Error('died');
    left -= count;
  };
  return {
    table: {
      ...table,
      writeAll: async (all) => {
        done(1);
        return table.writeAll(all);
      },
      writeEach: async (each: readonly Write[]) => {
        const outcomes: Outcome[] = [];
        for (const one of each) {
          done(1);
          outcomes.push(...(await table.writeEach([one])));
        }
        return outcomes;
      },
    },
  };
}

describe('the mailing of a day', () => {
  test.each([0, 1, 2, 3])(
    'that is open comes to rest, whoever died %i writes into opening it',
    async (writes) => {
      const table = plainTable(new MemoryTable());
      await openDay(dyingAfter(table, writes), mailing, DATE, NOW).catch(() => undefined);
      const [head, rest] = await table.getMany([headKey, restKey]);
      expect(rest !== undefined).toBe(head !== undefined);
    },
  );

  test('that has come to rest is looked at again for who comes late to it', async () => {
    const table = plainTable(new MemoryTable());
    expect(await openDay({ table }, mailing, DATE, NOW)).toBe('written');
    const rest = await table.get(restKey);
    await table.writeAll([{ kind: 'remove', key: restKey, expected: rest!.version }]);
    expect(await openDay({ table }, mailing, DATE, NOW)).toBe('conflict');
    expect(await table.get(restKey)).toBeDefined();
  });
});
