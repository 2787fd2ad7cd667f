import type { Mailer, Ports, Table, Write } from '../../functions/base/ports.ts';
import type { Workers } from '../local/runner.ts';

/** What the workers asked of the table and of the mailer. */
export type Seen = {
  rowsRead: number;
  readerRowsWritten: number;
  logRowsWritten: number;
  otherRowsWritten: number;
  calls: number;
  mails: number;
  firstMailAt: number | undefined;
  lastMailAt: number | undefined;
  plannedAt: number | undefined;
};

/** The same workers, with somebody who counts between them and their table and mailer. */
export function watched(workers: Workers): {
  readonly workers: Workers;
  readonly seen: Seen;
  /** What was seen until now is not counted. */
  readonly begin: () => void;
} {
  const seen = nothing();
  let known: Ports | undefined;
  const through = (ports: Ports): Ports =>
    (known ??= {
      ...ports,
      table: watchedTable(ports.table, seen),
      mailer: watchedMailer(ports.mailer, seen),
    });
  return {
    seen,
    begin: () => void Object.assign(seen, nothing()),
    workers: {
      service: (ports, messages) => workers.service(through(ports), messages),
      editorial: (ports, messages) => workers.editorial(through(ports), messages),
      work: (ports, messages) => workers.work(through(ports), messages),
    },
  };
}

const nothing = (): Seen => ({
  rowsRead: 0,
  readerRowsWritten: 0,
  logRowsWritten: 0,
  otherRowsWritten: 0,
  calls: 0,
  mails: 0,
  firstMailAt: undefined,
  lastMailAt: undefined,
  plannedAt: undefined,
});

function watchedTable(table: Table, seen: Seen): Table {
  const read = <Rows extends { readonly length: number }>(rows: Rows): Rows => {
    seen.rowsRead += rows.length;
    return rows;
  };
  async function* each<Row>(rows: AsyncIterable<Row>): AsyncIterable<Row> {
    for await (const row of rows) {
      seen.rowsRead += 1;
      yield row;
    }
  }
  const write = (writes: readonly Write[]) => {
    for (const one of writes) note(one, seen);
  };
  return {
    get: async (key) => {
      seen.rowsRead += 1;
      return table.get(key);
    },
    getMany: async (keys) => read(await table.getMany(keys)),
    query: (...asked) => each(table.query(...asked)),
    scanPeople: async (...asked) => {
      const page = await table.scanPeople(...asked);
      read(page.rows);
      return page;
    },
    due: (...asked) => each(table.due(...asked)),
    writeAll: async (writes) => {
      const outcome = await table.writeAll(writes);
      write(writes);
      return outcome;
    },
    writeEach: async (writes) => {
      const outcomes = await table.writeEach(writes);
      write(writes);
      return outcomes;
    },
  };
}

function note(write: Write, seen: Seen): void {
  const { pk, sk } = write.key;
  if (sk === 'reader') seen.readerRowsWritten += 1;
  else if (pk.startsWith('log#')) seen.logRowsWritten += 1;
  else seen.otherRowsWritten += 1;
  const isHead = write.kind === 'put' && sk === 'head';
  if (isHead && (write.data as { readonly planned?: boolean }).planned)
    seen.plannedAt ??= performance.now();
}

function watchedMailer(mailer: Mailer, seen: Seen): Mailer {
  return {
    ...(mailer.canary === undefined ? {} : { canary: mailer.canary }),
    account: () => mailer.account(),
    find: (tags) => mailer.find(tags),
    send: async (call) => {
      const outcomes = await mailer.send(call);
      const now = performance.now();
      seen.calls += 1;
      seen.mails += outcomes.filter(({ kind }) => kind === 'accepted').length;
      seen.firstMailAt ??= now;
      seen.lastMailAt = now;
      return outcomes;
    },
  };
}
