import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, versioned } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { canonical } from '../shell/canonical.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Page } from '../shell/page.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { Builder } from './builder.tsx';
import { begun } from './kinds.ts';
import { previewQuery, segmentQuery, segmentsQuery, type Segment } from './segments-query.ts';
import { conditionOf, groupOf, rootOf, rowOf, type Condition } from './tree.ts';
import '../campaigns/one.css';
import './segments.css';

/** A segment that is not there yet. */
export function NewSegment() {
  return <Editor />;
}

/** A saved one. */
export function OneSegment() {
  const { id } = useParams({ from: '/inside/segments/$id' });
  const { data } = useSuspenseQuery(segmentQuery(id));
  return <Editor key={id} saved={data.body} version={data.version} />;
}

type EditorProps = { readonly saved?: Segment; readonly version?: string };
const REST_MS = 300;

function Editor({ saved, version = '' }: EditorProps) {
  const { t } = useWords();
  const { may } = useHouse();
  const [name, setName] = useState(saved?.name ?? '');
  const [root, setRoot] = useState(() =>
    saved ? rootOf(saved.condition as Condition) : groupOf('all', [rowOf(begun('follows'))]),
  );
  // No segment is offered inside a segment.
  const condition = conditionOf(root) as Condition | undefined;
  const [first] = useState(root);
  const was = saved ? { name: saved.name, condition: saved.condition } : { name: '' };
  const isHere = saved
    ? canonical({ name: name.trim(), condition }) !== canonical(was)
    : name.trim() !== '' || root !== first;
  const save = useSave(saved, version);
  const mayWrite = may('segments:write');
  return (
    <Page
      title={saved?.name ?? t('segments.new')}
      wide
      above={<Link to="/segments">{t('segments.title')}</Link>}
    >
      <Leaving isHere={mayWrite && isHere} means={t('leaving.form')} />
      <div className="segment">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (condition) save.mutate({ name, condition });
          }}
        >
          <fieldset className="bare-fields stack" disabled={!mayWrite}>
            <Builder root={root} onChange={setRoot} />
            {mayWrite && (
              <div className="segment-save">
                <TextInput
                  label={t('segments.name')}
                  placeholder={t('segments.name.example')}
                  maxLength={80}
                  value={name}
                  onChange={({ currentTarget }) => setName(currentTarget.value)}
                />
                <Button
                  type="submit"
                  loading={save.isPending}
                  disabled={!condition || name.trim() === ''}
                >
                  {t('segments.save')}
                </Button>
              </div>
            )}
          </fieldset>
          {save.error && (
            <div role="alert" className="wrong">
              <Said error={save.error} />
            </div>
          )}
        </form>
        <Who condition={condition} />
      </div>
    </Page>
  );
}

function useSave(saved: Segment | undefined, version: string) {
  const { t } = useWords();
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: { readonly name: string; readonly condition: Condition }) =>
      saved
        ? versioned(
            api.segments[':id'].$patch(
              { param: { id: saved.id }, json },
              { headers: { 'if-match': version } },
            ),
          )
        : versioned(api.segments.$post({ json })),
    onSuccess: (kept) => {
      queries.setQueryData(segmentQuery(kept.body.id).queryKey, kept);
      tell(t('segments.saved', { name: kept.body.name }));
      void queries.invalidateQueries({ queryKey: segmentsQuery.queryKey, exact: true });
      if (!saved)
        return navigate({
          to: '/segments/$id',
          params: { id: kept.body.id },
          ignoreBlocker: true,
        });
    },
  });
}

/** Who that is, now: the sentence, the number, five of them. */
function Who({ condition }: { readonly condition: Condition | undefined }) {
  const { t, language } = useWords();
  const { may, number } = useHouse();
  const [text] = useDebouncedValue(
    condition === undefined ? undefined : JSON.stringify(condition),
    REST_MS,
  );
  const rested = text === undefined ? undefined : (JSON.parse(text) as Condition);
  const { data, error, isFetching } = useQuery(previewQuery(rested));
  if (condition === undefined)
    return (
      <aside className="sheet stack who-that-is" aria-label={t('segments.who')}>
        <p className="soft">{t('segments.unfinished')}</p>
      </aside>
    );
  return (
    <aside className="sheet stack who-that-is" aria-label={t('segments.who')}>
      {error && <Said error={error} />}
      <div role="status" aria-busy={isFetching} className="stack">
        {!data && !error && <p className="soft">{t('waiting')}</p>}
        {data && !error && (
          <>
            <p className="how-many">
              <strong className="number">{number(data.people)}</strong>{' '}
              {t('segments.people', { count: data.people })}
            </p>
            <p>{data.sentence[language]}</p>
          </>
        )}
      </div>
      {data && !error && data.sample.length > 0 && (
        <div className="stack sample">
          <h2>{t('segments.sample')}</h2>
          <ul className="plain">
            {data.sample.map((person) => (
              <li key={person.id}>
                <Link to="/people/$id" params={{ id: person.id }}>
                  {person.name ?? person.email}
                </Link>
                {person.name !== null && <span className="soft small"> {person.email}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {!may('people:read') && <p className="soft small">{t('segments.noPeople')}</p>}
    </aside>
  );
}
