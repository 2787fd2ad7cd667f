import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { importsQuery, sendFile } from './imports-query.ts';

/** Files of people: a new one, and what became of the others. */
export function Imports() {
  const { t } = useWords();
  const { date, number } = useHouse();
  const { data } = useSuspenseQuery(importsQuery);
  return (
    <div className="settings-part">
      <p className="soft">{t('imports.lead')}</p>
      <NewFile />
      <ul className="plain lines">
        {data.items.map((one) => (
          <li key={one.id}>
            <div>
              <h2>
                <Link to="/settings/imports/$id" params={{ id: one.id }}>
                  {one.name}
                </Link>
              </h2>
              <p className="soft small">
                {[
                  t(`imports.state.${one.state}`),
                  t('imports.rows', { count: one.rows, number: number(one.rows) }),
                  t('imports.by', { name: one.by.name, day: date(one.createdAt, 'day') }),
                ].join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function NewFile() {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [share, setShare] = useState(0);
  const send = useMutation({
    mutationFn: (file: File) => sendFile(file, setShare),
    onSettled: () => queries.invalidateQueries({ queryKey: importsQuery.queryKey, exact: true }),
    onSuccess: (id) => navigate({ to: '/settings/imports/$id', params: { id } }),
  });
  return (
    <div className="sheet stack">
      <label className="file">
        <strong>{t('imports.choose')}</strong>
        <span className="soft small">{t('imports.choose.help')}</span>
        <input
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          disabled={send.isPending}
          onChange={({ currentTarget: { files } }) => {
            if (files?.[0]) send.mutate(files[0]);
          }}
        />
      </label>
      {send.isPending && <progress value={share} max={1} aria-label={t('imports.sending')} />}
      {send.error && (
        <div role="alert" className="wrong">
          <Said error={send.error} />
        </div>
      )}
    </div>
  );
}
