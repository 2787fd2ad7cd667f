import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useHouse } from '../api/house.ts';
import { dryRunQuery, personQuery } from '../api/queries.ts';
import type { Campaign, Preview } from '../api/shapes.ts';
import { nameOf } from '../people/name.tsx';
import { useWords } from '../words/speak.tsx';

/** Nobody in particular, or one reader out of each group that the dry run found. */
export function ReadAs(props: {
  readonly campaign: Campaign;
  readonly value: string;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useWords();
  const { may } = useHouse();
  const { data } = useQuery({ ...dryRunQuery(props.campaign.id), enabled: may('people:read') });
  if (!may('people:read')) return null;
  return (
    <NativeSelect
      label={t('readAs.label')}
      value={props.value}
      onChange={({ currentTarget }) => props.onChoose(currentTarget.value)}
    >
      <option value="">{t('readAs.nobody')}</option>
      {data?.sample.map(({ personId, reason }) => (
        <Reader key={personId} id={personId} reason={reason} />
      ))}
    </NativeSelect>
  );
}

function Reader({ id, reason }: { readonly id: string; readonly reason: string }) {
  const { named } = useWords();
  const { data } = useQuery(personQuery(id));
  return (
    <option value={id}>
      {data ? nameOf(data) : '…'} · {named('reason', reason).toLocaleLowerCase()}
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
