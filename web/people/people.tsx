import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import { ButtonLink } from '../shell/button-link.tsx';
import { Page } from '../shell/page.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { AddReader } from './add.tsx';
import { Counted } from './counted.tsx';
import { Found } from './found.tsx';
import { nameOf } from './name.tsx';
import { usePeopleFound } from './search.ts';
import { SomePeople } from './some.tsx';
import './people.css';

const REST_MS = 300;

/** Nobody scrolls through two hundred thousand people: one looks for somebody. */
export function People() {
  const { t, locale } = useWords();
  const { may } = useHouse();
  const { among } = useSearch({ from: '/inside/people' });
  const [text, setText] = useState('');
  const [rested] = useDebouncedValue(text.trim(), REST_MS);
  const { found, isSearching, isDone, isMore, error } = usePeopleFound(rested, among);
  const inOrder = found.toSorted((one, other) =>
    nameOf(one).localeCompare(nameOf(other), locale, { numeric: true }),
  );
  return (
    <Page
      title={t('people.title')}
      lead={t('people.lead')}
      acts={
        <>
          {may('imports:write') && (
            <ButtonLink variant="default" to="/settings/imports">
              {t('people.bring')}
            </ButtonLink>
          )}
          {may('people:write') && <AddReader />}
        </>
      }
    >
      <search className="find stack">
        <TextInput
          type="search"
          size="md"
          label={t('people.find')}
          placeholder={t('find.placeholder')}
          autoComplete="off"
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {among && (
          <p>
            {t('people.among', { who: t(`people.among.${among}`) })}{' '}
            <Link to="/people" search={{}}>
              {t('people.everybody')}
            </Link>
          </p>
        )}
        <p className="soft" role="status">
          {isSearching
            ? t('find.searching')
            : isDone
              ? t(isMore ? 'find.first' : 'find.count', { count: found.length })
              : ''}
        </p>
      </search>
      {error && <Said error={error} />}
      {!among && text === '' && <Counted />}
      {!among && text === '' && <SomePeople />}
      {found.length > 0 && <Found people={inOrder} />}
    </Page>
  );
}
