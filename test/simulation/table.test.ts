import { MemoryTable } from '../../infra/simulation/memory-table.ts';
import { plainTable } from '../../infra/simulation/plain-ports.ts';
import { describeTable } from '../ports/table.ts';

describeTable('the table of the simulation', async () => ({
  table: plainTable(new MemoryTable()),
  close: async () => undefined,
}));
