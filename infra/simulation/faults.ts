import type { Instant } from '../../functions/base/time.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../functions/base/time.ts';
import type { Chance } from './chance.ts';

/** What goes wrong in a run, and how often. All of it ends when the scenes end. */
export type Faults = {
  /** At a step: the process dies; the table refuses; what was done is not answered. */
  readonly crash: number;
  readonly refused: number;
  readonly lostAnswer: number;
  /** At a step: it takes seconds; it takes a minute and more. */
  readonly slow: number;
  readonly stall: number;
  /** How far the clocks of two processes may be apart. */
  readonly skewMs: number;
  /** How far the index of due moments may be behind. */
  readonly indexLagMs: number;
  /** People a page of a scan holds at most: as when rows are large. */
  readonly peopleAPage: number;

  /** A message comes twice; comes late; is seen again while it is still in hand. */
  readonly duplicate: number;
  readonly late: number;
  readonly seenAgain: number;
  readonly poison: boolean;

  /** A tick comes twice at once; comes minutes late; does not come for hours. */
  readonly tickTwice: number;
  readonly tickLate: number;
  readonly tickMissing: number;

  /** Of calls to the provider. */
  readonly throttled: number;
  readonly partlyThrottled: number;
  readonly lostAfter: number;
  readonly lostBefore: number;
  readonly slowCall: number;
  /** Times in which it takes nothing at all. */
  readonly blocks: readonly {
    readonly from: Instant;
    readonly until: Instant;
    readonly reason: string;
  }[];
  readonly ratePerSecond: number;
  readonly quotaPerDay: number;
  /** Whether a doubtful line can be asked about, as the laptop's mailbox can. */
  readonly tells: 'truth' | 'unknown';
  /** Whether it tells of each mail what became of it; and how much of that is lost, twice or late. */
  readonly events: boolean;
  readonly eventLost: number;
  readonly eventTwice: number;
  readonly eventLate: number;
};

/** The names under which faults can be taken away one by one, to find what a failing run needs. */
export const FAULT_KINDS = ['processes', 'table', 'time', 'queue', 'ticks', 'provider'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const NO_FAULTS: Faults = {
  crash: 0,
  refused: 0,
  lostAnswer: 0,
  slow: 0,
  stall: 0,
  skewMs: 0,
  indexLagMs: 0,
  peopleAPage: 1_000,
  duplicate: 0,
  late: 0,
  seenAgain: 0,
  poison: false,
  tickTwice: 0,
  tickLate: 0,
  tickMissing: 0,
  throttled: 0,
  partlyThrottled: 0,
  lostAfter: 0,
  lostBefore: 0,
  slowCall: 0,
  blocks: [],
  ratePerSecond: Infinity,
  quotaPerDay: 1_000_000,
  tells: 'unknown',
  events: false,
  eventLost: 0,
  eventTwice: 0,
  eventLate: 0,
};

export function isCalm(faults: Faults): boolean {
  const told = { tells: '', events: false };
  return JSON.stringify({ ...faults, ...told }) === JSON.stringify({ ...NO_FAULTS, ...told });
}

/** How far clocks are apart at most. In most runs so little that windows of time are judged to a second (I3). */
const NEAR_MS = SECOND;
/** In others so far that what hangs on no clock is seen to hold whatever they say (I1, I2, I8). */
const FAR_MS = 5 * MINUTE;

/** Reading everybody takes so many calls at most: with more, one answer of them would always be lost. */
const PAGES_MOST = 60;

/** What goes wrong in this run: in one of five, nothing; else each kind more or less. */
export function faultsOf(
  chance: Chance,
  time: { readonly from: Instant; readonly until: Instant; readonly people: number },
): Faults {
  const calm = chance.is(0.2);
  const tells = chance.is(0.5) ? 'truth' : 'unknown';
  const some = (most: number) => (chance.is(0.6) ? chance.next() ** 2 * most : 0);
  const faults: Faults = {
    crash: some(0.03),
    refused: some(0.02),
    lostAnswer: some(0.02),
    slow: some(0.05),
    stall: some(0.01),
    // Where the provider can be asked, there is one machine and one clock.
    skewMs: chance.pick([0, NEAR_MS, NEAR_MS, tells === 'unknown' ? FAR_MS : NEAR_MS]),
    indexLagMs: chance.is(0.5) ? chance.between(50, 3 * SECOND) : 0,
    peopleAPage: chance.is(0.5)
      ? Math.max(chance.between(1, 5), Math.ceil(time.people / PAGES_MOST))
      : 1_000,
    duplicate: some(0.3),
    late: some(0.2),
    seenAgain: some(0.2),
    poison: chance.is(0.2),
    tickTwice: some(0.5),
    tickLate: some(0.5),
    tickMissing: some(0.05),
    throttled: some(0.3),
    partlyThrottled: some(0.3),
    lostAfter: some(0.1),
    lostBefore: some(0.1),
    slowCall: some(0.1),
    blocks: blocksOf(chance, time),
    ratePerSecond: chance.is(0.3) ? chance.between(1, 20) : Infinity,
    quotaPerDay: chance.is(0.15) ? Math.max(5, Math.round(time.people * 1.5)) : 1_000_000,
    tells,
    events: tells === 'unknown' && chance.is(0.6),
    eventLost: some(0.3),
    eventTwice: some(0.4),
    eventLate: some(0.2),
  };
  return calm ? { ...NO_FAULTS, tells, events: faults.events } : faults;
}

const BLOCK_REASONS = ['sending-paused', 'account-suspended', 'domain-not-verified'];

function blocksOf(
  chance: Chance,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Faults['blocks'] {
  const blocks = chance.is(0.3) ? chance.between(1, 3) : 0;
  return Array.from({ length: blocks }, () => {
    const start = from + chance.below(until - from);
    const length = chance.pick([5 * MINUTE, 5 * MINUTE, HOUR, HOUR, 8 * HOUR, 2 * DAY]);
    return {
      from: start,
      until: Math.min(until, start + Math.round(length * (0.5 + chance.next()))),
      reason: chance.pick(BLOCK_REASONS),
    };
  });
}

/** The same run without some kinds of faults. */
export function without(faults: Faults, kinds: readonly FaultKind[]): Faults {
  const left = { ...faults };
  const clear = (...names: (keyof Faults)[]) => {
    for (const name of names) Object.assign(left, { [name]: NO_FAULTS[name] });
  };
  for (const kind of kinds)
    switch (kind) {
      case 'processes':
        clear('crash');
        break;
      case 'table':
        clear('refused', 'lostAnswer', 'indexLagMs', 'peopleAPage');
        break;
      case 'time':
        clear('slow', 'stall', 'skewMs', 'slowCall');
        break;
      case 'queue':
        clear('duplicate', 'late', 'seenAgain', 'poison');
        break;
      case 'ticks':
        clear('tickTwice', 'tickLate', 'tickMissing');
        break;
      case 'provider':
        clear('throttled', 'partlyThrottled', 'lostAfter', 'lostBefore', 'blocks');
        clear('ratePerSecond', 'quotaPerDay', 'eventLost', 'eventTwice', 'eventLate');
        break;
    }
  return left;
}
