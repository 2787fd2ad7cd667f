import type { Instant, LocalDate } from '../base/time.ts';
import { addDays, wallTimeIn } from '../base/time.ts';
import type { Counters } from '../mail/figures.ts';
import { exitOf } from '../preferences/departure.ts';

/** Days of the house that are looked at together. */
export const WEEK_DAYS = 7;

/** What came of those who came to leave, and of the mails that left, over some days of the house. */
export type Week = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** On the pages, where they saw what else there was. */
  readonly retained: number;
  readonly slower: number;
  readonly paused: number;
  readonly topics: number;
  readonly unsubscribed: number;
  /** Of who came to a page, the share that stayed; null when nobody came. */
  readonly rate: number | null;
  /** They never saw the offer. */
  readonly apart: {
    readonly oneClick: number;
    readonly agent: number;
    readonly complained: number;
  };
  readonly mails: {
    readonly accepted: number;
    readonly dead: number;
    readonly complained: number;
  };
};

/** The seven days of the house that end today. */
export function weekEnding(timeZone: string, now: Instant): LocalDate[] {
  const today = wallTimeIn(timeZone, now).date;
  return Array.from({ length: WEEK_DAYS }, (_, index) => addDays(today, index + 1 - WEEK_DAYS));
}

export const weekBefore = (days: readonly LocalDate[]): LocalDate[] =>
  days.map((day) => addDays(day, -WEEK_DAYS));

/** The sums of some days. */
export function weekFrom(days: readonly LocalDate[], sums: readonly Counters[]): Week {
  const of = (name: string) => sums.reduce((sum, day) => sum + (day[name] ?? 0), 0);
  const [slower, paused, topics] = (['slower', 'paused', 'topics'] as const).map((outcome) =>
    of(exitOf({ door: 'page', outcome })),
  ) as [number, number, number];
  const left = (door: 'page' | 'preferences' | 'one-click' | 'agent') =>
    of(exitOf({ door, outcome: 'unsubscribed' }));
  const retained = slower + paused + topics;
  const unsubscribed = left('page') + left('preferences');
  const exits = retained + unsubscribed;
  return {
    from: days[0]!,
    to: days.at(-1)!,
    retained,
    slower,
    paused,
    topics,
    unsubscribed,
    rate: exits === 0 ? null : retained / exits,
    apart: {
      oneClick: left('one-click') + of(exitOf({ door: 'one-click', outcome: 'topics' })),
      agent: left('agent'),
      complained: of('complained'),
    },
    mails: { accepted: of('accepted'), dead: of('dead'), complained: of('complained') },
  };
}
