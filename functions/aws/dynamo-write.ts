import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Write } from '../base/ports.ts';
import type { Item } from './dynamo-item.ts';
import { ATTRIBUTE, dataText, dueItem, keyItem } from './dynamo-item.ts';

type Put = NonNullable<TransactWriteItem['Put']>;
type Update = NonNullable<TransactWriteItem['Update']>;
type Delete = NonNullable<TransactWriteItem['Delete']>;
export type Request =
  | { readonly kind: 'put'; readonly input: Put }
  | { readonly kind: 'update'; readonly input: Update }
  | { readonly kind: 'delete'; readonly input: Delete };

/** What DynamoDB is asked for one write. `writer` marks the version it makes. */
export function requestOf(write: Write, tableName: string, writer: string): Request {
  switch (write.kind) {
    case 'put':
      return write.expected === undefined
        ? { kind: 'update', input: overwrite(write, tableName, writer) }
        : { kind: 'put', input: versionedPut(write, write.expected, tableName, writer) };
    case 'remove':
      return {
        kind: 'delete',
        input: { TableName: tableName, Key: keyItem(write.key), ...condition(write.expected) },
      };
    case 'add':
      return { kind: 'update', input: addition(write, tableName) };
  }
}

export function transactItem(request: Request): TransactWriteItem {
  switch (request.kind) {
    case 'put':
      return { Put: request.input };
    case 'update':
      return { Update: request.input };
    case 'delete':
      return { Delete: request.input };
  }
}

/**
 * Whether asking twice does no harm, so that a lost answer may be asked again. A put knows its own
 * writer and an overwrite says the same twice; a sum or a removal needs the transaction's token.
 */
export function harmlessTwice(write: Write): boolean {
  return write.kind === 'put' || (write.kind === 'remove' && write.expected === undefined);
}

type PutWrite = Extract<Write, { kind: 'put' }>;
type AddWrite = Extract<Write, { kind: 'add' }>;

function versionedPut(write: PutWrite, expected: number, tableName: string, writer: string): Put {
  return {
    TableName: tableName,
    Item: {
      ...keyItem(write.key),
      ...dueItem(write.key, write.due),
      [ATTRIBUTE.version]: { N: String(expected + 1) },
      [ATTRIBUTE.data]: { S: dataText(write.data) },
      [ATTRIBUTE.writer]: { S: writer },
    },
    ...condition(expected),
  };
}

/** The last writer wins, but the version still moves on, so that nobody who read before can win after. */
function overwrite(write: PutWrite, tableName: string, writer: string): Update {
  const due = dueItem(write.key, write.due);
  const set: Item = { d: { S: dataText(write.data) }, w: { S: writer }, ...due };
  const gone = [
    ...(write.due ? [] : [ATTRIBUTE.dueShard, ATTRIBUTE.due]),
    ...numbersIn(write.data).map((name) => ATTRIBUTE.counter + name),
  ];
  const names = Object.keys(set);
  return {
    TableName: tableName,
    Key: keyItem(write.key),
    UpdateExpression: [
      `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      'ADD #v :one',
      ...(gone.length > 0 ? [`REMOVE ${gone.map((_, index) => `#g${index}`).join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: {
      '#v': ATTRIBUTE.version,
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ...Object.fromEntries(gone.map((name, index) => [`#g${index}`, name])),
    },
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]!])),
    },
  };
}

/** What an earlier `add` may have summed beside the data that now replaces it. */
function numbersIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return Object.entries(data)
    .filter(([, value]) => typeof value === 'number')
    .map(([name]) => name);
}

function addition(write: AddWrite, tableName: string): Update {
  const counters = Object.entries(write.counters);
  return {
    TableName: tableName,
    Key: keyItem(write.key),
    UpdateExpression: `ADD ${['#v :one', ...counters.map((_, i) => `#c${i} :c${i}`)].join(', ')}`,
    ExpressionAttributeNames: {
      '#v': ATTRIBUTE.version,
      ...Object.fromEntries(counters.map(([name], i) => [`#c${i}`, ATTRIBUTE.counter + name])),
    },
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ...Object.fromEntries(counters.map(([, by], i) => [`:c${i}`, { N: String(by) }])),
    },
  };
}

function condition(expected: number | undefined) {
  if (expected === undefined) return {};
  if (expected === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#v = :expected',
    ExpressionAttributeNames: { '#v': ATTRIBUTE.version },
    ExpressionAttributeValues: { ':expected': { N: String(expected) } },
  };
}

/** Why a transaction was not done, one reason a row; empty for any other fault. */
export function reasonsOf(error: unknown): string[] {
  const reasons = (error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons;
  return (reasons ?? []).map(({ Code = 'None' }) => Code);
}

const PASSING = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Whether a write met another one, or a limit that passes: nothing was done and it may be tried again. */
export function isPassing(error: unknown): boolean {
  const reasons = reasonsOf(error).filter((reason) => reason !== 'None');
  if (reasons.length > 0) return reasons.every((reason) => PASSING.has(reason));
  const { name = '' } = error as { name?: string };
  return name === 'TransactionConflictException' || name === 'TransactionInProgressException';
}
