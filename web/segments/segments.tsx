import { Button } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { Page } from '../shell/page.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { segmentsQuery, type Segment } from './segments-query.ts';
import '../campaigns/campaigns.css';
import './segments.css';

/** People under a name: each segment as one would say it, with the count it had. */
export function Segments() {
  const { t } = useWords();
  const { may } = useHouse();
  const navigate = useNavigate();
  const { data } = useSuspenseQuery(segmentsQuery);
  const [retiring, setRetiring] = useState<Segment>();
  const shown = data.items.filter(({ retiredAt }) => retiredAt === null);
  const mayWrite = may('segments:write');
  return (
    <Page
      title={t('segments.title')}
      lead={t('segments.lead')}
      acts={
        mayWrite && (
          <Button onClick={() => void navigate({ to: '/segments/new' })}>
            {t('segments.new')}
          </Button>
        )
      }
    >
      {shown.length === 0 && <p className="empty">{t('segments.none')}</p>}
      <ul className="plain segments">
        {shown.map((segment) => (
          <Line
            key={segment.id}
            segment={segment}
            {...(mayWrite && { onRetire: () => setRetiring(segment) })}
          />
        ))}
      </ul>
      {retiring && <Retire segment={retiring} onClose={() => setRetiring(undefined)} />}
    </Page>
  );
}

type LineProps = { readonly segment: Segment; readonly onRetire?: () => void };

function Line({ segment, onRetire }: LineProps) {
  const { t, language } = useWords();
  const { date, number } = useHouse();
  const queries = useQueryClient();
  const { id, name, sentence, count } = segment;
  const recount = useMutation({
    mutationFn: () => bodyOf(api.segments[':id'].count.$post({ param: { id } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: segmentsQuery.queryKey }),
  });
  return (
    <li>
      <div>
        <h2>
          <Link to="/segments/$id" params={{ id }}>
            {name}
          </Link>
        </h2>
        <p>{sentence[language]}</p>
        <p className="soft small">
          {count
            ? t('segments.counted', {
                count: count.people,
                number: number(count.people),
                when: date(count.at, 'moment'),
              })
            : t('segments.notCounted')}{' '}
          <button
            type="button"
            className="words"
            aria-label={t('segments.recountOne', { name })}
            aria-busy={recount.isPending}
            onClick={() => recount.mutate()}
          >
            {t('segments.recount')}
          </button>
        </p>
        {recount.error && <Said error={recount.error} />}
      </div>
      {onRetire && (
        <button
          type="button"
          className="words"
          aria-label={t('segments.retireOne', { name })}
          onClick={onRetire}
        >
          {t('segments.retire')}
        </button>
      )}
    </li>
  );
}

function Retire({ segment, onClose }: { readonly segment: Segment; readonly onClose: () => void }) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const { id, name } = segment;
  const retire = useMutation({
    mutationFn: () => bodyOf(api.segments[':id'].retire.$post({ param: { id } })),
    onSuccess: () => {
      onClose();
      tell(t('segments.retired', { name }));
      return queries.invalidateQueries({ queryKey: segmentsQuery.queryKey });
    },
  });
  return (
    <Sheet title={t('segments.retireAsk', { name })} onClose={onClose}>
      <p>{t('segments.retireMeans')}</p>
      {retire.error && <Said error={retire.error} />}
      <div className="row">
        <Button color="bad" loading={retire.isPending} onClick={() => retire.mutate()}>
          {t('segments.retire')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('act.keep')}
        </Button>
      </div>
    </Sheet>
  );
}
