import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { randomBytes, randomUUID } from 'node:crypto';
import type {
  Key,
  Outcome,
  Range,
  Row,
  ScannedRows,
  ScanPage,
  Table,
  TableName,
  Write,
} from '../base/ports.ts';
import { TABLE_LIMITS } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import type { Wait } from './back-off.ts';
import { backOffMs, realWait } from './back-off.ts';
import type { Item } from './dynamo-item.ts';
import { DUE_INDEX, afterAllDueAt, dueText, keyItem, rowOf } from './dynamo-item.ts';
import { cursorOf, keyCondition, keyOfCursor } from './dynamo-range.ts';
import { queryPages, readBatch } from './dynamo-read.ts';
import type { Request } from './dynamo-write.ts';
import { harmlessTwice, isPassing, reasonsOf, requestOf, transactItem } from './dynamo-write.ts';
import { fewAtOnce } from './few-at-once.ts';

const ONLY_READERS = {
  FilterExpression: 'sk = :reader',
  ExpressionAttributeValues: { ':reader': { S: 'reader' } },
};
const keyIn = (item: Item): Key => ({ in: 'people', pk: item['pk']!.S!, sk: item['sk']!.S! });

const KEYS_A_READ = 100;
const READS_AT_ONCE = 8;
/** Who asks what is due often wants the first few only. */
const DUE_A_PAGE = 500;
/** As many as the SDK keeps connections. */
const WRITES_AT_ONCE = 50;
const TRIES = 8;

type Setup = {
  readonly client: DynamoDBClient;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly wait?: Wait;
};

/** The `Table` port on DynamoDB. Reads by key are consistent; the sparse index only says where to look. */
export class DynamoTable implements Table {
  readonly #client: DynamoDBClient;
  readonly #tables: Readonly<Record<TableName, string>>;
  readonly #wait: Wait;
  readonly #self = randomBytes(6).toString('base64url');
  #writes = 0;

  constructor({ client, tables, wait = realWait }: Setup) {
    this.#client = client;
    this.#tables = tables;
    this.#wait = wait;
  }

