import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { fingerprintOf, repeatableId } from '../base/seal.ts';
import { addPerson, type Touchpoint } from '../consent/add-person.ts';
import type { House } from '../consent/newcomer.ts';
import { findByAddresses, readBrand, readTopics } from '../people/store.ts';
import {
  NO_COUNTS,
  type Import,
  type ImportCounts,
  type ImportPlan,
  type RefusedLine,
} from './import.ts';
import type { CsvRow } from './csv.ts';
import { readRow, type ReadRow } from './row.ts';
import { keepSeen, readSeen } from './store.ts';

const AT_ONCE = 16;
/** Eleven letters are 66 bits: no two addresses of a file share them. */
const PRINT_LETTERS = 11;

type Done = { readonly counts: ImportCounts; readonly refused: RefusedLine[] };

/** How each of some rows fares: as foreseen by the addresses we know, or as it was taken. */
export async function doRows(ports: Ports, it: Import, rows: readonly CsvRow[]): Promise<Done> {
  const plan = it.plan!;
  const read = rows.map(({ cells }) => readRow(cells, plan, ports.now()));
  const fates =
    it.state === 'checking' ? await foreseen(ports, it, read) : await taken(ports, it, plan, read);
  const refused: RefusedLine[] = [];
  const counts = { ...NO_COUNTS, byReason: {} as Record<string, number> };
  for (const [index, fate] of fates.entries()) {
    if (typeof fate === 'object') {
      refused.push({ line: rows[index]!.line, ...fate });
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
  const seen = it.done === 0 ? new Set<string>() : await readSeen(ports, it);
  const fates = read.map((row): Fate => {
    if ('refused' in row) return row.refused;
    const address = known.get(row.email);
    if (address?.erasedAt != null) return ERASED;
    const print = fingerprintOf(ports, row.email).slice(0, PRINT_LETTERS);
    const isNew = address === undefined && !seen.has(print);
    seen.add(print);
    return isNew ? 'added' : 'known';
  });
  await keepSeen(ports, it, seen);
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
      ...(await Promise.all(
        some.map((row, index) => {
          const newId = repeatableId(ports, `${it.importId} row ${it.done + first + index}`);
          return take(ports, { brand, topics }, row, { ...from, newId });
        }),
      )),
    );
  }
  return fates;
}

/**
 * Whom a row brings in has an id made for that row. So a step that is done again, after whoever was
 * at it died, still knows whom it had added itself from whom the house knew before.
 */
async function take(
  ports: Ports,
  house: House,
  row: ReadRow,
  from: Touchpoint & { readonly newId: string },
): Promise<Fate> {
  if ('refused' in row) return row.refused;
  try {
    const { personId } = await addPerson(ports, house, row.input, from);
    return personId === from.newId ? 'added' : 'known';
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
