import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { LocalDate } from '../base/time.ts';
import type { Campaign } from './campaign.ts';
import { takeBack } from './occurrence.ts';
import { isAhead, remadeAt, type Series } from './series.ts';
import { noStepWrite, postStep, stepSeriesWrite } from './step-series.ts';
import { campaignWrite, readCampaign, readSeries, seriesWrite } from './store.ts';

/** One date is left out. Its letter, if it was made already, is taken back. */
export async function skipDate(ports: Ports, seriesId: string, date: LocalDate): Promise<void> {
  await changeSeries(ports, seriesId, async (series) => {
    mustBeAhead(ports, series, date);
    if (series.skipped.includes(date)) return undefined;
    const back = await takeBack(ports, series, { dates: [date], own: 'draft' });
    if (back.series.made.includes(date))
      throw new Problem('state-does-not-allow', { detail: 'The letter of that day has left.' });
    return {
      series: { ...back.series, skipped: [...series.skipped, date].sort() },
      writes: back.writes,
    };
  });
}

/** A date that was to be left out comes after all. */
export async function keepDate(ports: Ports, seriesId: string, date: LocalDate): Promise<void> {
  await changeSeries(ports, seriesId, (series) => {
    mustBeAhead(ports, series, date);
    if (!series.skipped.includes(date)) return Promise.resolve(undefined);
    const skipped = series.skipped.filter((one) => one !== date);
    return Promise.resolve({ series: { ...series, skipped }, writes: [] });
  });
}

/** Nothing more comes; what has left has left. */
export async function endSeries(ports: Ports, seriesId: string): Promise<void> {
  const { campaign, version } = await readCampaign(ports, seriesId);
  const found = await readSeries(ports, seriesId);
  if (!found || campaign.state !== 'recurring') throw notRecurring(campaign);
  const now = ports.now();
  const back = await takeBack(ports, found.it, { own: 'draft' });
  const ended: Campaign = { ...campaign, state: 'ended', asked: undefined, changedAt: now };
  const outcome = await ports.table.writeAll([
    campaignWrite(ended, version),
    seriesWrite({ ...back.series, endedAt: now }, found.version),
    ...back.writes,
    noStepWrite(seriesId),
  ]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
}

/**
 * What goes with a change of its letter: those made and not left are made anew with what it says
 * now, and what was said yes to was the letter as it stood.
 */
export async function seriesChangedWrites(ports: Ports, seriesId: string): Promise<Write[]> {
  const found = await readSeries(ports, seriesId);
  if (!found || found.it.endedAt !== null) return [];
  const back = await takeBack(ports, found.it, { own: 'keep' });
  const series: Series = { ...back.series, approvedFor: null };
  return [
    seriesWrite(series, found.version),
    ...back.writes,
    stepSeriesWrite(seriesId, remadeAt(series, ports.now())),
  ];
}

async function changeSeries(
  ports: Ports,
  seriesId: string,
  change: (
    series: Series,
  ) => Promise<{ readonly series: Series; readonly writes: readonly Write[] } | undefined>,
): Promise<void> {
  const { campaign } = await readCampaign(ports, seriesId);
  const found = await readSeries(ports, seriesId);
  if (!found || campaign.state !== 'recurring') throw notRecurring(campaign);
  const changed = await change(found.it);
  if (!changed) return;
  const outcome = await ports.table.writeAll([
    seriesWrite(changed.series, found.version),
    ...changed.writes,
    stepSeriesWrite(seriesId, ports.now()),
  ]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
  await postStep(ports, seriesId);
}

function mustBeAhead(ports: Pick<Ports, 'now'>, series: Series, date: LocalDate): void {
  if (!isAhead(series, date, ports.now()))
    throw new Problem('moment-passed', {
      errors: [{ path: 'date', detail: 'it is no date of this series that is still ahead' }],
    });
}

const notRecurring = ({ state }: Campaign) =>
  new Problem('state-does-not-allow', {
    detail: `The campaign is ${state}; it does not leave again and again.`,
  });
