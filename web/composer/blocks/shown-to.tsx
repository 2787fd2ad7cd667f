import { NativeSelect } from '@mantine/core';
import { Suspense, useState } from 'react';
import { ConditionCounted } from '../../segments/condition-said.tsx';
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

/** "Show this block": to everybody, or to who answers a condition. */
export function ShownTo({ condition, fields, onChange }: ShownToProps) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [isUnfinished, setUnfinished] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const isSome = isOpen || condition !== undefined;
  return (
    <fieldset className="asked">
      <legend>{t('show.title')}</legend>
      <NativeSelect
        aria-label={t('show.title')}
        value={isSome ? 'some' : 'all'}
        onChange={({ currentTarget }) => {
          const some = currentTarget.value === 'some';
          setOpen(some);
          setUnfinished(some);
          if (!some) onChange(undefined);
        }}
        data={[
          { value: 'all', label: t('show.everybody') },
          { value: 'some', label: t('show.some') },
        ]}
      />
      {isSome && (
        <Suspense fallback={<Waiting />}>
          <ConditionEditor
            condition={condition}
            fields={fields}
            onUnfinished={setUnfinished}
            onChange={(made) => {
              setChanged(true);
              // No segment is offered here: a block knows its condition by heart.
              onChange(made as Condition);
            }}
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
