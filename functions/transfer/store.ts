import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { Versioned } from '../people/store.ts';
import type { CsvRow } from './csv.ts';
import { Import, RefusedLine } from './import.ts';

type Store = Pick<Ports, 'table'>;
const Rows = z.array(z.object({ line: z.int(), cells: z.array(z.string()) }));

export async function readImport({ table }: Store, importId: string): Promise<Versioned<Import>> {
  const row = await table.get(keys.import(importId));
  if (!row) throw new Problem('not-found');
  return { it: Import.parse(row.data), version: row.version };
}

/** Newest first. */
export async function* importsNewestFirst(
  { table }: Store,
  before?: string,
): AsyncIterable<Import> {
  const range = { newestFirst: true, ...(before === undefined ? {} : { after: before }) };
  for await (const row of table.query('records', keys.import('').pk, range))
    yield Import.parse(row.data);
}

export function importWrite(it: Import, expected: number): Write {
  return { kind: 'put', key: keys.import(it.importId), data: it, expected };
}

const rowsFile = (importId: string, portion: number) => `imports/${importId}/rows-${portion}.json`;
const restFile = (importId: string, piece: number) => `imports/${importId}/rest-${piece}`;

/** The rows of a portion, as they stood in the file; gone as soon as the import is over. */
export async function keepRows(
  { files }: Pick<Ports, 'files'>,
  importId: string,
  portion: number,
  rows: readonly CsvRow[],
): Promise<void> {
  await files.put(rowsFile(importId, portion), bytes(JSON.stringify(rows)), 'application/json');
}

export async function readRows(
  { files }: Pick<Ports, 'files'>,
  importId: string,
  portion: number,
): Promise<CsvRow[]> {
  const file = await files.get(rowsFile(importId, portion));
  return file ? Rows.parse(JSON.parse(text(file.bytes))) : [];
}

/** What a piece left over for the next one. */
export async function keepRest(
  { files }: Pick<Ports, 'files'>,
  importId: string,
  piece: number,
  rest: string,
): Promise<void> {
  await files.put(restFile(importId, piece), bytes(rest), 'text/plain');
}

export async function readRest(
  { files }: Pick<Ports, 'files'>,
  importId: string,
  piece: number,
): Promise<string> {
  const file = piece < 0 ? undefined : await files.get(restFile(importId, piece));
  return file ? text(file.bytes) : '';
}

const seenFile = (importId: string, step: number) => `imports/${importId}/seen-${step}.json`;

/** Prints of the addresses in the first lines of a file, to know those that come a second time. */
export async function readSeen(
  { files }: Pick<Ports, 'files'>,
  { importId, steps }: Import,
): Promise<Set<string>> {
  const file = await files.get(seenFile(importId, steps));
  return new Set(file ? z.array(z.string()).parse(JSON.parse(text(file.bytes))) : []);
}

export async function keepSeen(
  { files }: Pick<Ports, 'files'>,
  { importId, steps }: Import,
  seen: ReadonlySet<string>,
): Promise<void> {
  await files.put(
    seenFile(importId, steps + 1),
    bytes(JSON.stringify([...seen])),
    'application/json',
  );
}

export async function forgetSeen(
  { files }: Pick<Ports, 'files'>,
  { importId, steps }: Import,
): Promise<void> {
  await files.remove(seenFile(importId, steps));
}

/**
 * Nothing of the file stays; what is known of people is on their own rows. One more of each kind is
 * looked for than was counted: who was stopped may have put it there already.
 */
export async function removeFiles(
  { files }: Pick<Ports, 'files'>,
  { importId, portions, pieces, steps }: Import,
): Promise<void> {
  for (let portion = 0; portion <= portions; portion += 1)
    await files.remove(rowsFile(importId, portion));
  for (let piece = 0; piece <= pieces; piece += 1) await files.remove(restFile(importId, piece));
  for (let step = 1; step <= steps + 1; step += 1) await files.remove(seenFile(importId, step));
}

/** A line takes a few hundred bytes, and a row holds 400 KB. */
const LINES_A_ROW = 500;

export function refusedWrites(
  importId: string,
  { portion, row }: Import['at'],
  lines: readonly RefusedLine[],
): Write[] {
  const rows = Math.ceil(lines.length / LINES_A_ROW);
  return Array.from({ length: rows }, (_, index) => ({
    kind: 'put',
    key: keys.importRefused(importId, portion, row + index),
    data: { format: 1, lines: lines.slice(index * LINES_A_ROW, (index + 1) * LINES_A_ROW) },
  }));
}

/** In the order of the file, from after a line on. */
export async function* refusedLines(
  { table }: Store,
  importId: string,
): AsyncIterable<RefusedLine> {
  const { pk } = keys.importRefused(importId, 0, 0);
  for await (const row of table.query('records', pk))
    yield* z.object({ lines: z.array(RefusedLine) }).parse(row.data).lines;
}

/** What the rehearsal found is written anew by the run. */
export async function forgetRefused({ table }: Store, importId: string): Promise<void> {
  const gone: Write[] = [];
  const { pk } = keys.importRefused(importId, 0, 0);
  for await (const row of table.query('records', pk)) gone.push({ kind: 'remove', key: row.key });
  if (gone.length > 0) await table.writeEach(gone);
}

const bytes = (content: string) => new TextEncoder().encode(content);
const text = (content: Uint8Array) => new TextDecoder().decode(content);
