import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { DynamoTable } from '../../functions/aws/dynamo-table.ts';
import type { Key, Row, Write } from '../../functions/base/ports.ts';

const dynamo = mockClient(DynamoDBClient);
const waits: number[] = [];
const table = new DynamoTable({
  client: new DynamoDBClient({ region: 'eu-west-3' }),
  tables: { people: 'People', records: 'Records' },
  wait: async (milliseconds) => void waits.push(milliseconds),
});

const reader = (id: string): Key => ({ in: 'people', pk: `P#${id}`, sk: 'reader' });
const figures: Key = { in: 'records', pk: 'mailing#m1', sk: 'figures#000' };
const put = (expected?: number): Write => ({
  kind: 'put',
  key: reader('ada'),
  data: { pace: 'monthly' },
  due: { shard: 7, at: 1_700_000_000_000 },
  ...(expected !== undefined && { expected }),
});
const add: Write = { kind: 'add', key: figures, counters: { accepted: 48, refused: 2 } };
const item = (pk: string, sk: string) => ({
  pk: { S: pk },
  sk: { S: sk },
  v: { N: '1' },
  d: { S: '{}' },
});
const canceled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'canceled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const all = async (rows: AsyncIterable<Row>) => {
  const read: Row[] = [];
  for await (const row of rows) read.push(row);
  return read;
};

beforeEach(() => {
  dynamo.reset();
  waits.length = 0;
});

describe('writing a reader row', () => {
  it('costs one conditional put, so that a claim is one write unit', async () => {
    expect(await table.writeAll([put(4)])).toBe('written');
    expect(dynamo.calls()).toHaveLength(1);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'People',
      Item: {
        pk: { S: 'P#ada' },
        sk: { S: 'reader' },
        v: { N: '5' },
        d: { S: '{"pace":"monthly"}' },
        dueShard: { N: '7' },
        due: { S: '001700000000000 P#ada reader' },
      },
      ConditionExpression: '#v = :expected',
      ExpressionAttributeValues: { ':expected': { N: '4' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  it('that must be new asks that no such row exists', async () => {
    await table.writeAll([put(0)]);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input.ConditionExpression).toBe(
      'attribute_not_exists(pk)',
    );
  });

  it('answers conflict when another wrote first', async () => {
    dynamo.on(PutItemCommand).rejects(
      new ConditionalCheckFailedException({
        message: 'no',
        $metadata: {},
        Item: { ...item('P#ada', 'reader'), w: { S: 'somebody else' } },
      }),
    );
    expect(await table.writeAll([put(4)])).toBe('conflict');
  });

  it('does not take its own write, whose answer was lost, for somebody else’s', async () => {
    dynamo.on(PutItemCommand).callsFake((input: { Item: Record<string, { S: string }> }) => {
      throw new ConditionalCheckFailedException({
        message: 'the second try of the SDK finds the first',
        $metadata: {},
        Item: input.Item,
      });
    });
    expect(await table.writeAll([put(4)])).toBe('written');
  });

  it('without a version still moves the version on, so that who read before cannot win after', async () => {
    await table.writeAll([put()]);
    const { input } = dynamo.commandCalls(UpdateItemCommand)[0]!.args[0];
    expect(input.UpdateExpression).toContain('ADD #v :one');
    expect(input.ConditionExpression).toBeUndefined();
  });

  it('larger than a row may be is refused before it is sent', async () => {
    const data = 'x'.repeat(400 * 1024 + 1);
    await expect(
      table.writeAll([{ kind: 'put', key: reader('ada'), data, expected: 0 }]),
    ).rejects.toThrow(/at most 409600 bytes/);
    expect(dynamo.calls()).toHaveLength(0);
  });
});

describe('writing all or none', () => {
  it('is one transaction with a token, in which counters are summed beside conditional puts', async () => {
    expect(await table.writeAll([put(4), add])).toBe('written');
    const { input } = dynamo.commandCalls(TransactWriteItemsCommand)[0]!.args[0];
    expect(input.ClientRequestToken).toMatch(/^[0-9a-f-]{36}$/);
    expect(input.TransactItems).toMatchObject([
      { Put: { ConditionExpression: '#v = :expected' } },
      {
        Update: {
          TableName: 'Records',
          UpdateExpression: 'ADD #v :one, #c0 :c0, #c1 :c1',
          ExpressionAttributeNames: { '#c0': 'c:accepted', '#c1': 'c:refused' },
          ExpressionAttributeValues: { ':c0': { N: '48' }, ':c1': { N: '2' } },
        },
      },
    ]);
  });

  it('sums a lone counter in a transaction too, because a lost answer must not count twice', async () => {
    await table.writeAll([add]);
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
  });

  it('answers conflict when one row was not at its version', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(canceled('None', 'ConditionalCheckFailed'));
    expect(await table.writeAll([put(4), add])).toBe('conflict');
    expect(waits).toHaveLength(0);
  });

  it('tries again when it only met another transaction, each time as a new one', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(canceled('None', 'TransactionConflict'))
      .rejectsOnce(canceled('TransactionConflict', 'None'))
      .resolves({});
    expect(await table.writeAll([put(4), add])).toBe('written');
    const tokens = dynamo
      .commandCalls(TransactWriteItemsCommand)
      .map((call) => call.args[0].input.ClientRequestToken);
    expect(new Set(tokens).size).toBe(3);
    expect(waits).toHaveLength(2);
  });

  it('gives up after a bounded number of tries and says so', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(canceled('TransactionConflict'));
    await expect(table.writeAll([add])).rejects.toThrow('canceled');
    expect(dynamo.calls()).toHaveLength(8);
  });

  it('refuses more than a hundred rows, and the same row twice, before anything is sent', async () => {
    const many = Array.from({ length: 101 }, (_, i): Write => ({ ...put(0), key: reader(`${i}`) }));
    await expect(table.writeAll(many)).rejects.toThrow(/at most 100 rows/);
    await expect(table.writeAll([put(1), put(2)])).rejects.toThrow(/named twice/);
    expect(dynamo.calls()).toHaveLength(0);
  });
});

