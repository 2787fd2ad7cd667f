import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import type { Campaign } from '../api/shapes.ts';

/** The letter of a campaign as it is kept, in one language; the house's main one when none is said. */
export const letterQuery = ({ id, changedAt }: Campaign, language?: string) =>
  queryOptions({
    queryKey: ['letters', id, changedAt, language],
    queryFn: () =>
      bodyOf(
        api.campaigns[':id'].letter.$get({
          param: { id },
          query: language === undefined ? {} : { language },
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
