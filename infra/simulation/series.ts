import { DAY } from '../../functions/base/time.ts';
import type { Ports } from '../../functions/base/ports.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { repeatWithCare } from '../../functions/campaigns/repeat.ts';
import { datesOf } from '../../functions/campaigns/rhythm.ts';
import { rhythmOf, type Series } from '../../functions/campaigns/series.ts';
import type { Caller } from '../../functions/team/caller.ts';
import type { Chance } from './chance.ts';
import { scheduleOf, type Sheet } from './scenario.ts';
import type { World } from './world.ts';

/** What leaves again and again in a run: every day, so often. */
export type Repeats = { readonly times: number; readonly onlyNewest: boolean };
const TIMES_MOST = 5;
const PROGRAM: Caller = {
  is: 'key',
  id: 'k',
  name: 'marketers',
  role: null,
  email: null,
  scopes: [],
  test: false,
};

/** Some sheets leave every day from their hour on, as long as things go wrong. */
export function repeating(sheets: readonly Sheet[], chance: Chance, until: number): Sheet[] {
  return sheets.map((sheet) => {
    const times = Math.min(TIMES_MOST, Math.floor((until - sheet.startsAt) / DAY));
    if (!chance.is(0.2) || times < 2) return sheet;
    const repeats = { times, onlyNewest: chance.is(0.5) };
    // Whom it is for is looked up by campaign, and nobody knows beforehand which these will be.
    return { ...sheet, audience: undefined, expiresAt: undefined, repeats };
  });
}

/** Begins it, as somebody of the house would. */
export async function repeat(
  ports: Ports,
  campaignId: string,
  sheet: Sheet,
  { times, onlyNewest }: Repeats,
): Promise<void> {
  const { at, timeZone } = scheduleOf(sheet);
  const rhythm = {
    ...{ unit: 'week' as const, every: 1, weekdays: [1, 2, 3, 4, 5, 6, 7] },
    ...{ at: at.slice(11), timeZone, times },
  };
  await repeatWithCare(ports, campaignId, { rhythm, onlyNewest, unchanged: 'send' }, PROGRAM);
}

/** I2 and I10: each date of a series has left once, as one campaign, or was missed and counted. */
export function judgeSeries({ account, memory }: World): void {
  const campaigns = [...memory.all('records')]
    .filter(({ key }) => key.pk === 'campaigns')
    .map(({ data }) => data as Campaign);
  for (const { key, data } of memory.all('records')) {
    if (key.pk !== 'series') continue;
    const series = data as Series;
    const made = campaigns.filter(({ occurrence }) => occurrence?.seriesId === series.seriesId);
    const days = made.map(({ occurrence }) => occurrence!.date);
    if (new Set(days).size !== days.length)
      account.breaks('I2', `series ${series.seriesId} has two letters for one day`);
    const dates = [...datesOf(rhythmOf(series))];
    if (dates.length !== made.length + series.missed || series.endedAt === null)
      account.breaks(
        'I10',
        `at rest, series ${series.seriesId} has ${made.length} letters of ${dates.length}, ${series.missed} missed`,
      );
    // When more have come in than whoever began it was told of, somebody is asked anew.
    for (const { campaignId, state, occurrence } of made)
      if (state !== 'started' && occurrence?.waits !== 'more-readers')
        account.breaks('I10', `at rest, the letter ${campaignId} of a series is ${state}`);
  }
}
