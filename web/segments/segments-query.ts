import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, bodyOf, versioned } from '../api/client.ts';
import type { Condition } from './tree.ts';

export type Segment = InferResponseType<typeof api.segments.$get, 200>['items'][number];
const AT_ONCE = '200';

/** Saved segments with the count they had: nothing is counted for a list. */
export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: () => bodyOf(api.segments.$get({ query: { limit: AT_ONCE } })),
});

export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['segments', id],
    queryFn: () => versioned(api.segments[':id'].$get({ param: { id } })),
  });

/** How many a condition holds for now, and five of them. */
export const previewQuery = (condition: Condition | undefined) =>
  queryOptions({
    queryKey: ['segments', 'preview', condition],
    queryFn: () => bodyOf(api.segments.preview.$post({ json: { condition: condition! } })),
    enabled: condition !== undefined,
    placeholderData: keepPreviousData,
  });

/** The latest campaigns, for who asks about one that has left. */
export const campaignsLeftQuery = queryOptions({
  queryKey: ['campaigns', 'latest'],
  queryFn: () => bodyOf(api.campaigns.$get({ query: { limit: '100' } })),
});
