import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, Refused, versioned } from '../api/client.ts';
import { dayQuery } from '../api/queries.ts';
import type { LetterDay } from '../api/shapes.ts';

export type DayChange = Partial<Pick<LetterDay, 'order' | 'removed' | 'cover'>>;

/** A change made to what was seen. When somebody else was faster, what they made is shown first. */
export function useChangeDay(id: string, version: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: DayChange) =>
      versioned(
        api.digests[':id'].$patch(
          { param: { id }, json: change },
          { headers: { 'if-match': version } },
        ),
      ),
    onSuccess: (now) => {
      queries.setQueryData(dayQuery(id).queryKey, now);
      return queries.invalidateQueries({ queryKey: ['digests', id, 'as'] });
    },
    onError: (error) => {
      if (error instanceof Refused && error.status === 412)
        void queries.invalidateQueries({ queryKey: dayQuery(id).queryKey });
    },
  });
}
