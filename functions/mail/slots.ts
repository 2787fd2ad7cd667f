import * as z from 'zod';
import { MINUTE, SECOND, type Instant } from '../base/time.ts';

/** Transactional mail never waits behind a campaign: each leases from the same row by rules of its own. */
export type Lane = 'service' | 'editorial';

/** The one row that all workers lease from: where the next cell begins, and what is known of the account. */
export const Pace = z.object({
  format: z.literal(1),
  /** The cell leased from last, or the first moment one may begin; and how many of its slots are taken. */
  cellAt: z.number(),
  used: z.int(),
  /** The rate that this cell was cut for. */
  rate: z.number(),
  /** When a transactional mail last asked for a slot. */
  serviceAt: z.number(),
  /** What the last throttle left of the rate, and when it came; it recovers with time. */
  left: z.number(),
  cutAt: z.number(),
  account: z.object({
    ratePerSecond: z.number(),
    quotaPerDay: z.number(),
    sentLastDay: z.number(),
  }),
  accountReadAt: z.number(),
  /** Slots given out since the account was read. */
  leased: z.int(),
});
export type Pace = z.infer<typeof Pace>;

/** So many mails may be handed over at this moment, and no later than a breath after. */
export type Slot = { readonly at: Instant; readonly mails: number };

/** A call may be late by so much and still be in its slot; the grid leaves room for it. */
export const LATE_AT_MOST_MS = 20;
/**
 * A campaign leases no further ahead than this, so that a transactional mail finds a slot within it;
 * and less far while there are such mails. Who may lease further goes first when there are too many.
 */
const AHEAD_MS = { service: 10 * SECOND, editorial: 600, besideService: 400 };
/** What begins in time may last so long: a row in two parts costs twice the writes. */
const SPAN_MS = SECOND;
const SERVICE_SEEN_MS = 10 * SECOND;
/** Of the quota of a day, what a campaign leaves to transactional mail. */
const QUOTA_RESERVE = 0.02;
const QUOTA_RESERVE_MOST = 1_000;

const CUT_TO = 0.6;
const LEFT_LEAST = 0.05;
const STEP = 0.05;
const STEP_EVERY_MS = 5 * SECOND;
/** Workers that were all throttled by the same moment cut the pace once. */
const ONE_CUT_MS = SECOND;

export const newPace = (account: Pace['account'], now: Instant): Pace => ({
  format: 1,
  cellAt: now,
  used: 0,
  rate: 0,
  serviceAt: 0,
  left: 1,
  cutAt: 0,
  account,
  accountReadAt: now,
  leased: 0,
});

/** The same pace with the account as it was read just now. */
export const withAccount = (pace: Pace, account: Pace['account'], now: Instant): Pace => ({
  ...pace,
  account,
  accountReadAt: now,
  leased: 0,
});

/** How much of the rate may be used now: all of it again, step by step, after a throttle. */
export function shareAt({ left, cutAt }: Pick<Pace, 'left' | 'cutAt'>, now: Instant): number {
  const steps = Math.floor(Math.max(0, now - cutAt) / STEP_EVERY_MS);
  return Math.min(1, left + steps * STEP);
}

/** A throttle cuts the pace at once; undefined when somebody has just done so. */
export function withCut(pace: Pace, now: Instant): Pace | undefined {
  if (now - pace.cutAt < ONE_CUT_MS && now >= pace.cutAt) return undefined;
  const left = Math.max(LEFT_LEAST, shareAt(pace, now) * CUT_TO);
  const cell = now + SECOND > pace.cellAt ? { cellAt: now + SECOND, used: 0 } : {};
  return { ...pace, ...cell, left, cutAt: now };
}

/**
 * Time in equal cells with so many slots each. All mails of a cell leave at its beginning, so that
 * whatever second one looks at holds no more cells than the rate has room for, late calls included.
 */
export function gridOf(ratePerSecond: number): {
  readonly perCell: number;
  readonly cellMs: number;
} {
  const span = SECOND + LATE_AT_MOST_MS + 1;
  if (ratePerSecond < 1) return { perCell: 1, cellMs: span / Math.max(ratePerSecond, 0.01) };
  const rate = Math.floor(ratePerSecond);
  let best = Math.min(20, rate);
  const used = (cells: number) => cells * Math.floor(rate / cells);
  for (let cells = Math.min(10, rate); cells <= Math.min(25, rate); cells += 1)
    if (used(cells) > used(best)) best = cells;
  return { perCell: Math.floor(rate / best), cellMs: span / best };
}

/** How many more mails of this lane fit into the day. */
export function quotaLeft(
  { account, leased }: Pick<Pace, 'account' | 'leased'>,
  lane: Lane,
): number {
  const { quotaPerDay, sentLastDay } = account;
  const kept = Math.min(QUOTA_RESERVE_MOST, Math.ceil(quotaPerDay * QUOTA_RESERVE));
  const reserve = lane === 'editorial' ? kept : 0;
  return quotaPerDay - sentLastDay - leased - reserve;
}

/**
 * The next free slots, none sooner than asked and none too far ahead: fewer than wanted, or none.
 * Answers the pace as it is with these given out.
 */
export function withSlots(
  before: Pace,
  asked: {
    readonly lane: Lane;
    readonly mails: number;
    readonly soonest: Instant;
    readonly now: Instant;
  },
): { readonly slots: readonly Slot[]; readonly pace: Pace; readonly opensAt: Instant } {
  const { lane, soonest, now } = asked;
  const rate = before.account.ratePerSecond * shareAt(before, now);
  const { perCell, cellMs } = gridOf(rate);
  const ahead = aheadMs(before, lane, now);
  let { cellAt, used } = sane(before, now);
  // Between the last cell of one grid and the first of another lies one of each, empty: a second
  // that holds some of both is then no fuller than a second of the faster one.
  if (rate !== before.rate && before.rate > 0) {
    cellAt += cellMs + (used > 0 ? gridOf(before.rate).cellMs : 0);
    used = 0;
  }
  if (cellAt < soonest) {
    cellAt = used > 0 ? Math.max(soonest, cellAt + cellMs) : soonest;
    used = 0;
  }
  const slots: Slot[] = [];
  let left = asked.mails;
  const begins = cellAt <= Math.max(now + ahead, soonest);
  const last = begins ? cellAt + SPAN_MS : -Infinity;
  while (left > 0 && cellAt <= last) {
    const mails = Math.min(left, perCell - used);
    slots.push({ at: cellAt, mails });
    used += mails;
    left -= mails;
    if (used < perCell) break;
    cellAt += cellMs;
    used = 0;
  }
  const leased = before.leased + asked.mails - left;
  const serviceAt = lane === 'service' ? now : before.serviceAt;
  return {
    slots,
    pace: { ...before, cellAt, used, rate, leased, serviceAt },
    opensAt: cellAt - ahead,
  };
}

function aheadMs({ serviceAt }: Pace, lane: Lane, now: Instant): number {
  if (lane === 'service') return AHEAD_MS.service;
  return now - serviceAt < SERVICE_SEEN_MS ? AHEAD_MS.besideService : AHEAD_MS.editorial;
}

/** A clock that ran far ahead must not keep the house silent. */
function sane({ cellAt, used }: Pace, now: Instant): Pick<Pace, 'cellAt' | 'used'> {
  return cellAt > now + MINUTE ? { cellAt: now + SECOND, used: 0 } : { cellAt, used };
}
