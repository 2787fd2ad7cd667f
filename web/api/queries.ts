import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, versioned } from './client.ts';

const MINUTE_MS = 60_000;
/** While letters leave, the figures are looked at this often. */
export const LIVE_MS = 1_500;
const AT_ONCE = '200';

/** Who is signed in, what they may do, and the house they are in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => bodyOf(api.me.$get()),
  staleTime: 5 * MINUTE_MS,
});

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  queryFn: () => bodyOf(api.topics.$get({ query: { limit: AT_ONCE } })),
  staleTime: MINUTE_MS,
});

export const campaignsQuery = infiniteQueryOptions({
  queryKey: ['campaigns'],
  queryFn: ({ pageParam }) =>
    bodyOf(api.campaigns.$get({ query: { limit: '50', ...(pageParam && { cursor: pageParam }) } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next ?? undefined,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some((one) => one.state === 'sending'))
      ? 2 * LIVE_MS
      : false,
});

/** A campaign with the version a change is made to. */
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id],
    queryFn: () => versioned(api.campaigns[':id'].$get({ param: { id } })),
    refetchInterval: ({ state }) =>
      state.data?.body.state === 'sending' || (state.data?.body.figures.open ?? 0) > 0
        ? LIVE_MS
        : false,
  });

export type LogFilter = {
  readonly decision?: 'send' | 'hold' | 'digest' | 'drop';
  readonly reason?: string;
};

/** The delivery log of a campaign, a page at a time. */
export const deliveriesQuery = (id: string, filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', id, 'deliveries', filter],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.campaigns[':id'].deliveries.$get({
          param: { id },
          query: { limit: '25', ...filter, ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', id],
    queryFn: () => bodyOf(api.people[':id'].$get({ param: { id } })),
    staleTime: MINUTE_MS,
  });

/** Who would get a campaign, who would not, and why: asked of the house, which writes nothing. */
export const dryRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'dry-run'],
    queryFn: () => bodyOf(api.campaigns[':id']['dry-run'].$post({ param: { id } })),
    staleTime: MINUTE_MS,
  });

/** The house's settings with the version a change is made to. */
export const brandQuery = queryOptions({
  queryKey: ['brand'],
  queryFn: () => versioned(api.brand.$get()),
  staleTime: MINUTE_MS,
});
