import { useCallback } from 'react';
import UPlot from 'uplot';
import type { DryRun } from '../api/shapes.ts';
import { dateIn, shareIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { Chart, SECOND_MS, type Drawn, type Paint } from './chart.tsx';

const HEIGHT_PX = 220;
const DAY_S = 86_400;
/** A day is the least that is told apart. */
const DAY_STEPS = [1, 2, 7, 14, 28, 91, 182, 364].map((days) => days * DAY_S);

/** The same figures as the table below it, as a line that climbs. */
export function ReachChart({ reach }: { readonly reach: DryRun['reach'] }) {
  const { t, locale, language } = useWords();
  const draw = useCallback(
    ({ colour, axis }: Paint): Drawn => ({
      options: {
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * SECOND_MS), 'UTC'),
        scales: { y: { range: [0, 1] } },
        axes: [
          {
            ...axis,
            size: 34,
            space: 72,
            incrs: DAY_STEPS,
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
      figures: [
        reach.map(({ at }) => Date.parse(`${at}T00:00:00Z`) / SECOND_MS),
        reach.map(({ share }) => share),
      ],
    }),
    [reach, locale, language],
  );
  return <Chart label={t('reach.picture')} heightPx={HEIGHT_PX} draw={draw} />;
}
