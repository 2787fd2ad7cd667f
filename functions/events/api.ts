import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { readPerson } from '../people/store.ts';
import {
  apiRoute,
  cursorOf,
  Id,
  json,
  jsonBody,
  MomentText,
  momentText,
  newApi,
  Page,
  pageOf,
  placeIn,
} from '../team/api.ts';
import { Event, EVENTS_A_CALL, type RefusalCode } from './event.ts';
import { readTimeline } from './store.ts';
import { takeEvents } from './take-events.ts';

const REFUSALS: readonly [RefusalCode, ...RefusalCode[]] = [
  'address-refused',
  'moment-ahead',
  'person-erased',
  'person-unknown',
];
const TakenView = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.array(z.object({ index: z.int(), code: z.enum(REFUSALS), detail: z.string() })),
});
const TimelineView = z
  .object({
    id: z.string(),
    type: z.string(),
    at: MomentText,
    receivedAt: MomentText,
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })
  .meta({ id: 'TimelineEvent' });

const take = apiRoute({
  method: 'post',
  path: '/events',
  scope: 'events:write',
  audited: 'members',
  tags: ['events'],
  summary: 'Tell what people did',
  description:
    'Up to 500 events a call, in any order. An event is taken once: its id is yours and says which it is. A "purchase" has data.amount, and may have data.currency (else the house’s) and data.items. A malformed event refuses the whole call; well-formed ones that cannot be taken are listed in "refused".',
  request: jsonBody(z.strictObject({ events: z.array(Event).min(1).max(EVENTS_A_CALL) })),
  responses: { 202: json(TakenView, 'How many were taken.') },
});
const timeline = apiRoute({
  method: 'get',
  path: '/people/{id}/events',
  scope: 'people:read',
  tags: ['events'],
  summary: 'What one person did, newest first',
  request: { params: Id, query: Page },
  responses: { 200: json(pageOf(TimelineView), 'A page of the timeline.') },
});

/** The intake of what people did, and what it left. */
export function eventsApi(ports: Pick<Ports, 'table' | 'now' | 'secrets'>) {
  return newApi()
    .openapi(take, async (c) => {
      const taken = await takeEvents(ports, c.req.valid('json').events);
      return c.json({ ...taken, refused: [...taken.refused] }, 202);
    })
    .openapi(timeline, async (c) => {
      const { id } = c.req.valid('param');
      const page = c.req.valid('query');
      if (!(await readPerson(ports, id))) throw new Problem('not-found');
      const after = placeIn(page);
      const range = { limit: page.limit + 1, ...(after === undefined ? {} : { after }) };
      const found = await readTimeline(ports, id, range);
      const shown = found.slice(0, page.limit);
      const items = shown.map(({ event: { eventId, type, at, receivedAt, data } }) => ({
        id: eventId,
        type,
        at: momentText(at),
        receivedAt: momentText(receivedAt),
        data,
      }));
      const next = found.length > shown.length ? cursorOf(shown.at(-1)!.place) : null;
      return c.json({ items, next }, 200);
    });
}
