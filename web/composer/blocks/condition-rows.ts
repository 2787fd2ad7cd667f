import type { Condition } from './shape.ts';

export const PACES = ['immediate', 'weekly', 'monthly', 'quarterly'] as const;
export type Pace = (typeof PACES)[number];

/** One question about the reader, as it stands in the form. */
export type Row = {
  readonly ask: 'follows' | 'frequency' | 'language' | 'field';
  /** The field that is asked for; nothing for the others. */
  readonly name: string;
  readonly values: readonly string[];
  readonly isNot: boolean;
};
export type Rows = { readonly join: 'all' | 'any'; readonly rows: readonly Row[] };

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** What the form shows of a condition; undefined for one that says more than it can. */
export function rowsOf(condition: Condition | undefined): Rows | undefined {
  if (condition === undefined) return { join: 'all', rows: [] };
  const [join, parts] =
    'all' in condition
      ? (['all', condition.all] as const)
      : 'any' in condition
        ? (['any', condition.any] as const)
        : (['all', [condition]] as const);
  const rows = parts.map(rowOf);
  return rows.every((row) => row !== undefined) ? { join, rows } : undefined;
}

function rowOf(part: Condition): Row | undefined {
  if ('not' in part) {
    const row = rowOf(part.not);
    return row && !row.isNot ? { ...row, isNot: true } : undefined;
  }
  const row = (ask: Row['ask'], values: readonly string[], name = ''): Row => ({
    ...{ ask, name, values, isNot: false },
  });
  if ('follows' in part) return row('follows', [part.follows]);
  if ('frequency' in part) return row('frequency', part.frequency);
  if ('language' in part) return row('language', [part.language]);
  if (!('field' in part)) return undefined;
  if ('is' in part)
    return typeof part.is === 'string' ? row('field', [part.is], part.field) : undefined;
  if (!('in' in part)) return undefined;
  const [first, second] = part.in;
  return part.in.length === 2 && typeof first === 'string' && Number(first) === second
    ? row('field', [first], part.field)
    : undefined;
}

/** The condition of rows that ask something; undefined when none does. */
export function conditionOf({ join, rows }: Rows): Condition | undefined {
  const parts = rows.flatMap((row): Condition[] => {
    const leaf = leafOf(row);
    if (leaf === undefined) return [];
    return [row.isNot ? { not: leaf } : leaf];
  });
  if (parts.length < 2) return parts[0];
  return join === 'all' ? { all: parts } : { any: parts };
}

function leafOf({ ask, name, values }: Row): Condition | undefined {
  const [first = ''] = values;
  switch (ask) {
    case 'follows':
      return first === '' ? undefined : { follows: first };
    case 'language':
      return first === '' ? undefined : { language: first };
    case 'frequency': {
      const paces = PACES.filter((pace) => values.includes(pace));
      return paces.length === 0 ? undefined : { frequency: paces };
    }
    case 'field':
      if (!/^[a-zA-Z][\w-]{0,39}$/.test(name) || first.trim() === '') return undefined;
      // Whether a till wrote a number or its digits is nothing an author should have to know.
      return NUMBER.test(first)
        ? { field: name, in: [first, Number(first)] }
        : { field: name, is: first };
  }
}
