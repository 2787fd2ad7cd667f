import { describe, expect, it } from 'vitest';
import { dateIn, numberIn } from '../../functions/people/field-value.ts';

describe('what somebody typed into a field is read as they meant it', () => {
  it.each([
    ['84,11', 84.11],
    ['84.11 €', 84.11],
    ['€84', 84],
    ['1 234,50', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234.567', 1_234_567],
    ['-3', -3],
    [12, 12],
    ['0', 0],
    ['twelve', null],
    ['12 rue des Tanneurs', null],
    ['24/07/2026', null],
    ['', null],
    [true, null],
    [undefined, null],
  ])('%j is the number %j', (held, number) => {
    expect(numberIn(held)).toBe(number);
  });

  it.each([
    ['2026-07-24', Date.UTC(2026, 6, 24)],
    ['24/07/2026', Date.UTC(2026, 6, 24)],
    ['4.7.2026', Date.UTC(2026, 6, 4)],
    ['24/07/2026 10:30', Date.UTC(2026, 6, 24)],
    ['2026-07-24T10:00Z', Date.UTC(2026, 6, 24, 10)],
    ['07/24/2026', null],
    ['31/02/2026', null],
    ['2026-02-31', null],
    ['2026-02-31T10:00Z', null],
    ['yesterday', null],
    ['1998', null],
    [20_260_724, null],
  ])('%j is the day %j', (held, at) => {
    expect(dateIn(held)).toBe(at);
  });
});
