import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, bodyOf } from '../api/client.ts';
import type { Span } from './days.ts';

const MINUTE_MS = 60_000;
export type Calendar = InferResponseType<typeof api.calendar.$get, 200>;
export type CalendarDay = Calendar['days'][number];
export type Entry = CalendarDay['campaigns'][number];
export type Forecast = NonNullable<Entry['forecast']>;
/** As if a campaign left at another hour of its own clock. */
export type Move = { readonly move: string; readonly at: string };

export const calendarQuery = ({ from, days }: Span, move?: Move) =>
  queryOptions({
    queryKey: ['calendar', from, days, move],
    queryFn: () => bodyOf(api.calendar.$get({ query: { from, days: String(days), ...move } })),
    staleTime: MINUTE_MS,
    placeholderData: keepPreviousData,
  });

/** The days of readers' own letters that have been, with what became of them. */
export const lettersPastQuery = queryOptions({
  queryKey: ['digests', 'past'],
  queryFn: () => bodyOf(api.digests.$get({ query: { limit: '100' } })),
  staleTime: MINUTE_MS,
});

/** Whom it finds in its letter or later, because of the pace they chose. */
export const laterIn = ({ hold, digest }: Pick<Forecast, 'hold' | 'digest'>) => hold + digest;
