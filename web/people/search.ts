import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { conditionOf, type Among } from './among.ts';

/** Who reads with a name or an address that begins so. */
const LETTERS_LEAST = 2;
/** Enough to choose from; who wants to see more writes more of the name. */
const ENOUGH = 50;

/** Looks through everybody, some thousands at a time, until there is enough or the end. */
export function usePeopleFound(text: string, among?: Among) {
  const isAsked = text.length >= LETTERS_LEAST || (among !== undefined && text === '');
  const asked = {
    ...(text !== '' && { text }),
    ...(among && { condition: conditionOf(among) }),
  };
  const { data, hasNextPage, isFetching, fetchNextPage, error } = useInfiniteQuery({
    queryKey: ['people-found', text, among],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.people.search.$post({ json: { ...asked, ...(pageParam && { cursor: pageParam }) } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: isAsked,
    staleTime: 30_000,
  });
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  const goesOn = hasNextPage && found.length < ENOUGH;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  return {
    found,
    error,
    isSearching: isAsked && (isFetching || goesOn),
    /** There are others, who are not shown. */
    isMore: hasNextPage,
    isDone: isAsked && data !== undefined && !isFetching && !goesOn,
  };
}
