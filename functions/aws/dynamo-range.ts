import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Key, Range } from '../base/ports.ts';
import type { Item } from './dynamo-item.ts';
import { keyItem } from './dynamo-item.ts';

/** Sorts after every text, in the order of bytes that DynamoDB keeps. */
const LAST = '\u{10FFFF}';

/**
 * A partition, or the part of it a range names. Only one condition may stand on a sort key, so a
 * prefix and a place to go on from become one BETWEEN, which may still hold that place itself.
 */
export function keyCondition(
  pk: string,
  { prefix = '', after, newestFirst }: Range,
): KeyCondition | undefined {
  const first = !newestFirst && after ? later(prefix, after) : prefix;
  const last = newestFirst && after ? earlier(prefix + LAST, after) : prefix + LAST;
  if (later(first, last) !== last) return undefined;
  const part = first === '' ? 'sk <= :last' : 'sk BETWEEN :first AND :last';
  return {
    KeyConditionExpression: `pk = :pk AND ${part}`,
    ExpressionAttributeValues: {
      ':pk': { S: pk },
      ...(first && { ':first': { S: first } }),
      ':last': { S: last },
    },
  };
}

type KeyCondition = Pick<QueryCommandInput, 'KeyConditionExpression' | 'ExpressionAttributeValues'>;

function later(a: string, b: string): string {
  return inOrder(a, b) > 0 ? a : b;
}

function earlier(a: string, b: string): string {
  return inOrder(a, b) < 0 ? a : b;
}

/** DynamoDB orders by UTF-8 bytes, which is not the order of JavaScript's own comparison. */
function inOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Where a scan stands, as text that can be kept with what it found. */
export function cursorOf({ pk, sk }: Key): string {
  return Buffer.from(JSON.stringify([pk, sk])).toString('base64url');
}

export function keyOfCursor(cursor: string): Item {
  const [pk, sk] = z
    .tuple([z.string(), z.string()])
    .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  return keyItem({ pk, sk });
}
