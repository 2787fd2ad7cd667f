import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import type { Campaign, Schedule } from './campaign.ts';
import { datesAfter, scheduleOn } from './rhythm.ts';
import { occurrenceId, rhythmOf, type Series } from './series.ts';
import { allSeries, readCampaigns } from './store.ts';

/** A letter that will leave, though it is not made yet: whose copy it will be, and when. */
export type Coming = {
  readonly campaign: Campaign;
  readonly schedule: Schedule;
  readonly copies: string;
};

/** The letters of every series that leave before a moment and are not made yet. */
export async function comingLetters(
  ports: Pick<Ports, 'table' | 'now'>,
  until: Instant,
): Promise<Coming[]> {
  const running: Series[] = [];
  for await (const series of allSeries(ports)) if (series.endedAt === null) running.push(series);
  const ids = running.map(({ seriesId }) => seriesId);
  const models = new Map(
    (await readCampaigns(ports, ids)).map(({ it }) => [it.campaignId, it] as const),
  );
  const now = ports.now();
  return running.flatMap((series) => {
    const model = models.get(series.seriesId);
    return model ? comingOf(series, model, { now, until }) : [];
  });
}

function comingOf(
  series: Series,
  model: Campaign,
  { now, until }: { readonly now: Instant; readonly until: Instant },
): Coming[] {
  const coming: Coming[] = [];
  for (const date of datesAfter(rhythmOf(series), series.through)) {
    const schedule = scheduleOn(series.rhythm, date);
    if (schedule.startsAt >= until) break;
    const isOut = series.made.includes(date) || series.skipped.includes(date);
    if (isOut || schedule.startsAt <= now) continue;
    coming.push({
      campaign: {
        ...model,
        campaignId: occurrenceId(series.seriesId, date),
        asked: undefined,
        occurrence: {
          ...{ seriesId: series.seriesId, date, planned: schedule, waits: null },
          ...{ onlyNewest: series.onlyNewest, isOwn: false },
        },
      },
      schedule,
      copies: series.seriesId,
    });
  }
  return coming;
}
