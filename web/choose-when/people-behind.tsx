import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useHouse } from '../api/house.ts';
import { behindQuery, type Behind } from '../api/queries.ts';
import type { DryRun } from '../api/shapes.ts';
import { nameOf } from '../people/name.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';

const MORE = 25;

/** All of them, some at a time. Few may stand among many: the house looks on until there are enough. */
export function PeopleBehind(props: {
  readonly id: string;
  readonly run: Pick<DryRun, 'at' | 'readersClock'>;
  readonly figure: Behind;
}) {
  const { t } = useWords();
  const { date } = useHouse();
  const [wanted, setWanted] = useState(MORE);
  const list = useInfiniteQuery(behindQuery(props.id, props.run, props.figure));
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const people = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const looksOn = hasNextPage && people.length < wanted && !list.error;
  useEffect(() => {
    if (looksOn && !isFetching) void fetchNextPage();
  }, [looksOn, isFetching, fetchNextPage]);
  return (
    <>
      <ul className="plain">
        {people.slice(0, wanted).map((person) => (
          <li key={person.id}>
            <Link to="/people/$id" params={{ id: person.id }}>
              {nameOf(person)}
            </Link>
            {person.until !== null && (
              <span className="soft"> · {date(person.until, 'moment')}</span>
            )}
          </li>
        ))}
      </ul>
      {list.error && <Said error={list.error} />}
      {isFetching && people.length < wanted && <p className="soft small">{t('find.searching')}</p>}
      {(hasNextPage || people.length > wanted) && !looksOn && (
        <div>
          <Button variant="default" onClick={() => setWanted(wanted + MORE)}>
            {t('campaigns.more')}
          </Button>
        </div>
      )}
    </>
  );
}
