import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, bodyOf } from '../../api/client.ts';

export type Picture = InferResponseType<typeof api.pictures.$get, 200>['items'][number];
export type Starter = InferResponseType<
  (typeof api)['letters-to-start-from']['$get'],
  200
>['items'][number];

/** Pictures that letters may show, newest first. */
export const picturesQuery = infiniteQueryOptions({
  queryKey: ['pictures'],
  queryFn: ({ pageParam }) =>
    bodyOf(api.pictures.$get({ query: { limit: '24', ...(pageParam && { cursor: pageParam }) } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next ?? undefined,
});

/** Letters to start from; they come with the house and change with it. */
export const startersQuery = queryOptions({
  queryKey: ['starters'],
  queryFn: () => bodyOf(api['letters-to-start-from'].$get()),
  staleTime: Infinity,
});
