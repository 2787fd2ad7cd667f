import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';

/** Somebody by their name, else by their address; who may not look people up sees only a number. */
export function PersonName({ id }: { readonly id: string }) {
  const { may } = useHouse();
  const { data } = useQuery({
    queryKey: ['people', id],
    queryFn: () => bodyOf(api.people[':id'].$get({ param: { id } })),
    enabled: may('people:read'),
    staleTime: 60_000,
  });
  if (!data) return <span className="soft small">{id.slice(-8)}</span>;
  return <>{nameOf(data)}</>;
}

export function nameOf(person: {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string;
}): string {
  return [person.givenName, person.familyName].filter(Boolean).join(' ') || person.email;
}
