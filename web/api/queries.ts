import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { InferRequestType } from 'hono/client';
import { api, bodyOf, versioned } from './client.ts';
import type { CampaignLine, DryRun, DryRunWish } from './shapes.ts';

const MINUTE_MS = 60_000;
/** While letters leave, the figures are looked at this often. */
export const LIVE_MS = 1_500;
/** Where something may begin by itself, but not before one's eyes. */
const CALM_MS = 15_000;
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

export type CampaignsFilter = {
  readonly state?: CampaignLine['state'];
  readonly topic?: string;
  readonly text?: string;
};

/** What the house has written, newest first, a page at a time. */
export const campaignsQuery = (filter: CampaignsFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', 'list', filter],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.campaigns.$get({
          query: { limit: '50', ...filter, ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => {
      const states = state.data?.pages.flatMap(({ items }) => items.map((one) => one.state)) ?? [];
      if (states.includes('sending')) return 2 * LIVE_MS;
      // What stands on the agenda begins by itself.
      return states.includes('scheduled') ? CALM_MS : false;
    },
  });

/** A campaign with the version a change is made to. */
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id],
    queryFn: () => versioned(api.campaigns[':id'].$get({ param: { id } })),
  });

export type LogFilter = Omit<
  InferRequestType<(typeof api.campaigns)[':id']['deliveries']['$get']>['query'],
  'limit' | 'cursor' | 'person'
>;

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
export const dryRunQuery = (id: string, wish: DryRunWish = {}) =>
  queryOptions({
    queryKey: ['campaigns', id, 'dry-run', wish],
    queryFn: () => bodyOf(api.campaigns[':id']['dry-run'].$post({ param: { id }, query: wish })),
    staleTime: MINUTE_MS,
  });

/** Which of the figures of a dry run is opened. */
export type Behind = {
  readonly decision?: 'send' | 'hold' | 'digest' | 'drop';
  readonly reason?: string;
  readonly emptyField?: string;
};

/** The people behind a figure of a dry run, of that same moment, a page at a time. */
export const behindQuery = (
  id: string,
  { at, readersClock }: Pick<DryRun, 'at' | 'readersClock'>,
  figure: Behind,
) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', id, 'behind', at, readersClock, figure],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.campaigns[':id']['dry-run'].people.$get({
          param: { id },
          query: {
            ...{ limit: '25', at, ...figure },
            ...(readersClock !== null && { readersClock }),
            ...(pageParam && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: MINUTE_MS,
  });

/** The house's settings with the version a change is made to. */
export const brandQuery = queryOptions({
  queryKey: ['brand'],
  queryFn: () => versioned(api.brand.$get()),
  staleTime: MINUTE_MS,
});

/** The days of letters: those to come, those that have left, and what should have left and has not. */
export const lettersQuery = queryOptions({
  queryKey: ['digests'],
  queryFn: () => bodyOf(api.digests.$get({ query: { limit: '8' } })),
});

/** The letters of one day, with the version a change is made to; as one reader, with their own. */
export const dayQuery = (id: string) =>
  queryOptions({
    queryKey: ['digests', id],
    queryFn: () => versioned(api.digests[':id'].$get({ param: { id }, query: {} })),
  });

/** What leaves today, with what readers' paces make of it. */
export const todayQuery = queryOptions({
  queryKey: ['calendar', 'today'],
  queryFn: () => bodyOf(api.calendar.$get({ query: { days: '1' } })),
});

/** How the house stands: who stayed and who left, what came back, what stands still, the file. */
export const reportQuery = queryOptions({
  queryKey: ['reports', 'today'],
  queryFn: () => bodyOf(api.reports.today.$get()),
  staleTime: MINUTE_MS,
});

/** Whoever sits here, as a reader; null when they are none. */
export const myselfQuery = (email: string | null) =>
  queryOptions({
    queryKey: ['myself', email],
    queryFn: async () => {
      const text = email ?? '';
      // A search finds nobody in peace, where looking up one person who is not there is a fault.
      const { items } = await bodyOf(api.people.search.$post({ json: { text } }));
      return items.find((one) => one.email === text.toLowerCase()) ?? null;
    },
    enabled: email !== null,
  });

const TEST = 'POST /campaigns/:id/test';

/** The tests that somebody of the house has sent, of late. */
export const testsQuery = (by: string) =>
  queryOptions({
    queryKey: ['audit', 'tests', by],
    queryFn: async () => {
      const { items } = await bodyOf(api.audit.$get({ query: { limit: AT_ONCE, by } }));
      return items.filter(({ act, outcome }) => act === TEST && outcome === 'done');
    },
  });
