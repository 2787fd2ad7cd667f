import { useQuery } from '@tanstack/react-query';
import { useHouse } from './house.ts';
import { reportQuery } from './queries.ts';

/** The fields in which, when the file was last counted, somebody had something; undefined when nobody can say. */
export function useKnownFields(): readonly string[] | undefined {
  const { may } = useHouse();
  const { data } = useQuery({ ...reportQuery, enabled: may('reports:read') });
  return data?.file?.fields ?? undefined;
}
