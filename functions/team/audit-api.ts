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

/** The log that only grows. */
export function auditApi(ports: Pick<Ports, 'table' | 'now'>) {
  return newApi().openapi(list, async (c) => {
    const { limit, cursor, by: who, on } = c.req.valid('query');
    const items: AuditEntry[] = [];
    for await (const entry of auditNewestFirst(ports, placeIn({ cursor }))) {
      if ((who !== undefined && entry.by.id !== who) || (on !== undefined && entry.on !== on))
        continue;
      if (items.length === limit)
        return c.json({ items: items.map(viewOf), next: cursorOf(items.at(-1)!.id) }, 200);
      items.push(entry);
    }
    return c.json({ items: items.map(viewOf), next: null }, 200);
  });
}

function viewOf({ format: _, ...entry }: AuditEntry): z.infer<typeof AuditView> {
  return { ...entry, at: momentText(entry.at) };
}
