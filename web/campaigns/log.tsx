import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { deliveriesQuery } from '../api/queries.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { DECISIONS, logSearch } from './search.ts';
import { PersonName } from '../people/name.tsx';

/** One line for each candidate: what was decided, why, and what became of it. */
export function Log({ id }: { readonly id: string }) {
  const { t, named } = useWords();
  const { date } = useHouse();
  const filter = useSearch({ from: '/inside/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const log = useInfiniteQuery(deliveriesQuery(id, filter));
  const lines = log.data?.pages.flatMap(({ items }) => items) ?? [];
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
      {filter.reason && (
        <p>
          {t('log.reason', { reason: named('reason', filter.reason) })}{' '}
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
      {log.isSuccess && lines.length === 0 && <p className="soft">{t('log.none')}</p>}
      {lines.length > 0 && (
        <div className="scroll" role="group" aria-labelledby="log" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('log.reader')}</th>
                <th scope="col">{t('log.decision')}</th>
                <th scope="col">{t('books.reason')}</th>
                <th scope="col">{t('log.became')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.person}>
                  <th scope="row">
                    <PersonName id={line.person} />
                  </th>
                  <td>{named('decision', line.decision)}</td>
                  <td>{named('reason', line.reason)}</td>
                  <td>
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
      {log.hasNextPage && (
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
