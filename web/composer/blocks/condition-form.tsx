import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { useHouse, useTopicName } from '../../api/house.ts';
import { topicsQuery } from '../../api/queries.ts';
import { Said } from '../../shell/trouble.tsx';
import { useWords } from '../../words/speak.tsx';
import { conditionOf, PACES, rowsOf, type Row, type Rows } from './condition-rows.ts';
import { languageIn } from './language-in.ts';
import { useConditionSaid } from './condition-said.ts';
import type { Condition } from './shape.ts';

const ASKS = ['follows', 'frequency', 'language', 'field'] as const;
const NONE: Rows = { join: 'all', rows: [] };
type FormProps = {
  readonly condition: Condition | undefined;
  /** Fields that this letter's questions fill. */
  readonly fields: readonly string[];
  readonly onChange: (condition: Condition | undefined) => void;
};

/** "Show this block": to everybody, or to who answers a few questions so. */
export function ConditionForm({ condition, fields, onChange }: FormProps) {
  const { t } = useWords();
  const said = useConditionSaid();
  const [draft, setDraft] = useState<Rows>();
  const shown = draft ?? rowsOf(condition);
  const change = (rows: Rows) => {
    setDraft(rows);
    onChange(conditionOf(rows));
  };
  return (
    <fieldset className="asked">
      <legend>{t('show.title')}</legend>
      <NativeSelect
        aria-label={t('show.title')}
        value={condition === undefined && (shown?.rows.length ?? 0) === 0 ? 'all' : 'some'}
        onChange={({ currentTarget }) =>
          currentTarget.value === 'all'
            ? change(NONE)
            : setDraft({
                join: 'all',
                rows: [{ ask: 'follows', name: '', values: [], isNot: false }],
              })
        }
        data={[
          { value: 'all', label: t('show.everybody') },
          { value: 'some', label: t('show.some') },
        ]}
      />
      {shown === undefined ? (
        <p className="soft small">{t('show.other')}</p>
      ) : (
        shown.rows.map((row, at) => (
          <RowForm
            key={at}
            row={row}
            number={at + 1}
            fields={fields}
            onChange={(next) => change({ ...shown, rows: shown.rows.with(at, next) })}
            onRemove={() => change({ ...shown, rows: shown.rows.toSpliced(at, 1) })}
          />
        ))
      )}
      {shown && shown.rows.length > 1 && (
        <NativeSelect
          label={t('show.join')}
          value={shown.join}
          onChange={({ currentTarget }) =>
            change({ ...shown, join: currentTarget.value === 'any' ? 'any' : 'all' })
          }
          data={[
            { value: 'all', label: t('show.join.all') },
            { value: 'any', label: t('show.join.any') },
          ]}
        />
      )}
      {shown && shown.rows.length > 0 && shown.rows.length < 5 && (
        <button
          type="button"
          className="words"
          onClick={() =>
            setDraft({
              ...shown,
              rows: [...shown.rows, { ask: 'field', name: '', values: [], isNot: false }],
            })
          }
        >
          {t('show.more')}
        </button>
      )}
      {condition && (
        <>
          <p className="asked-said">{t('show.said', { who: said(condition) })}</p>
          <Counted key={JSON.stringify(condition)} condition={condition} />
        </>
      )}
    </fieldset>
  );
}

function RowForm(props: {
  readonly row: Row;
  readonly number: number;
  readonly fields: readonly string[];
  readonly onChange: (row: Row) => void;
  readonly onRemove: () => void;
}) {
  const { row, onChange } = props;
  const { t, language } = useWords();
  const { brand } = useHouse();
  const topicName = useTopicName();
  const { data: topics } = useQuery(topicsQuery);
  const list = useId();
  const [first = ''] = row.values;
  const none = { value: '', label: t('show.choose') };
  const pick = (label: string, choices: readonly { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      value={first}
      onChange={({ currentTarget }) => onChange({ ...row, values: [currentTarget.value] })}
      data={[none, ...choices]}
    />
  );
  return (
    <div className="asked-row" role="group" aria-label={t('show.row', { number: props.number })}>
      <NativeSelect
        label={t('show.ask')}
        value={row.ask}
        onChange={({ currentTarget }) =>
          onChange({ ...row, ask: currentTarget.value as Row['ask'], name: '', values: [] })
        }
        data={ASKS.map((ask) => ({ value: ask, label: t(`show.ask.${ask}`) }))}
      />
      {row.ask === 'follows' &&
        pick(
          t('show.topic'),
          (topics?.items ?? []).map(({ id }) => ({ value: id, label: topicName(id) })),
        )}
      {row.ask === 'language' &&
        pick(
          t('show.language'),
          brand.languages.map((code) => ({ value: code, label: languageIn(code, language) })),
        )}
      {row.ask === 'frequency' && (
        <div className="asked-paces" role="group" aria-label={t('show.paces')}>
          {PACES.map((pace) => (
            <Checkbox
              key={pace}
              label={t(`show.pace.${pace}`)}
              checked={row.values.includes(pace)}
              onChange={({ currentTarget }) =>
                onChange({
                  ...row,
                  values: currentTarget.checked
                    ? [...row.values, pace]
                    : row.values.filter((one) => one !== pace),
                })
              }
            />
          ))}
        </div>
      )}
      {row.ask === 'field' && (
        <>
          <TextInput
            label={t('show.field')}
            value={row.name}
            maxLength={40}
            list={list}
            onChange={({ currentTarget }) => onChange({ ...row, name: currentTarget.value })}
          />
          <datalist id={list}>
            {props.fields.map((field) => (
              <option key={field} value={field} />
            ))}
          </datalist>
          <TextInput
            label={t('show.value')}
            value={first}
            maxLength={200}
            onChange={({ currentTarget }) => onChange({ ...row, values: [currentTarget.value] })}
          />
        </>
      )}
      <div className="asked-foot">
        <Checkbox
          label={t('show.not')}
          checked={row.isNot}
          onChange={({ currentTarget }) => onChange({ ...row, isNot: currentTarget.checked })}
        />
        <button type="button" className="words" onClick={props.onRemove}>
          {t('show.remove')}
        </button>
      </div>
    </div>
  );
}

/** Everybody is asked only when somebody wants to know. */
function Counted({ condition }: { readonly condition: Condition }) {
  const { t, language } = useWords();
  const { may, number } = useHouse();
  const count = useMutation({
    mutationFn: () => bodyOf(api.segments.preview.$post({ json: { condition } })),
  });
  if (!may('segments:read')) return null;
  if (count.data)
    return (
      <p className="small soft" role="status">
        {t('show.counted', { people: count.data.people, shown: number(count.data.people) })}{' '}
        {rowsOf(condition) === undefined && count.data.sentence[language]}
      </p>
    );
  return (
    <>
      {count.error && <Said error={count.error} />}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          loading={count.isPending}
          onClick={() => count.mutate()}
        >
          {t('show.count')}
        </Button>
      </div>
    </>
  );
}