describe('writing each on its own', () => {
  it('tells the outcome of each row in the order given, with a bounded number at once', async () => {
    let running = 0;
    let most = 0;
    dynamo.on(PutItemCommand).callsFake(async (input: { Item: { pk: { S: string } } }) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (input.Item.pk.S === 'P#1')
        throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    });
    const writes = Array.from({ length: 300 }, (_, i): Write => ({
      ...put(1),
      key: reader(`${i}`),
    }));
    const outcomes = await table.writeEach(writes);
    expect(outcomes.slice(0, 3)).toEqual(['written', 'conflict', 'written']);
    expect(outcomes).toHaveLength(300);
    expect(most).toBeLessThanOrEqual(50);
  });
});

describe('reading', () => {
  it('asks for many rows a hundred at a time, and again for those left unread', async () => {
    const left = { People: { Keys: [{ pk: { S: 'P#1' }, sk: { S: 'reader' } }] } };
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { People: [item('P#0', 'reader')] }, UnprocessedKeys: left })
      .resolves({ Responses: { People: [item('P#1', 'reader')] } });
    const rows = await table.getMany([reader('1'), reader('0'), reader('1'), reader('none')]);
    expect(rows.map((row) => row?.key.pk)).toEqual(['P#1', 'P#0', 'P#1', undefined]);
    expect(dynamo.commandCalls(BatchGetItemCommand)).toHaveLength(2);

    dynamo.reset();
    dynamo.on(BatchGetItemCommand).resolves({});
    await table.getMany(Array.from({ length: 250 }, (_, i) => reader(String(i))));
    const sizes = dynamo
      .commandCalls(BatchGetItemCommand)
      .map((call) => call.args[0].input.RequestItems?.['People']?.Keys?.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('takes every page of a partition for the whole, and asks for the next only when it is used', async () => {
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [item('p', 'a')], LastEvaluatedKey: item('p', 'a') })
      .resolves({ Items: [item('p', 'b')] });
    expect((await all(table.query('records', 'p'))).map((row) => row.key.sk)).toEqual(['a', 'b']);

    dynamo.resetHistory();
    dynamo.on(QueryCommand).resolves({ Items: [item('p', 'a')], LastEvaluatedKey: item('p', 'a') });
    for await (const row of table.query('records', 'p')) if (row.key.sk === 'a') break;
    expect(dynamo.calls()).toHaveLength(1);
  });

  it('shows what a counter row has summed as its data', async () => {
    dynamo.on(QueryCommand).resolves({
      Items: [{ ...item('p', 's'), d: { S: '{"accepted":50}' }, 'c:accepted': { N: '48' } }],
    });
    expect((await all(table.query('records', 'p')))[0]?.data).toEqual({ accepted: 98 });
  });

  it('believes the row and not the index about what is due', async () => {
    const indexed = (pk: string) => ({
      ...item(pk, 's'),
      due: { S: `000000000001000 ${pk} s` },
    });
    dynamo.on(QueryCommand).resolves({ Items: ['a', 'b', 'c'].map(indexed) });
    const row = (pk: string, at: string) => ({
      ...item(pk, 's'),
      dueShard: { N: '3' },
      due: { S: `${at} ${pk} s` },
    });
    dynamo.on(BatchGetItemCommand).resolves({
      Responses: { Records: [row('a', '000000000001000'), row('b', '000000000009000')] },
    });
    const due = await all(table.due('records', 3, 2_000));
    expect(due.map((found) => found.key.pk)).toEqual(['a']);
  });
});

describe('scanning people', () => {
  const person = (id: string) => [item(`P#${id}`, 'profile'), item(`P#${id}`, 'reader')];

  it('never parts the rows of one person, whatever the page', async () => {
    dynamo
      .on(ScanCommand)
      .resolvesOnce({
        Items: [...person('1'), item('P#2', 'profile')],
        LastEvaluatedKey: item('P#2', 'profile'),
      })
      .resolves({ Items: person('2') });
    const first = await table.scanPeople({ index: 1, of: 4 }, undefined, 3);
    expect(first.rows.map((row) => row.key.pk)).toEqual(['P#1', 'P#1']);
    const second = await table.scanPeople({ index: 1, of: 4 }, first.next, 3);
    expect(second).toMatchObject({ rows: [{}, {}], next: undefined });
    expect(dynamo.commandCalls(ScanCommand)[1]?.args[0].input).toMatchObject({
      Segment: 1,
      TotalSegments: 4,
      ExclusiveStartKey: { pk: { S: 'P#1' }, sk: { S: 'reader' } },
    });
  });

  it('reads on when one person fills the page', async () => {
    dynamo
      .on(ScanCommand)
      .resolvesOnce({ Items: person('1'), LastEvaluatedKey: item('P#1', 'reader') })
      .resolves({ Items: person('2') });
    const page = await table.scanPeople({ index: 0, of: 1 }, undefined, 2);
    expect(page.rows).toHaveLength(4);
    expect(page.next).toBeUndefined();
  });
});
