import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import { dryRunQuery, personQuery } from '../api/queries.ts';
import type { Campaign, Preview } from '../api/shapes.ts';
import { FindPerson } from '../people/find-person.tsx';
import { nameOf } from '../people/name.tsx';
import { useWords } from '../words/speak.tsx';

/** Nobody in particular, one reader out of each group that the dry run found, or anybody one looks for. */
export function ReadAs(props: {
  readonly campaign: Campaign;
  readonly value: string;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useWords();
  const { may } = useHouse();
  const [isLooking, setLooking] = useState(false);
  const { data } = useQuery({ ...dryRunQuery(props.campaign.id), enabled: may('people:read') });
  if (!may('people:read')) return null;
  const sample = data?.sample ?? [];
  const isElsewhere =
    props.value !== '' && !sample.some(({ personId }) => personId === props.value);
  const choose = (id: string) => {
    props.onChoose(id);
    setLooking(false);
  };
  return (
    <>
      <NativeSelect
        label={t('readAs.label')}
        value={props.value}
        onChange={({ currentTarget }) => props.onChoose(currentTarget.value)}
      >
        <option value="">{t('readAs.nobody')}</option>
        {isElsewhere && <Reader id={props.value} />}
        {sample.map(({ personId, reason }) => (
          <Reader key={personId} id={personId} reason={reason} />
        ))}
      </NativeSelect>
      <details open={isLooking} onToggle={({ currentTarget }) => setLooking(currentTarget.open)}>
        <summary>{t('readAs.other')}</summary>
        {isLooking && <FindPerson label={t('readAs.find')} onChoose={choose} />}
      </details>
    </>
  );
}

function Reader({ id, reason }: { readonly id: string; readonly reason?: string }) {
  const { named } = useWords();
  const { data } = useQuery(personQuery(id));
  return (
    <option value={id}>
      {data ? nameOf(data) : '…'}
      {reason !== undefined && ` · ${named('reason', reason).toLocaleLowerCase()}`}
    </option>
  );
}

/** What would become of it for this reader, were it sent now. */
export function Verdict({
  id,
  decision,
}: {
  readonly id: string;
  readonly decision: Preview['decision'];
}) {
  const { t, named } = useWords();
  const { date } = useHouse();
  const { data } = useQuery(personQuery(id));
  const name = data ? nameOf(data) : '…';
  if (!decision) return <p className="verdict">{t('verdict.none', { name })}</p>;
  const because = named('reason', decision.because).toLocaleLowerCase();
  const when = decision.until === null ? '' : date(decision.until, 'moment');
  return (
    <p className="verdict" data-decision={decision.kind}>
      {t(`verdict.${decision.kind as 'send'}`, { name, when, because })}
    </p>
  );
}
