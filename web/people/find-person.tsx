import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../words/speak.tsx';
import { nameOf } from './name.tsx';
import { usePeopleFound } from './search.ts';
import './people.css';

const REST_MS = 300;
const SHOWN_MOST = 6;

/** Somebody by the beginning of their name or address. */
export function FindPerson(props: {
  readonly label: string;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [rested] = useDebouncedValue(text.trim(), REST_MS);
  const { found: all, isSearching, isDone, isMore } = usePeopleFound(rested);
  // Who has not confirmed reads nothing yet.
  const found = all.filter(({ state }) => state !== 'asked');
  const isCut = isMore || found.length > SHOWN_MOST;
  return (
    <div className="find stack">
      <TextInput
        type="search"
        label={props.label}
        placeholder={t('find.placeholder')}
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <p className="hidden" role="status">
        {isDone &&
          (isCut
            ? t('find.first', { count: SHOWN_MOST })
            : t('find.count', { count: found.length }))}
      </p>
      {found.length > 0 && (
        <ul className="plain found">
          {found.slice(0, SHOWN_MOST).map((person) => (
            <li key={person.id}>
              <button type="button" className="words" onClick={() => props.onChoose(person.id)}>
                {nameOf(person)}
              </button>{' '}
              <span className="soft small">{person.email}</span>
            </li>
          ))}
        </ul>
      )}
      {isDone && isCut && <p className="soft small">{t('find.first', { count: SHOWN_MOST })}</p>}
      {isSearching && <p className="soft small">{t('find.searching')}</p>}
      {isDone && found.length === 0 && <p className="soft">{t('find.nobody')}</p>}
    </div>
  );
}
