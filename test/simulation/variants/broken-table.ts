import type { Ports, Row, Table, Write } from '../../../functions/base/ports.ts';
import { MINUTE } from '../../../functions/base/time.ts';
import type { Delivery, Line } from '../../../functions/mail/delivery.ts';
import type { Reader } from '../../../functions/people/person.ts';

/** Tables that break one promise each. Nothing in the product knows of them. */

type Put = Extract<Write, { kind: 'put' }>;
type BrokenTable = (table: Table) => Table;

export const withTable =
  (broken: BrokenTable) =>
  (ports: Ports): Ports => ({ ...ports, table: broken(ports.table) });

const isReader = (write: Write): write is Put => write.kind === 'put' && write.key.sk === 'reader';
const isLogRow = (write: Write): write is Put =>
  write.kind === 'put' && write.key.pk.startsWith('log#');
const isCursor = ({ key }: Write) => key.sk.startsWith('cursor#');
const isCounter = (write: Write) => write.kind === 'add';
const isReceipt = ({ key }: Write) => key.pk.startsWith('ledger#');

const lastWins = (write: Put): Put => {
  const { expected: _, ...rest } = write;
  return rest;
};

/** A claim that does not ask whether the row is still as it was read: two take the last place under a cap. */
export const capBeforeClaim: BrokenTable = (table) => ({
  ...table,
  writeEach: (writes) =>
    table.writeEach(writes.map((one) => (isReader(one) ? lastWins(one) : one))),
});

/** What a reader chose is written over whatever stands there: a turn taken meanwhile is lost. */
export const choiceWithoutVersion: BrokenTable = (table) => ({
  ...table,
  writeAll: (writes) =>
    table.writeAll(
      writes.some(isReceipt) ? writes.map((one) => (isReader(one) ? lastWins(one) : one)) : writes,
    ),
});

/** The mark is no lock: every worker that comes gets past it. */
export const markWithoutVersion: BrokenTable = (table) => ({
  ...table,
  writeAll: (writes) => table.writeAll(writes.map((one) => (isLogRow(one) ? lastWins(one) : one))),
});

/** In two writes instead of one: a crash comes between them. */
const apart =
  (first: (write: Write) => boolean): BrokenTable =>
  (table) => ({
    ...table,
    writeAll: async (writes) => {
      const early = writes.filter(first);
      const late = writes.filter((write) => !first(write));
      if (early.length === 0 || late.length === 0) return table.writeAll(writes);
      const outcome = await table.writeAll(early);
      return outcome === 'written' ? table.writeAll(late) : outcome;
    },
  });

export const cursorApartFromRows = apart(isCursor);
/** That somebody is to be welcomed stands nowhere but in a message. */
export const welcomeNotNoted: BrokenTable = (table) => ({
  ...table,
  writeAll: (writes) =>
    table.writeAll(writes.filter(({ kind, key }) => kind !== 'put' || key.pk !== 'agenda#welcome')),
});
/** Counted first and written after: what is written again is counted again. */
export const countedApart = apart(isCounter);
/** The turn is given back before it is known who has the row. */
export const givenBackBeforeTheMark: BrokenTable = (table) => ({
  ...table,
  writeAll: async (writes) => {
    const readers = writes.filter(isReader);
    if (readers.length === 0 || !writes.some(isLogRow)) return table.writeAll(writes);
    await table.writeEach(readers);
    return table.writeAll(writes.filter((write) => !isReader(write)));
  },
});

/** A worker does not know its own turn again after a crash, and takes it for a mail already sent. */
export const ownTurnTakenForSent: BrokenTable = (table) => ({
  ...table,
  getMany: async (keys) => (await table.getMany(keys)).map(asIfOthers),
});

function asIfOthers(row: Row | undefined): Row | undefined {
  if (row?.key.sk !== 'reader') return row;
  const reader = row.data as Reader;
  return {
    ...row,
    data: { ...reader, recent: reader.recent.map((turn) => ({ ...turn, b: '?' })) },
  };
}

/** A worker does not see that its row is to wait until the first part has been judged. */
export const allGoAhead: BrokenTable = (table) => ({
  ...table,
  get: async (key) => {
    const row = await table.get(key);
    if (!row?.key.pk.startsWith('log#')) return row;
    const { before: _before, ...data } = row.data as Delivery;
    return { ...row, data };
  },
});

/** What is in doubt is sent again after a quarter of an hour without an answer. */
export const sentAgainOnSilence: BrokenTable = (table) => ({
  ...table,
  writeAll: (writes) => table.writeAll(doubtsReopened(writes)),
});

function doubtsReopened(writes: readonly Write[]): readonly Write[] {
  const log = writes.find(isLogRow);
  const row = log?.data as Delivery | undefined;
  const doubtful = row?.lines.filter(({ o }) => o === 'uncertain').length ?? 0;
  if (!log || !row || doubtful === 0) return writes;
  const reopened = (line: Line): Line => (line.o === 'uncertain' ? { ...line, o: 'open' } : line);
  const lines = row.lines.map(reopened);
  const at = (row.calledAt ?? 0) + 15 * MINUTE;
  return writes.map((write) => {
    if (write === log)
      return {
        ...log,
        data: { ...row, state: 'planned', lines },
        due: { shard: 0, at },
      };
    if (write.kind !== 'add' || write.counters['uncertain'] === undefined) return write;
    const { uncertain, ...counters } = write.counters;
    return { ...write, counters: { ...counters, open: (counters['open'] ?? 0) + uncertain } };
  });
}
