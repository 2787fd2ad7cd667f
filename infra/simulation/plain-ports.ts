import type { Row, Table } from '../../functions/base/ports.ts';
import type { MemoryTable } from './memory-table.ts';

/** The table answered at once and without a fault: for setting the scene, and for its own promises. */
export function plainTable(memory: MemoryTable): Table {
  return {
    get: async (key) => memory.get(key),
    getMany: async (keys) => keys.map((key) => memory.get(key)),
    query: (table, pk, range) => each(() => memory.query(table, pk, range)),
    scanPeople: async (segment, from, limit, kind = 'all') =>
      memory.scanPeople(segment, from, limit, { kind }),
    due: (table, shard, until, after) =>
      each(() => memory.due(table, shard, until, after, Infinity)),
    writeAll: async (writes) => memory.writeAll(writes),
    writeEach: async (writes) => writes.map((write) => memory.writeOne(write)),
  };
}

async function* each(read: () => readonly Row[]): AsyncIterable<Row> {
  yield* read();
}
