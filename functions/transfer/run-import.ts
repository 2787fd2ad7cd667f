import { log } from '../base/log.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { fingerprintOf } from '../base/seal.ts';
import { MINUTE } from '../base/time.ts';
import { keys } from '../base/keys.ts';
import { addPerson, type Touchpoint } from '../consent/add-person.ts';
import type { House } from '../consent/newcomer.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { findByAddresses, readBrand, readTopics, type Versioned } from '../people/store.ts';
import {
  NO_COUNTS,
  summed,
  type Import,
  type ImportCounts,
  type ImportPlan,
  type RefusedLine,
} from './import.ts';
import { readRow, type ReadRow } from './row.ts';
import {
  forgetRefused,
  forgetSeen,
  importWrite,
  keepSeen,
  readImport,
  readRows,
  readSeen,
  refusedWrites,
  removeFiles,
} from './store.ts';

/** To look at lines is cheap, to bring people in is not: a step takes some seconds either way. */
const ROWS_A_STEP = { checking: 10_000, running: 400 } as const;
const STEPS_A_CALL = 5;
const AT_ONCE = 16;
const LOOK_AGAIN_MS = 10 * MINUTE;
const LINE_OF_HEADER = 1;
/** Eleven letters are 66 bits: no two addresses of a file share them. */
const PRINT_LETTERS = 11;

/** Rehearses the whole file: nothing is written about anybody, and every line says how it would fare. */
export async function startCheck(
  ports: Ports,
  importId: string,
  plan: ImportPlan,
): Promise<Import> {
  const held = await readImport(ports, importId);
  const { it } = held;
  if (!['ready', 'checked'].includes(it.state)) throw notNow(it);
  if (plan.columns.length !== it.header.length)
    throw new Problem('input-invalid', {
      errors: [{ path: 'columns', detail: `the file has ${it.header.length} columns` }],
    });
  await mustBeOpen(ports, plan);
  return begin(ports, held, { state: 'checking', plan, checked: NO_COUNTS });
}

/** Does what was rehearsed. */
export async function startRun(ports: Ports, importId: string): Promise<Import> {
  const held = await readImport(ports, importId);
  if (held.it.state !== 'checked') throw notNow(held.it);
  await mustBeOpen(ports, held.it.plan!);
  const startedAt = ports.now();
  return begin(ports, held, { state: 'running', counts: NO_COUNTS, startedAt });
}

/** What has been taken stays; the rest will not be. */
export async function stopImport(ports: Ports, importId: string): Promise<Import> {
  const { it, version } = await readImport(ports, importId);
  if (it.state === 'done' || it.state === 'stopped') return it;
  const after: Import = { ...it, state: 'stopped', finishedAt: ports.now() };
  await write(ports, [importWrite(after, version), ...endWrites(it)]);
  await removeFiles(ports, it);
  return after;
}

/** Files that nobody ran are not kept. */
export async function forgetImport(ports: Ports, importId: string): Promise<void> {
  await stopImport(ports, importId);
  await ports.table.writeAll([{ kind: 'remove', key: keys.agenda('forget-import', importId) }]);
}

async function begin(
  ports: Ports,
  { it, version }: Versioned<Import>,
  change: Partial<Import>,
): Promise<Import> {
  await forgetRefused(ports, it.importId);
  const after: Import = { ...it, ...change, at: { portion: 0, row: 0 }, done: 0 };
  await write(ports, [importWrite(after, version), againWrite(ports, it.importId)]);
  await post(ports, it.importId);
  return after;
}

/** Goes on where it was, some hundreds of lines a step; each step is kept before the next begins. */
export async function stepImport(ports: Ports, importId: string): Promise<void> {
  for (let step = 0; step < STEPS_A_CALL; step += 1) {
    const held = await readImport(ports, importId);
    if (held.it.state !== 'checking' && held.it.state !== 'running') return;
    if ((await oneStep(ports, held)) === 'over') return;
  }
  await post(ports, importId);
}

async function oneStep(ports: Ports, { it, version }: Versioned<Import>): Promise<'more' | 'over'> {
  const { importId, at } = it;
  const mode = it.state === 'checking' ? 'checking' : 'running';
  if (at.portion >= it.portions) return finish(ports, { it, version });
  const rows = await readRows(ports, importId, at.portion);
  const some = rows.slice(at.row, at.row + ROWS_A_STEP[mode]);
  const firstLine = it.done + LINE_OF_HEADER + 1;
  const { counts, refused } = await doRows(ports, it, some, firstLine);
  const isEnd = at.row + some.length >= rows.length;
  const key = mode === 'checking' ? 'checked' : 'counts';
  const after: Import = {
    ...it,
    at: isEnd ? { portion: at.portion + 1, row: 0 } : { ...at, row: at.row + some.length },
    done: it.done + some.length,
    [key]: summed(it[key] ?? NO_COUNTS, counts),
  };
  const outcome = await ports.table.writeAll([
    importWrite(after, version),
    againWrite(ports, importId),
    ...refusedWrites(importId, at, refused),
  ]);
  // Somebody stopped it, or another worker is at it: what was taken twice was taken once.
  if (outcome === 'conflict') return 'over';
  if (mode === 'checking') await forgetSeen(ports, importId, it.done);
  return 'more';
}

