import { Problem } from '../base/problem.ts';
import { saidToAll, type Args, type WordKey } from '../base/words.ts';

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

/** What stood between two ends of line, and on which line of the file it began, as editors count. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };
export type Parsed = {
  readonly records: CsvRow[];
  /** How many lines the records took, empty ones and those within quotation marks included. */
  readonly lines: number;
  /** What may go on in the next part. */
  readonly rest: string;
};

/**
 * The whole records of a piece of a CSV file (RFC 4180, any of the signs above), and what is left
 * over. A file comes in pieces that are cut anywhere; the last one is `whole`. So many lines came
 * `before`.
 */
export function parseCsv(text: string, sign: Sign, whole: boolean, before = 0): Parsed {
  const records: CsvRow[] = [];
  let lines = 0;
  let at = 0;
  while (at < text.length) {
    const line = before + lines + 1;
    const read = recordAt(text, at, sign, whole);
    if (!read && whole) throw unreadable('quote', { line });
    if (!read) break;
    const { cells, next } = read;
    if (cells.length > COLUMNS_MOST) throw unreadable('columns', { line, most: COLUMNS_MOST });
    if (cells.length > 1 || cells[0]!.trim() !== '') records.push({ line, cells });
    lines += endsOfLine(text.slice(at, next));
    at = next;
  }
  const rest = text.slice(at);
  if (rest.length > RECORD_CHARACTERS_MOST)
    throw unreadable('no-end', { line: before + lines + 1 });
  return { records, lines, rest };
}

const endsOfLine = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

function recordAt(text: string, from: number, sign: Sign, whole: boolean) {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const cell = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at, sign);
    if (!cell) return undefined;
    cells.push(cell.value);
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

type Fault = WordKey extends infer Key
  ? Key extends `file-fault.${infer Name}`
    ? Name
    : never
  : never;

/** What keeps a file from being read, and on which line. */
export function unreadable(fault: Fault, about?: Args): Problem {
  return new Problem('input-invalid', {
    errors: [{ path: 'text', ...saidToAll(`file-fault.${fault}`, about) }],
  });
}
