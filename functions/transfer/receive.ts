import { timedId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { DAY } from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { parseCsv, signOf, unreadable } from './csv.ts';
import type { Import } from './import.ts';
import { importWrite, keepRest, keepRows, readImport, readRest } from './store.ts';

const SAMPLES = 5;
/** Of a cell, so much is shown to somebody who looks what a column is. */
const SHOWN_CHARACTERS = 80;
/** How a spreadsheet begins that was only given another name, and what stands in no text. */
const NO_TEXT = /^PK\u0003\u0004|^\u00d0\u00cf\u0011\u00e0|\u0000/;
const shown = (cell: string) => cell.trim().slice(0, SHOWN_CHARACTERS);
/** A file that nobody runs is forgotten. */
const FORGET_MS = 7 * DAY;

type Doors = Pick<Ports, 'table' | 'files' | 'now' | 'random'>;

export async function beginImport(
  ports: Doors,
  { name, by }: Pick<Import, 'name' | 'by'>,
): Promise<Import> {
  const now = ports.now();
  const it: Import = {
    format: 1,
    importId: timedId(ports),
    name,
    state: 'receiving',
    sign: null,
    header: [],
    samples: [],
    pieces: 0,
    portions: 0,
    rows: 0,
    lines: 0,
    plan: null,
    at: { portion: 0, row: 0 },
    done: 0,
    steps: 0,
    checked: null,
    counts: null,
    by,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
  };
  await ports.table.writeAll([
    importWrite(it, 0),
    agendaWrite('forget-import', it.importId, now + FORGET_MS),
  ]);
  return it;
}

export type Piece = { readonly index: number; readonly text: string; readonly last: boolean };

/** Takes the next piece of a file, cut anywhere. One that came already changes nothing. */
export async function receivePiece(ports: Doors, importId: string, piece: Piece): Promise<Import> {
  const { it, version } = await readImport(ports, importId);
  if (piece.index < it.pieces) return it;
  if (it.state !== 'receiving' || piece.index > it.pieces)
    throw new Problem('state-does-not-allow', {
      detail:
        it.state === 'receiving'
          ? `The next piece is number ${it.pieces}.`
          : `The import is ${it.state}; it takes no more pieces.`,
    });
  const before = await readRest(ports, importId, piece.index - 1);
  const fresh = piece.index === 0 ? piece.text.replace(/^\ufeff/, '') : piece.text;
  if (piece.index === 0 && NO_TEXT.test(fresh)) throw unreadable('not-text');
  const text = before + fresh;
  // The first line says how columns are divided, as soon as it is whole.
  const sign = it.sign ?? (piece.last || /[\r\n]/.test(text) ? signOf(text) : null);
  const isFirst = it.header.length === 0;
  const { records, lines, rest } = sign
    ? parseCsv(text, sign, piece.last, it.lines)
    : { records: [], lines: 0, rest: text };
  const header = isFirst ? (records[0]?.cells ?? []).map(shown) : it.header;
  const rows = isFirst ? records.slice(1) : records;
  if (piece.last && header.length === 0) throw unreadable('empty');
  await keepRest(ports, importId, piece.index, rest);
  if (rows.length > 0) await keepRows(ports, importId, it.portions, rows);
  const after: Import = {
    ...it,
    sign,
    header,
    samples: [...it.samples, ...rows.slice(0, SAMPLES).map(({ cells }) => cells.map(shown))].slice(
      0,
      SAMPLES,
    ),
    pieces: it.pieces + 1,
    portions: it.portions + (rows.length > 0 ? 1 : 0),
    rows: it.rows + rows.length,
    lines: it.lines + lines,
    state: piece.last ? 'ready' : 'receiving',
  };
  if ((await ports.table.writeAll([importWrite(after, version)])) === 'conflict')
    throw new Problem('changed-meanwhile');
  return after;
}
