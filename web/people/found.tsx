import { Link } from '@tanstack/react-router';
import type { Person } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { nameOf } from './name.tsx';

type Line = Parameters<typeof nameOf>[0] &
  Pick<Person, 'id' | 'email' | 'frequency'> & { readonly state: string };

/** People one after the other: enough to recognise each and go to them. */
export function Found({ people }: { readonly people: readonly Line[] }) {
  const { named } = useWords();
  return (
    <ul className="plain found">
      {people.map((person) => (
        <li key={person.id}>
          <Link to="/people/$id" params={{ id: person.id }} className="found-name">
            {nameOf(person)}
          </Link>
          <span className="soft small">
            {nameOf(person) !== person.email && <>{person.email} · </>}
            {named('person-state', person.state)} · {named('pace', person.frequency)}
          </span>
        </li>
      ))}
    </ul>
  );
}
