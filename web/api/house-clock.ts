import { useSuspenseQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { meQuery } from './queries.ts';

/** What time it is for the house, as far as this screen can tell: on a laptop its clock may stand elsewhere. */
export function useHouseClock(): () => number {
  const { data, dataUpdatedAt } = useSuspenseQuery(meQuery);
  const then = Date.parse(data.now);
  return useCallback(() => then + (Date.now() - dataUpdatedAt), [then, dataUpdatedAt]);
}
