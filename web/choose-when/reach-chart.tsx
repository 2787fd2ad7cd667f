import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DryRun } from '../api/shapes.ts';
import { dateIn, shareIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';

const HEIGHT_PX = 220;
const SECOND_MS = 1_000;

/** The same figures as the table below it, as a line that climbs. */
export function ReachChart({ reach }: { readonly reach: DryRun['reach'] }) {
  const { t, locale, language } = useWords();
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
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { show: false },
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * SECOND_MS), 'UTC'),
        scales: { y: { range: [0, 1] } },
        axes: [
          {
            ...axis,
            size: 34,
            space: 72,
            values: (_, days) =>
              days.map((at) => dateIn({ locale, language }, 'UTC', at * SECOND_MS, 'short')),
          },
          {
            ...axis,
            size: 52,
            values: (_, shares) => shares.map((one) => shareIn({ locale }, one)),
          },
        ],
        series: [
          {},
          {
            stroke: colour('--accent'),
            fill: colour('--accent-soft'),
            width: 2,
            paths: UPlot.paths.stepped!({ align: 1 }),
            points: { show: true, size: 6, fill: colour('--accent') },
          },
        ],
      },
      [
        reach.map(({ at }) => Date.parse(`${at}T00:00:00Z`) / SECOND_MS),
        reach.map(({ share }) => share),
      ],
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
  }, [reach, locale, language, scheme]);
  return <div ref={place} className="chart" role="img" aria-label={t('reach.picture')} />;
}
