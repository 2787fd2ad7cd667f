import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { ImportPlanForm } from './import-plan.tsx';
import { importQuery, isWorking, refusedQuery, type Import } from './imports-query.ts';

/** One file: what its columns are, the rehearsal, then the run. It can be left and found again. */
export function OneImport() {
  const { t } = useWords();
  const { id } = useParams({ from: '/inside/settings/imports/$id' });
  const { data } = useSuspenseQuery(importQuery(id));
  const isOpen = data.state === 'ready' || data.state === 'checked';
  return (
    <div className="settings-part">
      <p className="small">
        <Link to="/settings/imports">{t('settings.imports')}</Link>
      </p>
      <div>
        <h2>{data.name}</h2>
        <p className="soft">{t(`imports.state.${data.state}`)}</p>
      </div>
      {isWorking(data) && <Working it={data} />}
      {data.counts && data.state !== 'checked' && <Counts it={data} counts={data.counts} />}
      {data.state === 'checked' && data.checked && (
        <>
          <Counts it={data} counts={data.checked} />
          <Run it={data} />
        </>
      )}
      {isOpen && <ImportPlanForm key={data.state} it={data} />}
    </div>
  );
}

function Working({ it }: { readonly it: Import }) {
  const { t } = useWords();
  const { number } = useHouse();
  const args = { done: number(it.done), all: number(it.rows) };
  return (
    <section className="sheet stack" aria-label={t(`imports.state.${it.state}`)}>
      <progress
        value={it.done}
        max={Math.max(it.rows, 1)}
        aria-label={t(`imports.state.${it.state}`)}
      />
      <p className="soft">{t('progress.done', args)}</p>
      <Stop it={it} />
    </section>
  );
}

const COUNTS = ['added', 'known', 'refused', 'proven', 'unproven'] as const;
type ImportCounts = NonNullable<Import['counts']>;

/** What the rehearsal found, or what the run did. */
function Counts({ it, counts }: { readonly it: Import; readonly counts: ImportCounts }) {
  const { t, named } = useWords();
  const { number } = useHouse();
  const refused = useQuery({
    ...refusedQuery(it.id, it.state),
    enabled: counts.refused > 0 && !isWorking(it),
  });
  const isRehearsal = it.state === 'checked';
  return (
    <section className="stack" aria-labelledby="import-counts">
      <h2 id="import-counts">{t(isRehearsal ? 'imports.found' : 'imports.did')}</h2>
      <dl className="figures">
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{t(`imports.${name}`)}</dt>
            <dd className="number">{number(counts[name])}</dd>
          </div>
        ))}
      </dl>
      {counts.unproven > 0 && <p className="soft">{t('imports.unproven.means')}</p>}
      {refused.error && <Said error={refused.error} />}
      {refused.data && refused.data.items.length > 0 && (
        <details>
          <summary>{t('imports.refusedLines')}</summary>
          <ul>
            {refused.data.items.map(({ line, reason, column }) => (
              <li key={line}>
                {t('imports.line', { line: number(line) })} {named('import-reason', reason)}
                {column !== null && <span className="soft"> ({column})</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function useImportAct(id: string, act: 'run' | 'stop') {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.imports[':id'][act].$post({ param: { id } })),
    onSuccess: (now) => {
      queries.setQueryData(importQuery(id).queryKey, now);
      return queries.invalidateQueries({ queryKey: ['imports'] });
    },
  });
}

function Run({ it }: { readonly it: Import }) {
  const { t } = useWords();
  const { number } = useHouse();
  const run = useImportAct(it.id, 'run');
  const { added, known } = it.checked ?? { added: 0, known: 0 };
  return (
    <div className="stack">
      <div className="row">
        <Button loading={run.isPending} disabled={added + known === 0} onClick={() => run.mutate()}>
          {added > 0
            ? t('imports.run', { count: added, number: number(added) })
            : t('imports.runKnown', { count: known })}
        </Button>
        <Stop it={it} />
      </div>
      {run.error && <Said error={run.error} />}
    </div>
  );
}

function Stop({ it }: { readonly it: Import }) {
  const { t } = useWords();
  const stop = useImportAct(it.id, 'stop');
  return (
    <div className="row">
      <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
        {t(it.state === 'running' ? 'imports.stop' : 'imports.forget')}
      </Button>
      {stop.error && <Said error={stop.error} />}
    </div>
  );
}
