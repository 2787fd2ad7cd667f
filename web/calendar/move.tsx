import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import { Sheet } from '../shell/sheet.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import type { Arriving } from './arriving.ts';
import { calendarQuery, type Calendar, type Entry } from './calendar-query.ts';
import { addDays, type Day } from './days.ts';
import { IsDraftNow, useLookTwice, useMove } from './moving.ts';
import { WhatIf } from './what-if.tsx';

/** A campaign on its way to another day: dropped on one, or still without one. */
export type Moving = { readonly entry: Entry; readonly to: Day | undefined };

type MoveProps = {
  readonly moving: Moving;
  readonly today: Day;
  readonly onMoved: (moved: Arriving) => void;
  readonly onClose: () => void;
};
const AROUND = 30;
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const around = (at: string) => ({ from: addDays(at.slice(0, 10), -AROUND), days: 2 * AROUND });

/** Another day or hour for a campaign: first what it would change, then the yes. */
export function Move({ moving: { entry, to }, today, onMoved, onClose }: MoveProps) {
  const { t } = useWords();
  const { date, brand } = useHouse();
  const [day, hour] = entry.schedule.at.split('T') as [Day, string];
  const [wish, setWish] = useState({ day: to ?? day, hour });
  const at = `${wish.day}T${wish.hour}`;
  const isOther = LOCAL.test(at) && at !== entry.schedule.at && wish.day >= today;
  const before = useQuery(calendarQuery(around(entry.schedule.at)));
  const after = useQuery({
    ...calendarQuery(around(isOther ? at : entry.schedule.at), { move: entry.id, at }),
    enabled: isOther,
  });
  const care = useLookTwice(entry);
  const move = useMove(entry, { onMoved, onClose });
  const { timeZone } = entry.schedule;
  return (
    <Sheet title={t('calendar.moveOne', { name: entry.name })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { expect } = care;
          move.mutate({ to: { at, timeZone }, ...(expect !== undefined && { expect }) });
        }}
      >
        <p>
          {t('calendar.plannedFor', { day: date(day, 'weekday'), hour })}{' '}
          {timeZone === 'reader' && t('calendar.atReaders')}
          {timeZone !== 'reader' && timeZone !== brand.timeZone && `(${timeZone})`}
        </p>
        <div className="row fields">
          <TextInput
            type="date"
            label={t('calendar.newDay')}
            min={today}
            required
            withAsterisk={false}
            value={wish.day}
            onChange={({ currentTarget }) => setWish({ ...wish, day: currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t('calendar.newHour')}
            required
            withAsterisk={false}
            value={wish.hour}
            onChange={({ currentTarget }) => setWish({ ...wish, hour: currentTarget.value })}
          />
        </div>
        <div role="status" className="stack">
          {!isOther && <p className="soft">{t('calendar.chooseOther')}</p>}
          {isOther && after.error && <Said error={after.error} />}
          {isOther && !after.error && (!after.data || !before.data) && (
            <p className="soft">{t('waiting')}</p>
          )}
          {isOther && after.data && before.data && (
            <WhatIf
              entry={entry}
              at={at}
              before={entriesOf(before.data)}
              after={entriesOf(after.data)}
              isStale={after.isPlaceholderData}
            />
          )}
        </div>
        {isOther && <Care care={care} />}
        {(move.error ?? care.error) && (
          <div role="alert" className="wrong">
            {move.error instanceof IsDraftNow ? (
              <p>{t('calendar.isDraftNow')}</p>
            ) : (
              <Said error={move.error ?? care.error} />
            )}
          </div>
        )}
        <div className="row">
          <Button
            type="submit"
            loading={move.isPending}
            disabled={!isOther || !care.isKnown || !care.isDone || after.data === undefined}
          >
            {isOther
              ? t('calendar.moveTo', { day: date(wish.day, 'weekday'), hour: wish.hour })
              : t('calendar.move')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('calendar.leave')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

const entriesOf = ({ days }: Calendar): readonly Entry[] =>
  days.flatMap(({ campaigns }) => campaigns);

/** So many readers want a second look, here as when it was planned first. */
function Care({ care }: { readonly care: ReturnType<typeof useLookTwice> }) {
  const { t } = useWords();
  const { number } = useHouse();
  if (care.needs === 'second-person') return <p>{t('calendar.secondPerson')}</p>;
  if (care.needs !== 'number') return null;
  return (
    <TextInput
      label={t('calendar.typeNumber', { number: number(care.readers) })}
      inputMode="numeric"
      autoComplete="off"
      value={care.typed}
      onChange={({ currentTarget }) => care.setTyped(currentTarget.value)}
    />
  );
}
