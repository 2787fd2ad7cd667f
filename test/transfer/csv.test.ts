import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv, signOf, type CsvRow } from '../../functions/transfer/csv.ts';

const cell = fc.stringMatching(/^[a-z é,;"\n\r\t|]{0,8}$/);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('a file of people', () => {
  it.each([
    ['a;b;c\n1;2,5;3', ';'],
    ['a,b\n1;2;3;4,5', ','],
    ['a\tb', '\t'],
    ['a|b|c', '|'],
    ['"a;b;c",d', ','],
    ['email', ','],
  ])('%j is divided by %j', (text, sign) => expect(signOf(text)).toBe(sign));

  it('reads as its program wrote it, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(200), { maxLength: 4 }),
        (rows, sign, ending, cuts) => {
          const text = rows.map((row) => row.map(quoted).join(sign) + ending).join('');
          const places = [...new Set(cuts.map((cut) => Math.min(cut, text.length)))].sort(
            (a, b) => a - b,
          );
          const read: CsvRow[] = [];
          let lines = 0;
          let rest = '';
          for (const [index, from] of [0, ...places].entries()) {
            const to = places[index] ?? text.length;
            const last = index === places.length;
            const parsed = parseCsv(rest + text.slice(from, to), sign, last, lines);
            read.push(...parsed.records);
            rest = parsed.rest;
            lines += parsed.lines;
          }
          expect(rest).toBe('');
          expect(read.map(({ cells }) => cells)).toEqual(rows);
          const ends = (part: string) => part.split(/\r\n|\r|\n/).length;
          const begins = rows.map((_, index) => {
            const before = rows.slice(0, index);
            return ends(before.map((row) => row.map(quoted).join(sign) + ending).join(''));
          });
          expect(read.map(({ line }) => line)).toEqual(begins);
        },
      ),
    );
  });

  it('may leave out its last end of line and hold empty lines; a mark that is never closed is told', () => {
    expect(parseCsv('a,b\n\n1,2', ',', true)).toEqual({
      records: [
        { line: 1, cells: ['a', 'b'] },
        { line: 3, cells: ['1', '2'] },
      ],
      lines: 2,
      rest: '',
    });
    expect(() => parseCsv('a,"b\n', ',', true)).toThrow();
    expect(() => parseCsv(`a,"${'b'.repeat(70_000)}`, ',', false)).toThrow();
    expect(() => parseCsv(`${'a,'.repeat(101)}\n`, ',', true)).toThrow();
  });
});
