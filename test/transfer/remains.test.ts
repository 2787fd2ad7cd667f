import { expect, test } from 'vitest';
import { keys } from '../../functions/base/keys.ts';
import type { Files, Ports, Table } from '../../functions/base/ports.ts';
import { beginImport, receivePiece } from '../../functions/transfer/receive.ts';
import { startCheck, startRun, stepImport } from '../../functions/transfer/run-import.ts';
import { readImport } from '../../functions/transfer/store.ts';
import { MemoryTable } from '../../infra/simulation/memory-table.ts';
import { plainTable } from '../../infra/simulation/plain-ports.ts';

const FILE = 'email;texte\nzoe@example.org;Oui\nana@example.org;Oui\nzoe@example.org;Oui\n';
const PLAN = {
  columns: ['email' as const, 'proofWords' as const],
  topics: [],
  proof: { kind: 'full' as const, method: 'paper' as const, on: '2026-01-05' },
};

function house() {
  const kept = new Map<string, { bytes: Uint8Array; type: string }>();
  let drawn = 0;
  const files: Files = {
    put: async (key, bytes, type) => void kept.set(key, { bytes, type }),
    get: async (key) => kept.get(key),
    remove: async (key) => void kept.delete(key),
  };
  const ports: Ports = {
    now: () => Date.parse('2026-02-25T08:00:00Z'),
    wait: async () => undefined,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => (drawn += 1) % 256),
    table: plainTable(new MemoryTable()),
    mailer: {
      send: async () => [],
      account: async () => Promise.reject(new Error('nobody asks')),
      find: async () => 'unknown',
    },
    queue: { post: async () => undefined },
    files,
    secrets: { links: { current: 'k', keys: { k: 'a key' } }, addresses: 'another' },
    publicUrl: 'https://letters.example.com',
  };
  return { ports, kept };
}

/** A process that dies when it has changed something so many times. */
function dyingAfter(ports: Ports, changes: number): Ports {
  let left = changes;
  const dies = () => {
    left -= 1;
    if (left < 0) throw new Error('died');
  };
  const table: Table = {
    ...ports.table,
    writeAll: async (writes) => {
      dies();
      return ports.table.writeAll(writes);
    },
    writeEach: async (writes) => {
      dies();
      return ports.table.writeEach(writes);
    },
  };
  const files: Files = {
    ...ports.files,
    put: async (...put) => {
      dies();
      return ports.files.put(...put);
    },
    remove: async (key) => {
      dies();
      return ports.files.remove(key);
    },
  };
  return { ...ports, table, files };
}

/** As the tick does, until nothing is on the agenda for it. */
async function untilOver(ports: Ports, importId: string): Promise<void> {
  while (await ports.table.get(keys.agenda('import', importId))) await stepImport(ports, importId);
}

test.each(Array.from({ length: 14 }, (_, changes) => changes))(
  'nothing of a file is kept once it is over, whoever died %i changes into it',
  async (changes) => {
    const { ports, kept } = house();
    const { importId } = await beginImport(ports, { name: 'Till', by: { id: 'k', name: 'k' } });
    await receivePiece(ports, importId, { index: 0, text: FILE, last: true });
    await startCheck(ports, importId, PLAN);
    await stepImport(dyingAfter(ports, changes), importId).catch(() => undefined);
    await untilOver(ports, importId);
    await startRun(ports, importId);
    await stepImport(dyingAfter(ports, changes), importId).catch(() => undefined);
    await untilOver(ports, importId);
    const { it } = await readImport(ports, importId);
    expect(it).toMatchObject({ state: 'done', checked: { added: 2, known: 1 }, done: 3 });
    expect([...kept.keys()]).toEqual([]);
  },
);
