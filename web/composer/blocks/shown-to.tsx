import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useHouse } from '../../api/house.ts';
import { ConditionCounted } from '../../segments/condition-said.tsx';
import { segmentsQuery } from '../../segments/segments-query.ts';
import { canonical } from '../../shell/canonical.ts';
import { Waiting } from '../../shell/trouble.tsx';
import { useWords } from '../../words/speak.tsx';
import { ConditionEditor } from '../condition-room.ts';
import type { Condition } from './shape.ts';

type ShownToProps = {
  readonly condition: Condition | undefined;
  /** Fields that this letter's questions fill. */
  readonly fields: readonly string[];
  readonly onChange: (condition: Condition | undefined) => void;
};

const EVERYBODY = 'all';
const SOME = 'some';

/** "Show this block": to everybody, to who answers a condition, or to a segment as it stands. */
export function ShownTo({ condition, fields, onChange }: ShownToProps) {
  const { t } = useWords();
  const { may } = useHouse();
  const [isOpen, setOpen] = useState(false);
  const [isUnfinished, setUnfinished] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const isSome = isOpen || condition !== undefined;
  const { data } = useQuery({ ...segmentsQuery, enabled: may('segments:read') });
  const open = (data?.items ?? []).filter(({ retiredAt }) => retiredAt === null);
  const said = condition && canonical(condition);
  const same = open.find((one) => said === canonical(one.condition));
  const change = (made: Condition) => {
    setChanged(true);
    onChange(made);
  };
  return (
    <fieldset className="asked">
      <legend>{t('show.title')}</legend>
      <NativeSelect
        aria-label={t('show.title')}
        value={same?.id ?? (isSome ? SOME : EVERYBODY)}
        onChange={({ currentTarget: { value } }) => {
          const segment = open.find(({ id }) => id === value);
          setOpen(value !== EVERYBODY);
          setUnfinished(value === SOME && condition === undefined);
          // The block learns what the segment says by heart: nobody changes a letter from elsewhere.
          if (segment) change(segment.condition as Condition);
          if (value === EVERYBODY) onChange(undefined);
        }}
        data={[
          { value: EVERYBODY, label: t('show.everybody') },
          { value: SOME, label: t('show.some') },
          ...open.map(({ id, name }) => ({ value: id, label: t('show.segment', { name }) })),
        ]}
      />
      {isSome && (
        <Suspense fallback={<Waiting />}>
          <ConditionEditor
            condition={condition}
            fields={fields}
            onUnfinished={setUnfinished}
            // No segment is offered here: a block knows its condition by heart.
            onChange={(made) => change(made as Condition)}
          />
        </Suspense>
      )}
      {isSome && isUnfinished && (
        <p className="small soft" role="status">
          {t(condition ? 'condition.unfinished' : 'show.unfinished')}
        </p>
      )}
      {condition && <ConditionCounted condition={condition} isLive={isChanged} />}
    </fieldset>
  );
}
