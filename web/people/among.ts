import type { api } from '../api/client.ts';
import type { InferRequestType } from 'hono/client';

type Condition = NonNullable<InferRequestType<typeof api.people.search.$post>['json']['condition']>;

/** Whom one may look at by how they stand, as the address says it. */
export const AMONG = [
  'active',
  'paused',
  'silent',
  'unproven',
  'unsubscribed',
  'bounced',
  'complained',
] as const;
export type Among = (typeof AMONG)[number];

const SILENT_DAYS = 730;

export function peopleSearch(given: Readonly<Record<string, unknown>>): { among?: Among } {
  const among = AMONG.find((one) => one === given['among']);
  return among ? { among } : {};
}

/** The same in the words of segments. */
export function conditionOf(among: Among): Condition {
  const active = { state: ['active'] as const };
  if (among === 'paused') return { all: [active, { paused: true }] };
  if (among === 'silent')
    return { all: [active, { moment: 'lastActAt', olderThanDays: SILENT_DAYS }] };
  return { state: [among] };
}
