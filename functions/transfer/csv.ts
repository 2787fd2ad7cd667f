import { Problem } from '../base/problem.ts';

/** A record longer than this is a quotation mark that nobody closed. */
const RECORD_CHARACTERS_MOST = 64 * 1024;
const COLUMNS_MOST = 100;
const SIGNS = [',', ';', '\t', '|'] as const;
export type Sign = (typeof SIGNS)[number];

/** Whichever sign divides the first line into most parts; what stands in quotation marks does not count. */
export function signOf(text: string): Sign {
  const line = text.split(/\r?\n/, 1)[0]!.replaceAll(/"[^"]*"/g, '');
  const parts = (sign: Sign) => line.split(sign).length;
  return SIGNS.reduce((best, sign) => (parts(sign) > parts(best) ? sign : best));
}

export type Parsed = {
  readonly records: string[][];
  /** What may go on in the next part. */
  readonly rest: string;
};

/**
 * The whole records of a piece of a CSV file (RFC 4180, any of the signs above), and what is left
 * over. A file comes in pieces that are cut anywhere; the last one is `whole`. So many records came
 * `before`: they count towards the number of a line that cannot be read.
 */
export function parseCsv(text: string, sign: Sign, whole: boolean, before = 0): Parsed {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const read = recordAt(text, at, sign, whole);
    if (!read && whole) throw wrong(`a quotation mark in ${lineAt()} is never closed`);
    if (!read) break;
    if (read.cells.length > 1 || read.cells[0]!.trim() !== '') records.push(read.cells);
    at = read.next;
  }
  const rest = text.slice(at);
  if (rest.length > RECORD_CHARACTERS_MOST)
    throw wrong(`${lineAt()} has no end: is a quotation mark missing?`);
  return { records, rest };

  function lineAt(): string {
    return `line ${before + records.length + 1}`;
  }
}

function recordAt(text: string, from: number, sign: Sign, whole: boolean) {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const cell = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at, sign);
    if (!cell) return undefined;
    if (cells.push(cell.value) > COLUMNS_MOST) throw wrong(`has more than ${COLUMNS_MOST} columns`);
    at = cell.next;
    if (text[at] === sign) at += 1;
    else if (at >= text.length) return whole ? { cells, next: at } : undefined;
    else if (text[at] === '\n') return { cells, next: at + 1 };
    else if (text[at] === '\r' && at + 1 >= text.length && !whole) return undefined;
    else if (text[at] === '\r') return { cells, next: at + (text[at + 1] === '\n' ? 2 : 1) };
    // Something stands after a closing quotation mark: it is taken as it is.
    else cells.push(`${cells.pop()!}${text[at++]!}`);
  }
}

function plainAt(text: string, from: number, sign: Sign) {
  let next = from;
  while (next < text.length && text[next] !== sign && text[next] !== '\n' && text[next] !== '\r')
    next += 1;
  return { value: text.slice(from, next), next };
}

function quotedAt(text: string, from: number) {
  let value = '';
  for (let at = from + 1; ;) {
    const end = text.indexOf('"', at);
    // A doubled mark may be cut in two.
    if (end === -1 || end + 1 >= text.length) {
      if (end === -1) return undefined;
      return { value: value + text.slice(at, end), next: end + 1 };
    }
    value += text.slice(at, end);
    if (text[end + 1] !== '"') return { value, next: end + 1 };
    value += '"';
    at = end + 2;
  }
}

function wrong(detail: string): Problem {
  return new Problem('input-invalid', { errors: [{ path: 'text', detail }] });
}