async function finish(ports: Ports, { it, version }: Versioned<Import>): Promise<'over'> {
  const isRun = it.state === 'running';
  const after: Import = isRun
    ? { ...it, state: 'done', finishedAt: ports.now() }
    : { ...it, state: 'checked' };
  await ports.table.writeAll([
    importWrite(after, version),
    ...(isRun ? endWrites(it) : [removal(it)]),
  ]);
  if (isRun) await removeFiles(ports, it);
  else await forgetSeen(ports, it.importId, it.done);
  log('info', isRun ? 'import-done' : 'import-checked', { import: it.importId, rows: it.rows });
  return 'over';
}

type Done = { readonly counts: ImportCounts; readonly refused: RefusedLine[] };

/** How each of some rows fares: as foreseen by the addresses we know, or as it was taken. */
async function doRows(
  ports: Ports,
  it: Import,
  rows: readonly string[][],
  firstLine: number,
): Promise<Done> {
  const plan = it.plan!;
  const read = rows.map((row) => readRow(row, plan));
  const fates =
    it.state === 'checking' ? await foreseen(ports, it, read) : await taken(ports, it, plan, read);
  const refused: RefusedLine[] = [];
  const counts = { ...NO_COUNTS, byReason: {} as Record<string, number> };
  for (const [index, fate] of fates.entries()) {
    if (typeof fate === 'object') {
      refused.push({ line: firstLine + index, ...fate });
      counts.refused += 1;
      counts.byReason[fate.reason] = (counts.byReason[fate.reason] ?? 0) + 1;
      continue;
    }
    counts[fate] += 1;
    const row = read[index]!;
    if (plan.topics.length > 0 && 'input' in row) counts[row.isProven ? 'proven' : 'unproven'] += 1;
  }
  return { counts, refused };
}

type Fate = 'added' | 'known' | Omit<RefusedLine, 'line'>;
const ERASED: Fate = {
  reason: 'person-erased',
  column: 'email',
  detail: 'this person asked to be erased; only they can come back',
};

async function foreseen(ports: Ports, it: Import, read: readonly ReadRow[]): Promise<Fate[]> {
  const emails = [...new Set(read.flatMap((row) => ('email' in row ? [row.email] : [])))];
  const found = await findByAddresses(ports, emails);
  const known = new Map(emails.map((email, index) => [email, found[index]]));
  const seen = await readSeen(ports, it.importId, it.done);
  const fates = read.map((row): Fate => {
    if ('refused' in row) return row.refused;
    const address = known.get(row.email);
    if (address?.erasedAt != null) return ERASED;
    const print = fingerprintOf(ports, row.email).slice(0, PRINT_LETTERS);
    const isNew = address === undefined && !seen.has(print);
    seen.add(print);
    return isNew ? 'added' : 'known';
  });
  await keepSeen(ports, it.importId, it.done + read.length, seen);
  return fates;
}

async function taken(
  ports: Ports,
  it: Import,
  plan: ImportPlan,
  read: readonly ReadRow[],
): Promise<Fate[]> {
  const [brand, topics] = await Promise.all([readBrand(ports), readTopics(ports)]);
  const from: Touchpoint = {
    source: `import:${plan.proof.kind === 'declared' ? plan.proof.source : it.name}`,
    surface: { name: `import ${it.name}`, version: it.importId, url: '/api/v1/imports' },
    name: it.name,
    declared: plan.proof.kind === 'declared',
  };
  const fates: Fate[] = [];
  for (let first = 0; first < read.length; first += AT_ONCE) {
    const some = read.slice(first, first + AT_ONCE);
    fates.push(
      ...(await Promise.all(some.map((row) => take(ports, { brand, topics }, row, from)))),
    );
  }
  return fates;
}

async function take(ports: Ports, house: House, row: ReadRow, from: Touchpoint): Promise<Fate> {
  if ('refused' in row) return row.refused;
  try {
    const { created } = await addPerson(ports, house, row.input, from);
    return created ? 'added' : 'known';
  } catch (error) {
    // Two rows of one person meet here; the next attempt of the step sees both.
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    if (error.code === 'person-erased') return ERASED;
    const [first] = error.errors ?? [];
    return {
      reason: error.code,
      column: first?.path ?? null,
      detail: first?.detail ?? error.message,
    };
  }
}

async function mustBeOpen(ports: Pick<Ports, 'table'>, { topics }: ImportPlan): Promise<void> {
  const all = await readTopics(ports);
  const open = new Set(all.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id));
  const errors = topics
    .filter((id) => !open.has(id))
    .map((id) => ({ path: 'topics', detail: `there is no open topic "${id}"` }));
  if (errors.length > 0) throw new Problem('topic-unknown', { errors });
}

/** Looked at again, should whoever is at it die. */
const againWrite = (ports: Pick<Ports, 'now'>, importId: string): Write =>
  agendaWrite('import', importId, ports.now() + LOOK_AGAIN_MS);
const removal = ({ importId }: Import): Write => ({
  kind: 'remove',
  key: keys.agenda('import', importId),
});
const endWrites = (it: Import): Write[] => [
  removal(it),
  { kind: 'remove', key: keys.agenda('forget-import', it.importId) },
];

async function post(ports: Pick<Ports, 'queue'>, importId: string): Promise<void> {
  const body = { do: 'agenda', kind: 'import', id: importId };
  await ports.queue.post('work', [{ body, group: `import-${importId}` }]);
}

async function write(ports: Pick<Ports, 'table'>, writes: readonly Write[]): Promise<void> {
  if ((await ports.table.writeAll(writes)) === 'conflict') throw new Problem('changed-meanwhile');
}

function notNow({ state }: Import): Problem {
  return new Problem('state-does-not-allow', { detail: `The import is ${state}.` });
}
