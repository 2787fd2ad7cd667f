import type { Ports, Row, Table, Write } from '../../../functions/base/ports.ts';
import type { Instant } from '../../../functions/base/time.ts';
import { InjectedFault } from '../../../infra/simulation/engine.ts';

/**
 * Two releases at once: from a moment on every second process is of the newer one, some minutes
 * later all are. The newer writes rows of the delivery log in a format that the older does not know,
 * and reads both.
 */
export function twoReleases({ from, until }: { readonly from: Instant; readonly until: Instant }) {
  const met = { tooNew: 0, older: 0 };
  let processes = 0;
  const through = (ports: Ports): Ports => {
    processes += 1;
    const isSecond = processes % 2 === 0;
    const isOlder = () => ports.now() < (isSecond ? until : from);
    const table = translated(ports.table, {
      read: (row) => {
        if (!isNew(row)) {
          if (isLog(row.key.pk)) met.older += 1;
          return row;
        }
        if (isOlder()) {
          met.tooNew += 1;
          throw new InjectedFault('a row of a newer release');
        }
        return { ...row, data: { ...(row.data as object), format: 1 } };
      },
      write: (write) =>
        write.kind !== 'put' || !isLog(write.key.pk) || isOlder()
          ? write
          : { ...write, data: { ...(write.data as object), format: 2 } },
    });
    return { ...ports, table };
  };
  return { through, met };
}

const isLog = (pk: string) => pk.startsWith('log#');
const isNew = (row: Row) =>
  isLog(row.key.pk) && (row.data as { readonly format: number }).format === 2;

function translated(
  table: Table,
  { read, write }: { read: (row: Row) => Row; write: (write: Write) => Write },
): Table {
  async function* each(rows: AsyncIterable<Row>): AsyncIterable<Row> {
    for await (const row of rows) yield read(row);
  }
  return {
    ...table,
    get: async (key) => {
      const row = await table.get(key);
      return row && read(row);
    },
    getMany: async (keys) => (await table.getMany(keys)).map((row) => row && read(row)),
    query: (...asked) => each(table.query(...asked)),
    writeAll: (writes) => table.writeAll(writes.map(write)),
    writeEach: (writes) => table.writeEach(writes.map(write)),
  };
}
