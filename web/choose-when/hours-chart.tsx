import { useCallback } from 'react';
import UPlot from 'uplot';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { dateIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { Chart, SECOND_MS, type Drawn, type Paint } from './chart.tsx';
import { countIn, partsOf, type PartOfDay } from './parts-of-day.ts';

const HEIGHT_PX = 200;
const HOUR_S = 3_600;
const COUNT_STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000,
];
const COLOURS: Readonly<Record<PartOfDay, string>> = {
  morning: '--wait',
  afternoon: '--accent',
  evening: '--blue',
  night: '--ink-soft',
};

/** The same figures as the table below it: a bar an hour, in the parts of its readers' day. */
export function HoursChart({ hours }: Pick<DryRun, 'hours'>) {
  const { t, locale, language } = useWords();
  const { brand, number } = useHouse();
  const draw = useCallback(
    ({ colour, axis }: Paint): Drawn => {
      const { moments, stacks } = stacked(hours);
      const said = (seconds: number, form: 'short' | 'hour') =>
        dateIn({ locale, language }, brand.timeZone, seconds * SECOND_MS, form);
      return {
        options: {
          tzDate: (seconds) => UPlot.tzDate(new Date(seconds * SECOND_MS), brand.timeZone),
          scales: {
            x: { range: (_, from, to) => [from - HOUR_S, to + HOUR_S] },
            y: { range: (_, _from, most) => [0, Math.max(1, most * 1.05)] },
          },
          axes: [
            {
              ...axis,
              size: 34,
              space: 96,
              values: (_, seconds) =>
                seconds.map((at) => `${said(at, 'short')} ${said(at, 'hour')}`),
            },
            {
              ...axis,
              size: 56,
              incrs: COUNT_STEPS,
              values: (_, counts) => counts.map((count) => number(count)),
            },
          ],
          series: [
            {},
            ...stacks.map(({ part }) => ({
              fill: colour(COLOURS[part]),
              width: 0,
              paths: UPlot.paths.bars!({ size: [0.8, 36] }),
              points: { show: false },
            })),
          ],
        },
        figures: [moments, ...stacks.map(({ counts }) => counts)],
      };
    },
    [hours, locale, language, brand.timeZone, number],
  );
  return <Chart label={t('hours.picture')} heightPx={HEIGHT_PX} draw={draw} />;
}

/** Every hour from the first to the last; the whole is drawn first, and each part over it. */
function stacked(hours: DryRun['hours']) {
  const secondsOf = (at: string) => Date.parse(at) / SECOND_MS;
  const [first, last] = [secondsOf(hours[0]!.at), secondsOf(hours.at(-1)!.at)];
  const byMoment = new Map(hours.map((hour) => [secondsOf(hour.at), hour]));
  const moments = Array.from(
    { length: Math.round((last - first) / HOUR_S) + 1 },
    (_, index) => first + index * HOUR_S,
  );
  const parts = partsOf(hours);
  const upTo = (moment: number, index: number) => {
    const hour = byMoment.get(moment);
    if (!hour) return 0;
    return parts.slice(0, index + 1).reduce((sum, part) => sum + countIn(hour, part), 0);
  };
  const stacks = parts.map((part, index) => ({
    part,
    counts: moments.map((moment) => upTo(moment, index)),
  }));
  return { moments, stacks: stacks.reverse() };
}
