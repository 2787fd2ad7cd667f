import type { Ports, Write } from './ports.ts';
import { Problem } from './problem.ts';

const ATTEMPTS = 8;

/** What a plan wants written, all or none, and what to answer once it is. */
export type Plan<Answer> = { readonly writes: readonly Write[]; readonly answer: Answer };

/**
 * Plans a write from what the table holds now, and plans it anew when somebody else was faster. A
 * plan without writes is an answer already.
 */
export async function written<Answer>(
  { table }: Pick<Ports, 'table'>,
  plan: () => Promise<Plan<Answer>>,
): Promise<Answer> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { writes, answer } = await plan();
    if (writes.length === 0 || (await table.writeAll(writes)) === 'written') return answer;
  }
  throw new Problem('too-many-hands');
}
