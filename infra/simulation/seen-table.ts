import type { Key, Outcome, Row, Table, Write } from '../../functions/base/ports.ts';
import type { Engine, Process } from './engine.ts';
import type { MemoryTable } from './memory-table.ts';
import type { Weather } from './weather.ts';

const READ_MS = 4;
const WRITE_MS = 8;
const ROWS_A_PAGE = 50;

/** The table as one process sees it: every call takes its time, and may fail or be the last. */
export function seenTable(
  { engine, weather, memory }: { engine: Engine; weather: Weather; memory: MemoryTable },
  process: Process,
): Table {
  const read = <Answer>(what: string, done: () => Answer) =>
    engine.step(process, weather.step(what, READ_MS), done);
  const write = <Answer>(what: string, done: () => Answer) =>
    engine.step(process, weather.step(what, WRITE_MS), done);
  const visibleAt = () => {
    const { indexLagMs } = weather.faults;
    return indexLagMs === 0 ? -Infinity : engine.now + weather.chance.below(indexLagMs);
  };

  return {
    get: (key) => read(`get ${nameOf(key)}`, () => memory.get(key)),
    getMany: async (keys) =>
      keys.length === 0
        ? []
        : read(`get ${keys.map(nameOf).join(', ')}`, () => keys.map((key) => memory.get(key))),
    query: (table, pk, range = {}) =>
      pages(async (last) => {
        const limit = Math.min(ROWS_A_PAGE, (range.limit ?? Infinity) - last.rows);
        const after = last.row?.key.sk ?? range.after;
        const wanted = { ...range, limit, ...(after === undefined ? {} : { after }) };
        const rows = await read(`query ${pk}`, () => memory.query(table, pk, wanted));
        return { rows, isLast: rows.length < limit || limit < ROWS_A_PAGE };
      }),
    scanPeople: (segment, from, limit, kind = 'all') =>
      read(`scan ${segment.index}/${segment.of} after ${from ?? ''}`, () =>
        memory.scanPeople(segment, from, limit, { kind, peopleMost: weather.faults.peopleAPage }),
      ),
    due: (table, shard, until, after) => {
      const look = () => memory.due(table, shard, until, after, engine.now);
      // Most shards have nothing due at most moments, and a tick looks at them all.
      if (look().length === 0) return NOTHING;
      return pages(async () => ({
        rows: await read(`due ${table} ${shard}`, look),
        isLast: true,
      }));
    },
    writeAll: (writes) =>
      write(`write ${writes.map(whatOf).join(', ')}`, () => memory.writeAll(writes, visibleAt())),
    // Each on its own: others' writes come in between, and some are done when others are not.
    writeEach: (writes) =>
      Promise.all(
        writes.map((one): Promise<Outcome> =>
          write(`write ${whatOf(one)}`, () => memory.writeOne(one, visibleAt())),
        ),
      ),
  };
}

const NOTHING: AsyncIterable<Row> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

type Page = { readonly rows: readonly Row[]; readonly isLast: boolean };
type Last = { readonly row: Row | undefined; readonly rows: number };

async function* pages(read: (last: Last) => Promise<Page>): AsyncIterable<Row> {
  let last: Last = { row: undefined, rows: 0 };
  for (;;) {
    const { rows, isLast } = await read(last);
    yield* rows;
    if (isLast) return;
    last = { row: rows.at(-1), rows: last.rows + rows.length };
  }
}

const nameOf = ({ pk, sk }: Key) => `${pk}/${sk}`;
const whatOf = (write: Write) =>
  `${write.kind} ${nameOf(write.key)}${'expected' in write ? `@${write.expected}` : ''}`;
