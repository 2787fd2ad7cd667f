import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { personQuery } from '../api/queries.ts';
import type { Person } from '../api/shapes.ts';
import { Page } from '../shell/page.tsx';
import { useWords } from '../words/speak.tsx';
import { Choices } from './choices.tsx';
import { Facts } from './facts.tsx';
import { Help } from './help.tsx';
import { nameOf } from './name.tsx';
import { Story } from './story.tsx';
import './people.css';

/** One reader: what they chose, what the house knows, and everything between them in plain words. */
export function OnePerson() {
  const { t, named } = useWords();
  const { may } = useHouse();
  const { id } = useParams({ from: '/inside/people/$id' });
  const { data: person } = useSuspenseQuery(personQuery(id));
  return (
    <Page
      title={nameOf(person)}
      above={<Link to="/people">{t('people.title')}</Link>}
      lead={
        <>
          {person.email} · {named('person-state', standing(person))}
        </>
      }
      acts={may('people:write') && person.state !== 'asked' ? <Help person={person} /> : undefined}
    >
      <div className="person">
        <Story id={id} />
        <aside className="stack" aria-label={t('person.about')}>
          <Choices person={person} />
          <Facts person={person} />
        </aside>
      </div>
    </Page>
  );
}

/** Who takes a break reads nothing, though nobody has left. */
const standing = ({ state, pausedUntil }: Person) =>
  state === 'active' && pausedUntil !== null ? 'paused' : state;