  async get(key: Key): Promise<Row | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#tables[key.in],
        Key: keyItem(key),
        ConsistentRead: true,
      }),
    );
    return Item && rowOf(key.in, Item);
  }

  async getMany(keys: readonly Key[]): Promise<(Row | undefined)[]> {
    const asked = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
    const batches = Array.from({ length: Math.ceil(asked.length / KEYS_A_READ) }, (_, index) =>
      asked.slice(index * KEYS_A_READ, (index + 1) * KEYS_A_READ),
    );
    const found = await fewAtOnce(batches, READS_AT_ONCE, async (batch) =>
      readBatch(this.#client, this.#tables, batch, this.#wait),
    );
    const rows = new Map(found.flat().map((row) => [nameOf(row.key), row]));
    return keys.map((key) => rows.get(nameOf(key)));
  }

  async *query(table: TableName, pk: string, range: Range = {}): AsyncIterable<Row> {
    const condition = keyCondition(pk, range);
    let left = range.limit ?? Infinity;
    if (!condition || left <= 0) return;
    for await (const items of queryPages(this.#client, {
      TableName: this.#tables[table],
      ConsistentRead: true,
      ScanIndexForward: !range.newestFirst,
      // One more than asked, because the page may begin with the row that the caller already has.
      ...(left < Infinity && { Limit: left + 1 }),
      ...condition,
    })) {
      for (const item of items) {
        if (item['sk']?.S === range.after) continue;
        yield rowOf(table, item);
        left -= 1;
        if (left <= 0) return;
      }
    }
  }

  /** A page ends where a person ends: the last one read may go on, so it is left to the next page. */
  async scanPeople(
    segment: { readonly index: number; readonly of: number },
    from: string | undefined,
    limit: number,
    kind: ScannedRows = 'all',
  ): Promise<ScanPage> {
    const rows: Row[] = [];
    let start = from === undefined ? undefined : keyOfCursor(from);
    do {
      const page = await this.#client.send(
        new ScanCommand({
          TableName: this.#tables.people,
          Segment: segment.index,
          TotalSegments: segment.of,
          // Beside each reader lies a profile, which is read all the same and not carried.
          Limit: Math.max(1, kind === 'readers' ? 2 * limit : limit),
          ExclusiveStartKey: start,
          ...(kind === 'readers' && ONLY_READERS),
        }),
      );
      for (const item of page.Items ?? []) rows.push(rowOf('people', item));
      start = page.LastEvaluatedKey;
      // One row a person: a page may end anywhere, and may be empty.
      if (kind === 'readers') return { rows, next: start && cursorOf(keyIn(start)) };
      const last = rows.at(-1)?.key.pk;
      const whole = rows.slice(0, rows.findLastIndex(({ key }) => key.pk !== last) + 1);
      if (start && whole.length > 0) return { rows: whole, next: cursorOf(whole.at(-1)!.key) };
    } while (start);
    return { rows, next: undefined };
  }

  async *due(
    table: TableName,
    shard: number,
    until: Instant,
    after?: { readonly at: Instant; readonly pk: string; readonly sk: string },
  ): AsyncIterable<Row> {
    const known = after && dueText(after);
    for await (const items of queryPages(this.#client, {
      TableName: this.#tables[table],
      IndexName: DUE_INDEX,
      Limit: DUE_A_PAGE,
      KeyConditionExpression: 'dueShard = :shard AND due BETWEEN :from AND :until',
      ExpressionAttributeValues: {
        ':shard': { N: String(shard) },
        ':from': { S: known ?? '0' },
        ':until': { S: afterAllDueAt(until) },
      },
    })) {
      const keys = items
        .filter((item) => item['due']?.S !== known)
        .map((item) => ({ in: table, pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }));
      // The index holds keys only, so that a write which moves nothing costs it nothing; and as it
      // may be behind, a row is due only if the row itself still says so.
      for (let index = 0; index < keys.length; index += KEYS_A_READ)
        for (const row of await this.getMany(keys.slice(index, index + KEYS_A_READ)))
          if (row?.due && row.due.shard === shard && row.due.at <= until) yield row;
    }
  }

  async writeAll(writes: readonly Write[]): Promise<Outcome> {
    if (writes.length > TABLE_LIMITS.rowsAtOnce)
      throw new Error(`at most ${TABLE_LIMITS.rowsAtOnce} rows in one write`);
    if (new Set(writes.map(({ key }) => nameOf(key))).size < writes.length)
      throw new Error('a row is named twice in one write');
    const [only] = writes;
    if (!only) return 'written';
    return writes.length === 1 && harmlessTwice(only)
      ? this.#writeOne(only)
      : this.#writeTogether(writes);
  }

  async writeEach(writes: readonly Write[]): Promise<Outcome[]> {
    return fewAtOnce(writes, WRITES_AT_ONCE, async (write) => this.writeAll([write]));
  }

  async #writeOne(write: Write): Promise<Outcome> {
    const writer = this.#nextWriter();
    const request = requestOf(write, this.#tables[write.key.in], writer);
    return this.#patiently(async () => {
      try {
        await this.#send(request);
        return 'written';
      } catch (error) {
        const refused = error as { name?: string; Item?: Item };
        if (refused.name !== 'ConditionalCheckFailedException') throw error;
        // An earlier try may have been done and its answer lost: then the row carries our mark.
        return refused.Item?.['w']?.S === writer ? 'written' : 'conflict';
      }
    });
  }

  async #writeTogether(writes: readonly Write[]): Promise<Outcome> {
    const writer = this.#nextWriter();
    const items = writes.map((write) =>
      transactItem(requestOf(write, this.#tables[write.key.in], writer)),
    );
    let token = randomUUID();
    return this.#patiently(async () => {
      try {
        await this.#client.send(
          new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token }),
        );
        return 'written';
      } catch (error) {
        const reasons = reasonsOf(error);
        if (reasons.includes('ConditionalCheckFailed')) return 'conflict';
        // Only what was cancelled for sure is a new transaction; a lost answer keeps its token.
        if (reasons.length > 0) token = randomUUID();
        throw error;
      }
    });
  }

  async #send({ kind, input }: Request): Promise<unknown> {
    switch (kind) {
      case 'put':
        return this.#client.send(
          new PutItemCommand({ ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
        );
      case 'update':
        return this.#client.send(new UpdateItemCommand({ ...input }));
      case 'delete':
        return this.#client.send(new DeleteItemCommand(input));
    }
  }

  /** Two writers met on one row: neither was done, so each may try again, a bounded number of times. */
  async #patiently(write: () => Promise<Outcome>): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await write();
      } catch (error) {
        if (attempt >= TRIES || !isPassing(error)) throw error;
        await this.#wait(backOffMs(attempt));
      }
    }
  }

  #nextWriter(): string {
    this.#writes += 1;
    return `${this.#self}${this.#writes.toString(36)}`;
  }
}

function nameOf({ in: table, pk, sk }: Key): string {
  return JSON.stringify([table, pk, sk]);
}
