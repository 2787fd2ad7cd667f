import { describe, test, vi } from 'vitest';
import { DynamoTable } from '../../functions/aws/dynamo-table.ts';
import { describeTable } from '../ports/table.ts';
import { makeTables } from './peer-tables.ts';

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

async function openTable() {
  const { client, tables, remove } = await makeTables(endpoint!);
  return {
    table: new DynamoTable({ client, tables }),
    close: async () => {
      await remove();
      client.destroy();
    },
  };
}
