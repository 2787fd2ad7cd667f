import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export const SECOND_MS = 1_000;

/** What a picture is drawn with: the colours of the scheme that is shown, and an axis in them. */
export type Paint = {
  readonly colour: (name: string) => string;
  readonly axis: UPlot.Axis;
};
/** What stands in the frame, and the figures. */
export type Drawn = {
  readonly options: Pick<UPlot.Options, 'scales' | 'axes' | 'series' | 'tzDate'>;
  readonly figures: UPlot.AlignedData;
};
type ChartProps = {
  readonly label: string;
  readonly heightPx: number;
  /** Drawn anew when it changes. */
  readonly draw: (paint: Paint) => Drawn;
};

/** A picture as wide as its place, drawn anew in the other scheme. What it shows stands in a table beside it. */
export function Chart({ label, heightPx, draw }: ChartProps) {
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
    const { options, figures } = draw({ colour, axis });
    const size = () => ({ width: element.clientWidth, height: heightPx });
    const chart = new UPlot(
      { ...options, ...size(), legend: { show: false }, cursor: { show: false } },
      figures,
      element,
    );
    const watch = new ResizeObserver(() => chart.setSize(size()));
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
  }, [draw, heightPx, scheme]);
  return <div ref={place} className="chart" role="img" aria-label={label} />;
}
