import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, bodyOf } from '../../api/client.ts';

const versions = api.campaigns[':id'].versions;
export type Versions = InferResponseType<typeof versions.$get, 200>;
export type Standing = Versions['now'];
export type Version = InferResponseType<(typeof versions)[':number']['$get'], 200>;

/** How a letter stood before. Somebody may have written since one last looked. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'versions'],
    queryFn: () => bodyOf(versions.$get({ param: { id } })),
    gcTime: 0,
  });

/** A version never changes. */
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['campaigns', id, 'versions', number],
    queryFn: () => bodyOf(versions[':number'].$get({ param: { id, number: String(number) } })),
    staleTime: Infinity,
  });
