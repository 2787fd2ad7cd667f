import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { LIVE_MS, reportQuery } from '../api/queries.ts';
import type { Report } from '../api/shapes.ts';
import { Said } from '../shell/trouble.tsx';
import { listIn, shareIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { Part } from './part.tsx';

type Counted = NonNullable<Report['file']>;
/** Whom the words of segments find, in the order one asks about them. */
const FOUND = ['paused', 'silent', 'unproven', 'unsubscribed', 'bounced', 'complained'] as const;
const LOST = ['left', 'bounced', 'complained'] as const;
type Found = (typeof FOUND)[number];

/** How many can be written to at all, who was lost within the year, and as of when that is so. */
export function File({ file }: { readonly file: Report['file'] }) {
  const { t } = useWords();
  const { date } = useHouse();
  return (
    <Part title={t('file.title')}>
      {file && <Truth file={file} />}
      <div className="row">
        <p className="soft small">
          {file ? t('file.countedAt', { when: date(file.countedAt, 'moment') }) : t('file.never')}
        </p>
        <Recount countedAt={file?.countedAt} />
      </div>
    </Part>
  );
}

function Truth({ file }: { readonly file: Counted }) {
  const { t, rich } = useWords();
  const { number, may } = useHouse();
  const found = FOUND.filter((name) => countOf(file, name) > 0);
  return (
    <>
      <p className="sentence">
        {rich('file.reach', {
          count: file.byState.active,
          people: number(file.people),
          who: (parts) =>
            may('people:read') ? (
              <Link key="who" to="/people" search={{ among: 'active' }}>
                {parts}
              </Link>
            ) : (
              <Fragment key="who">{parts}</Fragment>
            ),
        })}
      </p>
      {(found.length > 0 || file.asked > 0) && (
        <dl className="states">
          {found.map((name) => (
            <Standing key={name} name={name} count={countOf(file, name)} />
          ))}
          {file.asked > 0 && (
            <div>
              <dt>{t('file.asked')}</dt>
              <dd>{number(file.asked)}</dd>
            </div>
          )}
        </dl>
      )}
      <Lost lost={file.lost} />
    </>
  );
}

/** Who could be written to a year ago or since, and can be no more; beside what is usual. */
function Lost({ lost }: Pick<Counted, 'lost'>) {
  const words = useWords();
  const { t } = words;
  const share = (value: number) => shareIn(words, value);
  const how = LOST.filter((name) => lost[name] > 0).map((name) =>
    t(`file.lost.${name}`, { count: lost[name] }),
  );
  return (
    <p className="measure">
      {t('file.lost', {
        lost: lost.bounced + lost.left + lost.complained,
        share: lost.share
          ? t('file.lost.share', { share: share(lost.share), how: listIn(words, how) })
          : '',
        least: share(lost.usual.least),
        most: share(lost.usual.most),
      })}
    </p>
  );
}

const countOf = ({ byState, paused, silent }: Counted, name: Found) =>
  name === 'paused' ? paused : name === 'silent' ? silent : byState[name];

function Standing({ name, count }: { readonly name: Found; readonly count: number }) {
  const { t } = useWords();
  const { number, may } = useHouse();
  const isOpen = count > 0 && may('people:read');
  return (
    <div>
      <dt>{t(`file.${name}`)}</dt>
      <dd>
        {isOpen ? (
          <Link
            to="/people"
            search={{ among: name }}
            aria-label={`${number(count)} ${t(`file.${name}`)}`}
          >
            {number(count)}
          </Link>
        ) : (
          number(count)
        )}
      </dd>
    </div>
  );
}

/** Counting takes a moment where many are; the figures come when it is done. */
function Recount({ countedAt }: { readonly countedAt: string | undefined }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const count = useMutation({
    mutationFn: async () => {
      await bodyOf(api.reports.file.count.$post());
      return countedAt;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: reportQuery.queryKey }),
  });
  const isCounting = count.isPending || (count.isSuccess && count.data === countedAt);
  useQuery({ ...reportQuery, refetchInterval: isCounting ? LIVE_MS : false });
  return (
    <>
      {!isCounting && (
        <button type="button" className="words" onClick={() => count.mutate()}>
          {t(countedAt === undefined ? 'file.first' : 'file.again')}
        </button>
      )}
      <span role="status" className="soft small">
        {isCounting && t('file.counting')}
      </span>
      {count.error && <Said error={count.error} />}
    </>
  );
}
