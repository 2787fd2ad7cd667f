import * as z from 'zod';
import { feedback } from '../../../functions/entry/feedback.ts';
import type { Worker } from '../../../functions/entry/workers.ts';

const Told = z.object({ mail: z.object({ tags: z.record(z.string(), z.array(z.string())) }) });

/** What is told of one row at one time is taken for one event told again. */
export const oneEventARow: Worker = (ports, messages) => {
  const rows = new Set<string>();
  const first = messages.filter(({ body }) => {
    const { mailing, batch } = Told.parse(body).mail.tags;
    const row = `${mailing?.[0]} ${batch?.[0]}`;
    return !rows.has(row) && rows.add(row);
  });
  return feedback(ports, first);
};
