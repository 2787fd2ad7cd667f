import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import { ENDS, WHICH, type Filled } from './rhythm-form.ts';
import { dayNamed, weekdayNamed } from './said.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const DAYS = Array.from({ length: 31 }, (_, index) => index + 1);

type FieldsProps = {
  readonly filled: Filled;
  readonly set: (change: Partial<Filled>) => void;
};

/** The sentence one fills in: every … on … at … until … */
export function RhythmFields({ filled, set }: FieldsProps) {
  const { t } = useWords();
  const every = Number(filled.every) || 1;
  return (
    <div className="rhythm">
      <TextInput
        type="number"
        min={1}
        max={filled.unit === 'week' ? 52 : 24}
        required
        label={t('series.every')}
        value={filled.every}
        onChange={({ currentTarget }) => set({ every: currentTarget.value })}
      />
      <NativeSelect
        label={t('series.unit')}
        value={filled.unit}
        data={[
          { value: 'week', label: t('series.week', { every }) },
          { value: 'month', label: t('series.month', { every }) },
        ]}
        onChange={({ currentTarget }) =>
          set({ unit: currentTarget.value === 'month' ? 'month' : 'week' })
        }
      />
      {filled.unit === 'week' ? <Weekdays {...{ filled, set }} /> : <DayOf {...{ filled, set }} />}
      <TextInput
        type="time"
        required
        label={t('series.at')}
        value={filled.at}
        onChange={({ currentTarget }) => set({ at: currentTarget.value })}
      />
      <NativeSelect
        label={t('series.clock')}
        value={filled.clock}
        data={(['house', 'reader'] as const).map((value) => ({
          value,
          label: t(`series.clock.${value}`),
        }))}
        onChange={({ currentTarget }) =>
          set({ clock: currentTarget.value === 'reader' ? 'reader' : 'house' })
        }
      />
      <Until {...{ filled, set }} />
    </div>
  );
}

function Weekdays({ filled, set }: FieldsProps) {
  const { t, ...words } = useWords();
  const { weekdays } = filled;
  return (
    <fieldset className="weekdays-choice">
      <legend>{t('series.weekdays')}</legend>
      {WEEKDAYS.map((day) => (
        <Checkbox
          key={day}
          label={weekdayNamed(words, day)}
          checked={weekdays.includes(day)}
          onChange={({ currentTarget }) =>
            set({
              weekdays: currentTarget.checked
                ? [...weekdays, day].sort()
                : weekdays.filter((one) => one !== day),
            })
          }
        />
      ))}
    </fieldset>
  );
}

function DayOf({ filled, set }: FieldsProps) {
  const { t, ...words } = useWords();
  const chosen = filled.monthDay === 'day' ? filled.day : filled.monthDay;
  const isShort = filled.monthDay === 'day' && Number(filled.day) > 28;
  return (
    <>
      <NativeSelect
        label={t('series.monthDay')}
        value={chosen}
        {...(isShort && { description: t('series.shortMonth') })}
        data={[
          ...DAYS.map((day) => ({
            value: String(day),
            label: t('series.dayOf', { day: dayNamed(words, day) }),
          })),
          { value: 'last', label: t('series.lastDay') },
          { value: 'nth', label: t('series.nth') },
        ]}
        onChange={({ currentTarget: { value } }) =>
          set(
            value === 'last' || value === 'nth'
              ? { monthDay: value }
              : { monthDay: 'day', day: value },
          )
        }
      />
      {filled.monthDay === 'nth' && (
        <>
          <NativeSelect
            label={t('series.which')}
            value={filled.which}
            data={WHICH.map((value) => ({ value, label: t(`series.which.${value}`) }))}
            onChange={({ currentTarget }) =>
              set({ which: WHICH.find((one) => one === currentTarget.value) ?? '1' })
            }
          />
          <NativeSelect
            label={t('series.weekday')}
            value={String(filled.weekday)}
            data={WEEKDAYS.map((day) => ({
              value: String(day),
              label: weekdayNamed(words, day),
            }))}
            onChange={({ currentTarget }) => set({ weekday: Number(currentTarget.value) })}
          />
        </>
      )}
    </>
  );
}

function Until({ filled, set }: FieldsProps) {
  const { t } = useWords();
  return (
    <>
      <NativeSelect
        label={t('series.ends')}
        value={filled.ends}
        data={ENDS.map((value) => ({ value, label: t(`series.ends.${value}`) }))}
        onChange={({ currentTarget }) =>
          set({ ends: ENDS.find((one) => one === currentTarget.value) ?? 'never' })
        }
      />
      {filled.ends === 'until' && (
        <TextInput
          type="date"
          required
          label={t('series.until')}
          value={filled.until}
          onChange={({ currentTarget }) => set({ until: currentTarget.value })}
        />
      )}
      {filled.ends === 'times' && (
        <TextInput
          type="number"
          min={1}
          max={1000}
          required
          label={t('series.times')}
          value={filled.times}
          onChange={({ currentTarget }) => set({ times: currentTarget.value })}
        />
      )}
    </>
  );
}
