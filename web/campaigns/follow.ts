import { useSuspenseQuery } from '@tanstack/react-query';
import { useHouseClock } from '../api/house-clock.ts';
import { campaignQuery, LIVE_MS } from '../api/queries.ts';
import type { Campaign } from '../api/shapes.ts';

const MINUTE_MS = 60_000;
/** It is about to begin: soon enough that nobody reaches for the button that loads the page again. */
const SOON_MS = 2 * LIVE_MS;
const CALM_MS = 10_000;
const SELDOM_MS = 30_000;
const ABOUT_TO_BEGIN_MS = 10 * MINUTE_MS;
/** So long after the last has left, what the provider tells of them still comes in. */
const ECHO_MS = 60 * MINUTE_MS;

/** One campaign, looked at again as often as something about it may have changed. */
export function useFollowed(id: string) {
  const now = useHouseClock();
  const { data } = useSuspenseQuery({
    ...campaignQuery(id),
    refetchInterval: ({ state }) => (state.data ? lookAgainMs(state.data.body, now()) : false),
  });
  return { campaign: data.body, lookAgain: () => lookAgainMs(data.body, now()) };
}

type Moves = Pick<Campaign, 'state' | 'schedule' | 'asked' | 'finishedAt'> & {
  readonly figures: Pick<Campaign['figures'], 'open'>;
};

/** False where nothing moves by itself. The house's clock may be further than this screen thinks. */
export function lookAgainMs(campaign: Moves, now: number): number | false {
  const { state, schedule, asked, finishedAt, figures } = campaign;
  switch (state) {
    case 'sending':
      return LIVE_MS;
    case 'stopped':
      return figures.open > 0 ? LIVE_MS : false;
    case 'scheduled': {
      const wait = schedule ? Date.parse(schedule.startsAt) - now : 0;
      return wait < ABOUT_TO_BEGIN_MS ? SOON_MS : SELDOM_MS;
    }
    case 'paused':
    case 'blocked':
      return SOON_MS;
    case 'sent':
      if (figures.open > 0) return LIVE_MS;
      return finishedAt !== null && now - Date.parse(finishedAt) < ECHO_MS ? CALM_MS : false;
    case 'draft':
    case 'recurring':
    case 'ended':
      return asked ? CALM_MS : false;
  }
}
