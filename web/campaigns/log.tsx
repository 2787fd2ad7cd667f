import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useHouse } from '../api/house.ts';
import { deliveriesQuery, type LogFilter } from '../api/queries.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import type { Words } from '../words/words.ts';
import { DECISIONS, logSearch } from './search.ts';
import { PersonName } from '../people/name.tsx';

/** A log is read line by line: it need not move as often as a figure. */
const LOG_MS = 5_000;
const COLUMNS = ['log.reader', 'log.decision', 'books.reason', 'log.became'] as const;

/** One line for each candidate: what was decided, why, and what became of it. */
export function Log(props: {
  readonly id: string;
  /** How soon the campaign is looked at again: its log moves with it. */
  readonly lookAgain: () => number | false;
}) {
  const { id, lookAgain } = props;
  const { t, named } = useWords();
  const { date } = useHouse();
  const filter = useSearch({ from: '/inside/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const log = useInfiniteQuery({
    ...deliveriesQuery(id, filter),
    refetchInterval: () => {
      const soon = lookAgain();
      return soon && Math.max(soon, LOG_MS);
    },
  });
  const { hasNextPage, isFetching, fetchNextPage } = log;
  const lines = log.data?.pages.flatMap(({ items }) => items) ?? [];
  // Few may stand among many: the house reads on until somebody is found.
  const looksOn = hasNextPage && lines.length === 0 && !log.error;
  useEffect(() => {
    if (looksOn && !isFetching) void fetchNextPage();
  }, [looksOn, isFetching, fetchNextPage]);
  const narrowed = saidOf(filter, { t, named });
  return (
    <section className="stack" aria-labelledby="log">
      <div className="row filters">
        <h2 id="log">{t('log.title')}</h2>
        <NativeSelect
          aria-label={t('log.decision')}
          value={filter.decision ?? ''}
          onChange={({ currentTarget }) =>
            void navigate({ search: logSearch({ decision: currentTarget.value }), replace: true })
          }
          data={[
            { value: '', label: t('log.all') },
            ...DECISIONS.map((value) => ({ value, label: t(`decision.${value}`) })),
          ]}
        />
      </div>
      {narrowed !== '' && (
        <p>
          {t('log.reason', { reason: narrowed })}{' '}
          <button
            type="button"
            className="words"
            onClick={() => void navigate({ search: {}, replace: true })}
          >
            {t('log.allAgain')}
          </button>
        </p>
      )}
      {log.error && <Said error={log.error} />}
      {log.isSuccess && lines.length === 0 && !hasNextPage && (
        <p className="soft">{t('log.none')}</p>
      )}
      {lines.length > 0 && (
        <div className="scroll" role="group" aria-labelledby="log" tabIndex={0}>
          <table role="table" className="cards">
            <thead role="rowgroup">
              <tr role="row">
                {COLUMNS.map((column) => (
                  <th role="columnheader" scope="col" key={column}>
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {lines.map((line) => (
                <tr role="row" key={line.person}>
                  <th role="rowheader" scope="row">
                    <PersonName id={line.person} />
                  </th>
                  <td role="cell" data-name={t('log.decision')}>
                    {named('decision', line.decision)}
                  </td>
                  <td role="cell" data-name={t('books.reason')}>
                    {named('reason', line.reason)}
                  </td>
                  <td role="cell" data-name={t('log.became')}>
                    {named('place', line.place)}
                    {line.at && <span className="soft"> · {date(line.at, 'moment')}</span>}
                    {line.told.length > 0 && (
                      <span className="soft">
                        {' '}
                        · {line.told.map((one) => named('told', one)).join(', ')}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasNextPage && lines.length > 0 && (
        <div>
          <Button
            variant="default"
            loading={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            {t('campaigns.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Which lines are shown, in the words of the figure that led here. */
function saidOf(
  { reason, place, told }: LogFilter,
  { t, named }: Pick<Words, 't' | 'named'>,
): string {
  return [
    ...(reason ? [named('reason', reason)] : []),
    ...(place ? [t(`place.${place}`)] : []),
    ...(told ? [t(`since.${told}`)] : []),
  ].join(', ');
}
