import type { Draft } from './tree.ts';

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Whether a till wrote a number or its digits is nothing an author should have to know: both are asked for. */
export function asKept(leaf: Draft): Draft {
  if (!('field' in leaf)) return leaf;
  if (typeof leaf['is'] === 'string' && NUMBER.test(leaf['is'])) {
    const { is, ...rest } = leaf;
    return { ...rest, in: [is, Number(is)] };
  }
  return Array.isArray(leaf['in']) ? { ...leaf, in: leaf['in'].flatMap(both) } : leaf;
}

/** As its author wrote it: the digits, once. */
export function asWritten(leaf: Draft): Draft {
  const values: unknown = leaf['in'];
  if (!('field' in leaf) || !Array.isArray(values)) return leaf;
  const digits = values.filter((one) => typeof one === 'string' && NUMBER.test(one)).map(Number);
  const once = values.filter((one) => typeof one !== 'number' || !digits.includes(one));
  if (once.length === values.length) return leaf;
  if (once.length > 1) return { ...leaf, in: once };
  const { in: _, ...rest } = leaf;
  return { ...rest, is: once[0] as unknown };
}

const both = (value: unknown): unknown[] =>
  typeof value === 'string' && NUMBER.test(value) ? [value, Number(value)] : [value];
