import { useHouse } from '../api/house.ts';
import { useWords } from '../words/speak.tsx';
import { laterIn, type Entry } from './calendar-query.ts';
import { PressureBar } from './pressure.tsx';

type WhatIfProps = {
  readonly entry: Entry;
  readonly at: string;
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  readonly isStale: boolean;
};
const PARTS = ['send', 'digest', 'hold', 'drop'] as const;

/** How readers meet it at its new hour, beside how they meet it now, and what that does to the others. */
export function WhatIf({ entry, at, before, after, isStale }: WhatIfProps) {
  const { t } = useWords();
  const { date, number } = useHouse();
  const then = after.find(({ id }) => id === entry.id)?.forecast;
  const now = before.find(({ id }) => id === entry.id)?.forecast ?? entry.forecast;
  if (!then || !now) return null;
  const others = after.flatMap((one) => {
    const was = before.find(({ id }) => id === one.id)?.forecast;
    if (one.id === entry.id || !was || !one.forecast) return [];
    const [from, to] = [laterIn(was), laterIn(one.forecast)];
    return from === to ? [] : [{ id: one.id, name: one.name, from, to }];
  });
  const column = (day: string) => `${date(day.slice(0, 10), 'short')}, ${day.slice(11)}`;
  return (
    <div className="stack" aria-busy={isStale}>
      <table className="what-if">
        <caption>{t('calendar.whatIf')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">
              {column(entry.schedule.at)}
            </th>
            <th scope="col" className="number">
              {column(at)}
            </th>
          </tr>
        </thead>
        <tbody>
          {PARTS.filter((part) => now[part] + then[part] > 0).map((part) => (
            <tr key={part}>
              <th scope="row">{t(`calendar.column.${part}`)}</th>
              <td className="number">{number(now[part])}</td>
              <td className="number">
                <strong>{number(then[part])}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <PressureBar now={then.send} letter={then.digest} held={then.hold} />
      <p className="soft">
        {others.length === 0
          ? t('calendar.othersSame')
          : t('calendar.others', { count: others.length })}
      </p>
      {others.length > 0 && (
        <ul className="plain others">
          {others.map(({ id, name, from, to }) => (
            <li key={id}>{t('calendar.other', { name, from: number(from), to: number(to) })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
