import { useHouse } from '../api/house.ts';
import { useWords } from '../words/speak.tsx';
import type { Calendar, CalendarDay, Entry } from './calendar-query.ts';
import type { Day } from './days.ts';

type TableProps = { readonly calendar: Calendar; readonly lettersPast: ReadonlyMap<Day, number> };
const COLUMNS = ['send', 'digest', 'hold', 'drop'] as const;
type Counts = Readonly<Record<(typeof COLUMNS)[number], number>>;

/** The same days as a table: every number that a bar only shows. */
export function Table({ calendar, lettersPast }: TableProps) {
  const { t } = useWords();
  const { date, number } = useHouse();
  const lettersOn = (day: CalendarDay) => lettersPast.get(day.date) ?? day.letters;
  const days = calendar.days.filter((day) => day.campaigns.length > 0 || lettersOn(day) > 0);
  if (days.length === 0) return null;
  return (
    <details className="calendar-table">
      <summary>{t('calendar.table')}</summary>
      <div className="scroll" role="group" aria-label={t('calendar.table')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('calendar.day')}</th>
              <th scope="col">{t('calendar.what')}</th>
              {COLUMNS.map((column) => (
                <th scope="col" key={column} className="number">
                  {t(`calendar.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.flatMap((day) => [
              ...day.campaigns.map((entry) => (
                <tr key={entry.id}>
                  <td>{date(day.date, 'weekday')}</td>
                  <th scope="row">{entry.name}</th>
                  {COLUMNS.map((column) => (
                    <td key={column} className="number">
                      {number(countsOf(entry)?.[column] ?? 0)}
                    </td>
                  ))}
                </tr>
              )),
              ...(lettersOn(day) > 0
                ? [
                    <tr key={`letters ${day.date}`}>
                      <td>{date(day.date, 'weekday')}</td>
                      <th scope="row">{t('calendar.ownLetters')}</th>
                      <td className="number">{number(lettersOn(day))}</td>
                      <td colSpan={COLUMNS.length - 1} />
                    </tr>,
                  ]
                : []),
            ])}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function countsOf({ forecast, figures }: Entry): Counts | undefined {
  if (forecast) return forecast;
  if (!figures) return undefined;
  const { accepted, digest, held, dropped } = figures;
  return { send: accepted, digest, hold: held, drop: dropped };
}
