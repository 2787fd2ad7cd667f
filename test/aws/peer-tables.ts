import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

/** How to reach a peer: somebody else's implementation of the wire of AWS, on this machine. */
export const reach = (endpoint: string) => ({
  region: 'eu-west-3',
  endpoint,
  credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
});

/** Two tables as `infra/aws/tables.ts` describes them, made for one run. */
export async function makeTables(endpoint: string) {
  const client = new DynamoDBClient(reach(endpoint));
  const suffix = `${process.pid}-${process.hrtime.bigint()}`;
  const tables = { people: `people-${suffix}`, records: `records-${suffix}` };
  await Promise.all(Object.values(tables).map((name) => make(client, name)));
  return {
    client,
    tables,
    remove: async () => {
      for (const TableName of Object.values(tables))
        await client.send(new DeleteTableCommand({ TableName }));
    },
  };
}

async function make(client: DynamoDBClient, TableName: string): Promise<void> {
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
