import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Due, Key, Row, TableName } from '../base/ports.ts';
import { TABLE_LIMITS } from '../base/ports.ts';

export type Item = Record<string, AttributeValue>;

/**
 * The attributes of a row. Data is one JSON string: it is a third smaller than a map of typed
 * values, costs one `JSON.parse` instead of a walk, and comes back exactly as it was given.
 * Counters stand beside it as numbers of their own, because only those can be added to.
 */
export const ATTRIBUTE = {
  pk: 'pk',
  sk: 'sk',
  version: 'v',
  data: 'd',
  /** Who wrote this version: tells one's own write, whose answer was lost, from another's. */
  writer: 'w',
  dueShard: 'dueShard',
  due: 'due',
  counter: 'c:',
} as const;

/** The one sparse index of each table. */
export const DUE_INDEX = 'due';

export function keyItem({ pk, sk }: Pick<Key, 'pk' | 'sk'>): Item {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** Data as it is stored. */
export function dataText(data: unknown): string {
  const text = JSON.stringify(data) ?? 'null';
  if (Buffer.byteLength(text) > TABLE_LIMITS.rowBytes)
    throw new Error(`a row holds at most ${TABLE_LIMITS.rowBytes} bytes`);
  return text;
}

/** The two attributes that place a row in the sparse index. */
export function dueItem(key: Key, due: Due | undefined): Item {
  if (!due) return {};
  return { dueShard: { N: String(due.shard) }, due: { S: dueText({ ...key, at: due.at }) } };
}

/** Orders by moment, then by key: a place in the index that one can go on from. */
export function dueText(place: { at: number; pk: string; sk: string }): string {
  return `${momentText(place.at)} ${place.pk} ${place.sk}`;
}

/** The first text after everything that is due at or before a moment. */
export function afterAllDueAt(at: number): string {
  return `${momentText(at)}!`;
}

const MOMENT_DIGITS = 15;

function momentText(at: number): string {
  return String(Math.max(0, Math.floor(at))).padStart(MOMENT_DIGITS, '0');
}

/** A row as the rooms know it, its counters back among its data. */
export function rowOf(table: TableName, item: Item): Row {
  const due = item[ATTRIBUTE.due]?.S;
  return {
    key: { in: table, pk: item[ATTRIBUTE.pk]?.S ?? '', sk: item[ATTRIBUTE.sk]?.S ?? '' },
    version: Number(item[ATTRIBUTE.version]?.N ?? 0),
    data: withCounters(JSON.parse(item[ATTRIBUTE.data]?.S ?? 'null') as unknown, item),
    ...(due && {
      due: {
        shard: Number(item[ATTRIBUTE.dueShard]?.N),
        at: Number(due.slice(0, MOMENT_DIGITS)),
      },
    }),
  };
}

function withCounters(data: unknown, item: Item): unknown {
  const names = Object.keys(item).filter((name) => name.startsWith(ATTRIBUTE.counter));
  if (names.length === 0) return data;
  const sums: Record<string, unknown> = { ...(data as Record<string, unknown> | null) };
  for (const name of names) {
    const counter = name.slice(ATTRIBUTE.counter.length);
    sums[counter] = Number(sums[counter] ?? 0) + Number(item[name]?.N);
  }
  return sums;
}
