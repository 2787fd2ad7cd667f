import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { personQuery } from '../api/queries.ts';

/** Somebody by their name, and the way to them; who may not look people up sees only a number. */
export function PersonName({ id }: { readonly id: string }) {
  const { may } = useHouse();
  const { data } = useQuery({ ...personQuery(id), enabled: may('people:read') });
  if (!data) return <span className="soft small">{id.slice(-8)}</span>;
  return (
    <Link to="/people/$id" params={{ id }}>
      {nameOf(data)}
    </Link>
  );
}

type Named =
  | { readonly name: string | null; readonly email: string }
  | {
      readonly givenName: string | null;
      readonly familyName: string | null;
      readonly email: string;
    };

export function nameOf(person: Named): string {
  const name =
    'name' in person
      ? person.name
      : [person.givenName, person.familyName].filter(Boolean).join(' ');
  return name || person.email;
}
