import { Database } from '../../infra/local/database.ts';
import { SqliteTable } from '../../infra/local/sqlite-table.ts';
import { describeTable } from '../ports/table.ts';

describeTable("the laptop's table", async () => {
  const database = new Database(':memory:');
  return { table: new SqliteTable(database), close: () => database.close() };
});
