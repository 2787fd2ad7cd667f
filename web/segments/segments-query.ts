import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, bodyOf, versioned } from '../api/client.ts';
import type { AudienceCondition } from './tree.ts';

export type Segment = InferResponseType<typeof api.segments.$get, 200>['items'][number];
const AT_ONCE = '200';
/** What topics and segments are called changes seldom. */
const SAID_FOR_MS = 5 * 60_000;

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
export const previewQuery = (condition: AudienceCondition | undefined) =>
  queryOptions({
    queryKey: ['segments', 'preview', condition],
    queryFn: () => bodyOf(api.segments.preview.$post({ json: { condition: condition! } })),
    enabled: condition !== undefined,
    placeholderData: keepPreviousData,
  });

/** A condition as one says it, in each language of the console; nobody is counted for that. */
export const sentenceQuery = (condition: AudienceCondition) =>
  queryOptions({
    queryKey: ['segments', 'sentence', condition],
    queryFn: () => bodyOf(api.segments.sentence.$post({ json: { condition } })),
    staleTime: SAID_FOR_MS,
    placeholderData: keepPreviousData,
  });

/** The latest campaigns, for who asks about one that has left. */
export const campaignsLeftQuery = queryOptions({
  queryKey: ['campaigns', 'latest'],
  queryFn: () => bodyOf(api.campaigns.$get({ query: { limit: '100' } })),
});
