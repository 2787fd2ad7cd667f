/** One line of the file: who bought, on which day, how many, for how much. */
export type Purchase = {
  /** Stable however often the file is read: customer, day, and which of that day it is. */
  readonly id: string;
  readonly customer: string;
  readonly at: string;
  readonly items: number;
  readonly amount: number;
};

/** A line that is no purchase: the replay stops before anything is sent. */
export class LineWrong extends Error {}

/**
 * Columns between spaces: customer in the full set, customer in the sample, day as YYYYMMDD, items,
 * dollars. A day has no hour here: noon UTC stands for it, the same day almost everywhere.
 */
export function readPurchases(text: string): Purchase[] {
  const times = new Map<string, number>();
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const { customer, day, items, amount } = readLine(line, index + 1);
    const base = `${customer}-${day}`;
    const time = (times.get(base) ?? 0) + 1;
    times.set(base, time);
    const at = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T12:00:00Z`;
    return [{ id: `replay-${base}-${time}`, customer, at, items, amount }];
  });
}

function readLine(line: string, number: number) {
  const [, , customer = '', day = '', items = '', amount = ''] =
    /^\s*(\d+)\s+(\d{1,9})\s+(\d{8})\s+(\d+)\s+(\d+(?:\.\d+)?)\s*$/.exec(line) ?? [];
  if (!isDay(day))
    throw new LineWrong(
      `Line ${number} is no purchase: it needs customer, customer in the sample, day as YYYYMMDD, items and dollars.`,
    );
  return { customer: customer.padStart(4, '0'), day, items: Number(items), amount: Number(amount) };
}

function isDay(day: string): boolean {
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
}
