import type {
  AttributeValue,
  DynamoDBClient,
  KeysAndAttributes,
  QueryCommandInput,
  QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Key, Row, TableName } from '../base/ports.ts';
import type { Wait } from './back-off.ts';
import { backOffMs } from './back-off.ts';
import type { Item } from './dynamo-item.ts';
import { keyItem, rowOf } from './dynamo-item.ts';

const TRIES = 8;

/** Every page of a query, each asked for only when the one before has been used. */
export async function* queryPages(
  client: DynamoDBClient,
  input: QueryCommandInput,
): AsyncIterable<Item[]> {
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({ ...input, ExclusiveStartKey: start }),
    );
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

/** Up to a hundred rows by their keys, in no order. What DynamoDB leaves unread is asked for again. */
export async function readBatch(
  client: DynamoDBClient,
  tables: Readonly<Record<TableName, string>>,
  keys: readonly Key[],
  wait: Wait,
): Promise<Row[]> {
  const rows: Row[] = [];
  let asked = requestItems(tables, keys);
  for (let attempt = 1; Object.keys(asked).length > 0; attempt += 1) {
    if (attempt > TRIES) throw new Error('the table keeps leaving rows unread');
    if (attempt > 1) await wait(backOffMs(attempt));
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: asked }),
    );
    for (const table of ['people', 'records'] as const)
      for (const item of Responses[tables[table]] ?? []) rows.push(rowOf(table, item));
    asked = UnprocessedKeys;
  }
  return rows;
}

function requestItems(
  tables: Readonly<Record<TableName, string>>,
  keys: readonly Key[],
): Record<string, KeysAndAttributes> {
  return Object.fromEntries(
    Object.entries(Object.groupBy(keys, (key) => tables[key.in])).map(([name, group]) => [
      name,
      { Keys: group?.map(keyItem), ConsistentRead: true },
    ]),
  );
}
