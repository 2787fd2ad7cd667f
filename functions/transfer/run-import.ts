import { log } from '../base/log.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { MINUTE } from '../base/time.ts';
import { keys } from '../base/keys.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { readTopics, type Versioned } from '../people/store.ts';
import { countAnew } from '../stats/count-file.ts';
import { doRows } from './do-rows.ts';
import { NO_COUNTS, summed, type Import, type ImportPlan } from './import.ts';
import {
  forgetRefused,
  forgetSeen,
  importWrite,
  readImport,
  readRows,
  refusedWrites,
  removeFiles,
} from './store.ts';

/** To look at lines is cheap, to bring people in is not: a step takes some seconds either way. */
const ROWS_A_STEP = { checking: 10_000, running: 400 } as const;
const STEPS_A_CALL = 5;
const LOOK_AGAIN_MS = 10 * MINUTE;

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
  if (isOver(it)) return it;
  const after: Import = { ...over(ports, it), state: 'stopped' };
  await write(ports, [importWrite(after, version), ...overWrites(ports, it)]);
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

/**
 * Goes on where it was, some hundreds of lines a step; each step is kept before the next begins. Of
 * one that is over it looks once more whether anything of its file was left.
 */
export async function stepImport(ports: Ports, importId: string): Promise<void> {
  for (let step = 0; step < STEPS_A_CALL; step += 1) {
    const held = await readImport(ports, importId);
    if (isOver(held.it)) return sweep(ports, held.it);
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
  const { counts, refused } = await doRows(ports, it, some);
  const isEnd = at.row + some.length >= rows.length;
  const key = mode === 'checking' ? 'checked' : 'counts';
  const after: Import = {
    ...it,
    at: isEnd ? { portion: at.portion + 1, row: 0 } : { ...at, row: at.row + some.length },
    done: it.done + some.length,
    steps: it.steps + 1,
    [key]: summed(it[key] ?? NO_COUNTS, counts),
  };
  const outcome = await ports.table.writeAll([
    importWrite(after, version),
    againWrite(ports, importId),
    ...refusedWrites(importId, at, refused),
  ]);
  // Somebody stopped it, or another worker is at it: what was taken twice was taken once.
  if (outcome === 'conflict') return 'over';
  if (mode === 'checking') await forgetSeen(ports, it);
  return 'more';
}

async function finish(ports: Ports, { it, version }: Versioned<Import>): Promise<'over'> {
  const isRun = it.state === 'running';
  const after: Import = isRun ? { ...over(ports, it), state: 'done' } : { ...it, state: 'checked' };
  const outcome = await ports.table.writeAll([
    importWrite(after, version),
    ...(isRun ? overWrites(ports, it) : [removal(it)]),
  ]);
  if (outcome === 'conflict') return 'over';
  if (isRun) await removeFiles(ports, it);
  else await forgetSeen(ports, it);
  if (isRun) await countAnew(ports);
  log('info', isRun ? 'import-done' : 'import-checked', { import: it.importId, rows: it.rows });
  return 'over';
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
/** Its file goes at once, and once more when nobody is at it any more: whoever dies here leaves nothing. */
const overWrites = (ports: Pick<Ports, 'now'>, { importId }: Import): Write[] => [
  againWrite(ports, importId),
  { kind: 'remove', key: keys.agenda('forget-import', importId) },
];
/** Nobody who stood in its file stands in what is kept of it. */
const over = ({ now }: Pick<Ports, 'now'>, it: Import): Import => ({
  ...it,
  samples: [],
  finishedAt: now(),
});
const isOver = ({ state }: Import) => state === 'done' || state === 'stopped';

async function sweep(ports: Ports, it: Import): Promise<void> {
  await removeFiles(ports, it);
  await ports.table.writeAll([removal(it)]);
}

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
