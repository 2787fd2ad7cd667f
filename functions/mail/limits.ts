import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { DAY, MINUTE, SECOND, type Instant } from '../base/time.ts';
import { gridOf, Pace, quotaLeft } from './slots.ts';

/** What the provider lets the house send: `Infinity` where nothing limits it. */
export type SendingLimits = {
  readonly ratePerSecond: number;
  readonly quotaPerDay: number;
  /** What the last day has left of the quota for campaigns, when that was asked. */
  readonly roomNow: number;
  readonly sentLastDay: number;
  readonly readAt: Instant;
};

export const UNLIMITED: SendingLimits = {
  ratePerSecond: Infinity,
  quotaPerDay: Infinity,
  roomNow: Infinity,
  sentLastDay: 0,
  readAt: 0,
};

/**
 * For whoever foretells a send, and takes no slot for it. The provider is asked no more often than
 * a sender asks it; undefined when it does not say, and never did.
 */
export async function readLimits(
  ports: Pick<Ports, 'table' | 'mailer' | 'now'>,
): Promise<SendingLimits | undefined> {
  const now = ports.now();
  const row = await ports.table.get(keys.pace());
  const pace = row && Pace.parse(row.data);
  if (pace && Math.abs(now - pace.accountReadAt) < MINUTE) return limitsOf(pace, now);
  const account = await ports.mailer.account().catch(() => undefined);
  if (account) return limitsOf({ account, leased: 0 }, now);
  return pace && limitsOf(pace, now);
}

function limitsOf(pace: Pick<Pace, 'account' | 'leased'>, readAt: Instant): SendingLimits {
  const { ratePerSecond: rate, quotaPerDay, sentLastDay } = pace.account;
  return {
    ...{ quotaPerDay, sentLastDay, readAt },
    ratePerSecond: Number.isFinite(rate) ? usedOf(rate) : rate,
    roomNow: quotaLeft(pace, 'editorial'),
  };
}

/** What the grid of slots makes of a rate: no second is ever fuller than it. */
function usedOf(ratePerSecond: number): number {
  const { perCell, cellMs } = gridOf(ratePerSecond);
  return (perCell * SECOND) / cellMs;
}

/** How many more the day has room for at a moment; what the house sent before falls out of it after a day. */
export function roomAt(
  { roomNow, sentLastDay, readAt }: SendingLimits,
  left: readonly { readonly at: Instant; readonly count: number }[],
  at: Instant,
): number {
  const before = at < readAt + DAY ? roomNow : roomNow + sentLastDay;
  return left.reduce((room, one) => (one.at > at - DAY ? room - one.count : room), before);
}
