import { Button, NativeSelect } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { Said, Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { ActedOn } from './acted-on.tsx';
import { membersQuery } from './team.tsx';

type Entry = InferResponseType<typeof api.audit.$get, 200>['items'][number];
const PAGE = '50';
const COLUMNS = ['when', 'who', 'what', 'outcome'] as const;

const auditQuery = (by: string) =>
  infiniteQueryOptions({
    queryKey: ['audit', by],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.audit.$get({
          query: { limit: PAGE, ...(by && { by }), ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Who did what. It only grows. */
export function AuditLog() {
  const { t } = useWords();
  const [by, setBy] = useState('');
  const members = useQuery(membersQuery);
  const log = useInfiniteQuery(auditQuery(by));
  // What is done again and again has one line for ten minutes, filed at their beginning.
  const entries = (log.data?.pages.flatMap(({ items }) => items) ?? []).toSorted((one, other) =>
    one.at < other.at ? 1 : one.at > other.at ? -1 : 0,
  );
  return (
    <div className="settings-part">
      <div className="row filters">
        <p className="soft">{t('acted.lead')}</p>
        <NativeSelect
          aria-label={t('acted.by')}
          value={by}
          data={[
            { value: '', label: t('acted.everybody') },
            ...(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget }) => setBy(currentTarget.value)}
        />
      </div>
      {log.isPending && <Waiting />}
      {log.error && <Said error={log.error} />}
      {log.isSuccess && entries.length === 0 && <p className="empty">{t('acted.nothing')}</p>}
      {entries.length > 0 && (
        <div className="scroll" role="group" aria-label={t('settings.log')} tabIndex={0}>
          <table role="table" className="cards">
            <thead role="rowgroup">
              <tr role="row">
                {COLUMNS.map((column) => (
                  <th role="columnheader" scope="col" key={column}>
                    {t(`acted.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {entries.map((entry) => (
                <Line key={entry.id} entry={entry} />
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
    </div>
  );
}

function Line({ entry }: { readonly entry: Entry }) {
  const { t, named } = useWords();
  const { date } = useHouse();
  const isDone = entry.outcome === 'done';
  return (
    <tr role="row">
      <td role="cell">{date(entry.at, 'moment')}</td>
      <th role="rowheader" scope="row">
        {entry.by.name}{' '}
        <span className="soft small">
          {entry.by.role === null ? t('acted.key') : t(`role.${entry.by.role}`)}
        </span>
      </th>
      <td role="cell">
        {named('audit', entry.act)}
        {entry.on !== null && (
          <>
            {' · '}
            <ActedOn act={entry.act} id={entry.on} />
          </>
        )}
      </td>
      <td role="cell" data-name={t('acted.outcome')} className={isDone ? undefined : 'wrong'}>
        {isDone ? t('acted.done') : named('problem', entry.outcome)}
      </td>
    </tr>
  );
}
