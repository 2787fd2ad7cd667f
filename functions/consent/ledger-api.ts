import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { apiRoute, json, newApi } from '../team/api.ts';
import { DayRoot, readRoots, verifyDay } from './ledger-day.ts';

/** A year and a day. */
export const ROOTS_SHOWN = 366;

const tags = ['ledger'];
const list = apiRoute({
  method: 'get',
  path: '/ledger/roots',
  scope: 'audit:read',
  tags,
  summary: 'One hash for each day of the consent ledger',
  description:
    'Newest first. Each covers all that was recorded that day and the day before it. The same list is public at /receipts/roots.json: keep a copy where nobody of the house can change it.',
  responses: { 200: json(z.object({ items: z.array(DayRoot) }), 'The roots of a year.') },
});
const check = apiRoute({
  method: 'get',
  path: '/ledger/roots/{day}',
  scope: 'audit:read',
  tags,
  summary: 'Whether what was recorded on a day is still what it was',
  description:
    'Reads every ledger that grew that day. Give "root" as it was kept outside, and it is compared with that too.',
  request: {
    params: z.object({ day: z.iso.date() }),
    query: z.object({ root: z.string().max(100).optional() }),
  },
  responses: {
    200: json(
      z.object({
        day: z.string(),
        sound: z.boolean(),
        because: z.string().nullable(),
        personId: z.string().nullable(),
      }),
      'Sound, or what is not.',
    ),
  },
});

/** For who checks the ledger: an auditor, or a job that runs elsewhere. */
export function ledgerApi(ports: Pick<Ports, 'table'>) {
  return newApi()
    .openapi(list, async (c) => c.json({ items: await readRoots(ports, ROOTS_SHOWN) }, 200))
    .openapi(check, async (c) => {
      const { day } = c.req.valid('param');
      const found = await verifyDay(ports, day, c.req.valid('query').root);
      if (!found) throw new Problem('not-found');
      const { sound } = found;
      return c.json(
        {
          day,
          sound,
          because: found.sound ? null : found.because,
          personId: found.sound ? null : (found.personId ?? null),
        },
        200,
      );
    });
}
