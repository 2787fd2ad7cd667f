import { useSuspenseQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { meQuery } from './queries.ts';

/** What time it is for the house, as far as this screen can tell: on a laptop its clock may stand elsewhere, or still. */
export function useHouseClock(): () => number {
  const { data, dataUpdatedAt } = useSuspenseQuery(meQuery);
  const { timeStands } = data;
  const then = Date.parse(data.now);
  return useCallback(
    () => (timeStands ? then : then + (Date.now() - dataUpdatedAt)),
    [then, timeStands, dataUpdatedAt],
  );
}
