import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { dateIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { countIn, partsOf, type PartOfDay } from './parts-of-day.ts';

const HEIGHT_PX = 200;
const SECOND_MS = 1_000;
const HOUR_S = 3_600;
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
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--ink-soft'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
      font: `12px ${colour('--sans')}`,
    };
    const { moments, stacks } = stacked(hours);
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { show: false },
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
              seconds.map((at) =>
                [
                  dateIn({ locale, language }, brand.timeZone, at * SECOND_MS, 'short'),
                  dateIn({ locale, language }, brand.timeZone, at * SECOND_MS, 'hour'),
                ].join(' '),
              ),
          },
          {
            ...axis,
            size: 56,
            incrs: [
              1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000,
            ],
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
      [moments, ...stacks.map(({ counts }) => counts)],
      element,
    );
    const watch = new ResizeObserver(() =>
      chart.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    );
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
  }, [hours, locale, language, scheme, brand.timeZone, number]);
  return <div ref={place} className="chart" role="img" aria-label={t('hours.picture')} />;
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
