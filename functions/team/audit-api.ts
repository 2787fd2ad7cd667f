import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import {
  apiRoute,
  cursorOf,
  json,
  MomentText,
  momentText,
  newApi,
  Page,
  pageOf,
  placeIn,
} from './api.ts';
import { AuditEntry } from './audit.ts';
import { auditNewestFirst } from './store.ts';

const { by, facts } = AuditEntry.shape;
const AuditView = z
  .object({
    id: z.string(),
    at: MomentText,
    by,
    act: z.string(),
    on: z.string().nullable(),
    outcome: z.string(),
    facts,
  })
  .meta({ id: 'AuditEntry' });

const list = apiRoute({
  method: 'get',
  path: '/audit',
  scope: 'audit:read',
  tags: ['team'],
  summary: 'Who did what, newest first',
  description:
    'Every act of the house’s people and keys that changes something, and what was refused to them; never an address or a text. The stream of events and of people from a key stands in no line.',
  request: {
    query: Page.extend({ by: z.string().max(64).optional(), on: z.string().max(64).optional() }),
  },
  responses: { 200: json(pageOf(AuditView), 'A page of the log.') },
});

/** A page of one person or thing may hold fewer than asked for: a call looks through so many lines. */
const LOOKED_MOST = 5_000;

/** The log that only grows. */
export function auditApi(ports: Pick<Ports, 'table' | 'now'>) {
  return newApi().openapi(list, async (c) => {
    const { limit, cursor, by: who, on } = c.req.valid('query');
    const items: AuditEntry[] = [];
    let looked = 0;
    let last = '';
    for await (const entry of auditNewestFirst(ports, placeIn({ cursor }))) {
      if (items.length === limit || looked === LOOKED_MOST)
        return c.json({ items: items.map(viewOf), next: cursorOf(last) }, 200);
      looked += 1;
      last = entry.id;
      const isMeant = (who ?? entry.by.id) === entry.by.id && (on ?? entry.on) === entry.on;
      if (isMeant) items.push(entry);
    }
    return c.json({ items: items.map(viewOf), next: null }, 200);
  });
}

function viewOf({ format: _, ...entry }: AuditEntry): z.infer<typeof AuditView> {
  return { ...entry, at: momentText(entry.at) };
}
