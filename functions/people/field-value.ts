import type { Instant } from '../base/time.ts';

/**
 * What a field holds is what somebody typed into a till or a sheet, and it is kept so. It is asked as
 * whoever asks means it: "PARIS" lives in Paris, "24/07/2026" is a day, "84,11" an amount.
 */
export function sameValue(held: unknown): unknown {
  return typeof held === 'string' || typeof held === 'number'
    ? String(held).normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
    : held;
}

/** Digits, a mark before the cents, and spaces, dots or commas between thousands. */
const AMOUNT = /^-?\d{1,3}(?:([ .,’'\u00a0\u202f])\d{3})*(?:[.,]\d+)?$|^-?\d+(?:[.,]\d+)?$/;

export function numberIn(held: unknown): number | null {
  if (typeof held === 'number') return held;
  if (typeof held !== 'string') return null;
  const text = held.trim().replace(/\s?[€$£]$|^[€$£]\s?/, '');
  if (!AMOUNT.test(text)) return null;
  const bare = text.replaceAll(/[ ’'\u00a0\u202f]/g, '');
  const mark = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  // "1.234.567" has no cents; "1,234.50" and "1.234,50" have those after the last mark.
  const isRepeated = mark !== -1 && bare.indexOf(bare.charAt(mark)) !== mark;
  if (mark === -1 || isRepeated) return Number(bare.replaceAll(/[.,]/g, ''));
  return Number(`${bare.slice(0, mark).replaceAll(/[.,]/g, '')}.${bare.slice(mark + 1)}`);
}

/** Text that begins as a day, `2026-02-01` or `01/02/2026`, with or without an hour. */
export function dateIn(held: unknown): Instant | null {
  if (typeof held !== 'string') return null;
  const text = asIsoDay(held.trim());
  const [day = ''] = /^\d{4}-\d\d-\d\d(?=T|$)/.exec(text) ?? [];
  if (day === '') return null;
  const at = Date.parse(text);
  // There is no 31 February, though a clock would make one of March.
  const isADay = !Number.isNaN(at) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  return isADay ? at : null;
}

/** Days are written the European way round: a day of another shape stays as it is. */
export function asIsoDay(text: string): string {
  const european = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/.exec(text);
  if (!european) return text;
  const [, day = '', month = '', year = ''] = european;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
