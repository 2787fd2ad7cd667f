import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api, bodyOf } from '../api/client.ts';

const one = api.campaigns[':id'].repeat;
export type RepeatWish = InferRequestType<typeof one.$post>['json'];
export type Rhythm = RepeatWish['rhythm'];
export type Series = NonNullable<InferResponseType<typeof one.$get, 200>['series']>;
export type SeriesDate = Series['next'][number];

/** How a letter leaves again and again, and on which dates next. */
export const seriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'repeat'],
    queryFn: () => bodyOf(one.$get({ param: { id } })),
  });

/** The first dates of a rhythm: asked of the house, whose clock knows summer and winter. */
export const datesQuery = (id: string, rhythm: Rhythm) =>
  queryOptions({
    queryKey: ['campaigns', id, 'repeat', 'dates', rhythm],
    queryFn: () => bodyOf(one.dates.$post({ param: { id }, json: { rhythm } })),
    staleTime: 60_000,
    retry: false,
  });

/** The letters that were made of one that leaves again and again, newest first. */
export const lettersOfQuery = (series: string) =>
  queryOptions({
    queryKey: ['campaigns', 'list', 'of', series],
    queryFn: () => bodyOf(api.campaigns.$get({ query: { limit: '50', series } })),
  });
