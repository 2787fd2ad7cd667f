import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { describe, test, vi } from 'vitest';
import { DynamoTable } from '../../functions/aws/dynamo-table.ts';
import { describeTable } from '../ports/table.ts';

/** Independent implementations of DynamoDB's wire, such as `moto_server`, by the address they answer at. */
const endpoint = process.env['MODERATO_DYNAMODB_ENDPOINT'];
const runs = Number(process.env['MODERATO_DYNAMODB_RUNS'] ?? 30);

// Such a peer may be a hundred times slower than what it stands for.
vi.setConfig({ testTimeout: 120_000 });

if (endpoint) describeTable(`the table on ${endpoint}`, openTable, { runs });
else
  describe('the table on an independent DynamoDB', () => {
    test.skip('keeps every promise of a table (set MODERATO_DYNAMODB_ENDPOINT to try it)');
  });

/** Two tables as `infra/aws/tables.ts` describes them, made for this run and removed after it. */
async function openTable() {
  const client = new DynamoDBClient({
    region: 'eu-west-3',
    ...(endpoint !== 'aws' && {
      endpoint: endpoint!,
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    }),
  });
  const suffix = `${process.pid}-${process.hrtime.bigint()}`;
  const tables = { people: `people-${suffix}`, records: `records-${suffix}` };
  await Promise.all(Object.values(tables).map((name) => create(client, name)));
  return {
    table: new DynamoTable({ client, tables }),
    close: async () => {
      for (const TableName of Object.values(tables))
        await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
    },
  };
}

async function create(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'dueShard', AttributeType: 'N' },
        { AttributeName: 'due', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'dueShard', KeyType: 'HASH' },
            { AttributeName: 'due', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
}
