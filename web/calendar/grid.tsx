import {
  draggable,
  dropTargetForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { State } from '../campaigns/state.tsx';
import { readersClock } from '../campaigns/table.tsx';
import { useHouse } from '../api/house.ts';
import { useWords } from '../words/speak.tsx';
import { laterIn, type Calendar, type CalendarDay, type Entry } from './calendar-query.ts';
import type { Day } from './days.ts';
import type { Moving } from './move.tsx';
import { moveButtonOf } from './arriving.ts';
import { PressureBar } from './pressure.tsx';

type Shown = {
  readonly lettersPast: ReadonlyMap<Day, number>;
  readonly onMove: (moving: Moving) => void;
};
type DaysProps = Shown & { readonly calendar: Calendar; readonly month: string };
const WEEK = 7;

/** The days in weeks. On a phone only those on which something happens. */
export function Days({ calendar, month, lettersPast, onMove }: DaysProps) {
  const { t, locale } = useWords();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return (
    <div className="calendar" data-view={month === '' ? 'week' : 'month'}>
      <div className="weekdays" aria-hidden="true">
        {calendar.days.slice(0, WEEK).map(({ date }) => (
          <span key={date}>{weekday.format(new Date(date))}</span>
        ))}
      </div>
      <ol className="plain days" aria-label={t('calendar.days')}>
        {calendar.days.map((day) => (
          <OneDay
            key={day.date}
            day={day}
            today={calendar.today}
            isOutside={month !== '' && !day.date.startsWith(month)}
            lettersPast={lettersPast}
            onMove={onMove}
          />
        ))}
      </ol>
      {calendar.days.every((day) => isEmpty(day, lettersPast)) && (
        <p className="calendar-empty soft">{t('calendar.none')}</p>
      )}
    </div>
  );
}

const lettersOn = ({ date, letters }: CalendarDay, past: Shown['lettersPast']) =>
  past.get(date) ?? letters;
const isEmpty = (day: CalendarDay, past: Shown['lettersPast']) =>
  day.campaigns.length === 0 && lettersOn(day, past) === 0;

type DayProps = Shown & {
  readonly day: CalendarDay;
  readonly today: Day;
  readonly isOutside: boolean;
};

function OneDay({ day, today, isOutside, lettersPast, onMove }: DayProps) {
  const { t } = useWords();
  const { date, number } = useHouse();
  const place = useRef<HTMLLIElement>(null);
  const [isOver, setOver] = useState(false);
  const isPast = day.date < today;
  useEffect(() => {
    if (isPast) return;
    return dropTargetForElements({
      element: place.current!,
      getData: () => ({ day: day.date }),
      canDrop: ({ source }) => entryIn(source.data).schedule.at.slice(0, 10) !== day.date,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        onMove({ entry: entryIn(source.data), to: day.date });
      },
    });
  }, [day.date, isPast, onMove]);
  const letters = lettersOn(day, lettersPast);
  return (
    <li
      ref={place}
      className="day"
      aria-current={day.date === today ? 'date' : undefined}
      data-past={isPast || undefined}
      data-outside={isOutside || undefined}
      data-empty={isEmpty(day, lettersPast) || undefined}
      data-over={isOver || undefined}
    >
      <time dateTime={day.date}>
        <span className="day-number" aria-hidden="true">
          {Number(day.date.slice(8))}
        </span>
        <span className="day-name">{date(day.date, 'weekday')}</span>
      </time>
      {day.campaigns.map((entry) => (
        <OneEntry key={entry.id} entry={entry} onMove={onMove} />
      ))}
      {letters > 0 && (
        <p className="day-letters">
          {t(lettersPast.has(day.date) ? 'calendar.lettersLeft' : 'calendar.letters', {
            count: letters,
            number: number(letters),
          })}
        </p>
      )}
    </li>
  );
}

const entryIn = (data: Readonly<Record<string, unknown>>) => data['entry'] as Entry;

function OneEntry({ entry, onMove }: { readonly entry: Entry } & Pick<Shown, 'onMove'>) {
  const { t } = useWords();
  const { may } = useHouse();
  const card = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useState(false);
  const canMove = entry.state === 'scheduled' && may('campaigns:send');
  useEffect(() => {
    if (!canMove) return;
    return draggable({
      element: card.current!,
      getInitialData: () => ({ entry }),
      onDragStart: () => setHeld(true),
      onDrop: () => setHeld(false),
    });
  }, [canMove, entry]);
  return (
    <div
      ref={card}
      className="entry"
      data-movable={canMove || undefined}
      data-held={isHeld || undefined}
    >
      <Link to="/campaigns/$id" params={{ id: pageOf(entry) }} search={{}} draggable={false}>
        {entry.name}
      </Link>
      <p className="entry-when">
        <Hour entry={entry} />
        {entry.state !== 'scheduled' && <State state={entry.state} />}
        {entry.occurrence?.isMade && <span className="soft">{t('campaigns.ofSeries')}</span>}
        {canMove && (
          <button
            type="button"
            id={moveButtonOf(entry.id)}
            className="words"
            aria-label={t('calendar.moveOne', { name: entry.name })}
            onClick={() => onMove({ entry, to: undefined })}
          >
            {t('calendar.move')}
          </button>
        )}
      </p>
      <Meets entry={entry} />
    </div>
  );
}

/** What is not made yet is looked at where it will come from. */
const pageOf = ({ id, occurrence }: Entry) =>
  occurrence && !occurrence.isMade ? occurrence.series : id;

function Hour({ entry }: { readonly entry: Entry }) {
  const { t } = useWords();
  const { date } = useHouse();
  const { at, timeZone, startsAt } = entry.schedule;
  if (timeZone !== 'reader') return <span>{date(startsAt, 'hour')}</span>;
  return (
    <span title={readersClock(at, date)}>{t('calendar.readersHour', { hour: at.slice(11) })}</span>
  );
}

/** Before it leaves, how readers' paces will meet it; afterwards, what the books say. */
function Meets({ entry: { forecast, figures } }: { readonly entry: Entry }) {
  const { t } = useWords();
  const { number } = useHouse();
  if (forecast)
    return (
      <div className="meets">
        <PressureBar now={forecast.send} letter={forecast.digest} held={forecast.hold} />
        <span>
          {t('calendar.now', { number: number(forecast.send) })}
          {laterIn(forecast) > 0 && (
            <strong> · {t('calendar.keptForLater', { number: number(laterIn(forecast)) })}</strong>
          )}
        </span>
      </div>
    );
  if (!figures) return null;
  return (
    <div className="meets">
      <PressureBar now={figures.accepted} letter={figures.digest} held={figures.held} />
      <span>
        {t('calendar.sent', { count: figures.accepted, number: number(figures.accepted) })}
        {figures.digest > 0 && (
          <>
            {' · '}
            {t('calendar.inLetters', {
              number: number(figures.digest),
              count: figures.deliveredInDigests,
              had: number(figures.deliveredInDigests),
            })}
          </>
        )}
      </span>
    </div>
  );
}
