import { keys } from '../base/keys.ts';
import type { Mailer, Ports } from '../base/ports.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../base/time.ts';
import type { Versioned } from '../people/store.ts';
import {
  LATE_AT_MOST_MS,
  newPace,
  Pace,
  quotaLeft,
  withAccount,
  withCut,
  withSlots,
  type Lane,
  type Slot,
} from './slots.ts';

type PacePorts = Pick<Ports, 'table' | 'mailer' | 'now' | 'random' | 'wait'>;

/** May so many mails leave, and when? `busy`: no slot within the time one may wait; come back later. */
export type Paced =
  | { readonly kind: 'free' }
  | { readonly kind: 'slots'; readonly lane: Lane; readonly slots: readonly Slot[] }
  | { readonly kind: 'busy'; readonly forMs: number }
  | { readonly kind: 'quota'; readonly until: Instant };

export type HasSlots = Extract<Paced, { kind: 'free' | 'slots' }>;
export const FREE: HasSlots = { kind: 'free' };

/** How many may be called with these. */
export const mailsIn = (paced: HasSlots): number =>
  paced.kind === 'free' ? Infinity : paced.slots.reduce((sum, { mails }) => sum + mails, 0);

/** The provider's ways to say "more slowly"; no other reason to try again is about the pace. */
export const isThrottle = (reason: string) => reason === 'throttled' || reason === 'asked-to-wait';

const ACCOUNT_FRESH_MS = MINUTE;
/** Claims and the mark come between the lease and the call, and take about so long. */
const PREPARING_MS: Record<Lane, number> = { service: 100, editorial: 250 };
/** How long one waits in place in all, and at a time; who needs longer comes back later. */
const WAIT_MOST_MS: Record<Lane, number> = { service: 10 * SECOND, editorial: 3 * SECOND };
const WAIT_AT_ONCE_MS: Record<Lane, number> = { service: 10 * SECOND, editorial: 300 };
const ROUNDS = 100;
/** What the day has no room for is asked about again after so long: room comes back all day. */
const QUOTA_AGAIN_MS = HOUR;
const LATE_ROUNDS = 4;

/**
 * Leases slots for so many mails from the one row that all workers share, so that together they use
 * the rate and never exceed it. Where nothing limits the rate it costs nothing.
 */
export async function leaseSlots(
  ports: PacePorts,
  lane: Lane,
  mails: number,
  preparingMs: number = PREPARING_MS[lane],
): Promise<Paced> {
  const until = ports.now() + WAIT_MOST_MS[lane];
  for (let round = 1; round <= ROUNDS; round += 1) {
    if (isFree(ports)) return FREE;
    const pace = await paceNow(ports);
    if (pace === 'free') return FREE;
    const now = ports.now();
    const room = quotaLeft(pace.it, lane);
    // A transactional mail is offered all the same: how full the day is, the provider knows best.
    if (room < 1 && lane === 'editorial') return { kind: 'quota', until: now + QUOTA_AGAIN_MS };
    const wanted = lane === 'editorial' ? Math.min(mails, room) : mails;
    const asked = { lane, mails: wanted, soonest: now + preparingMs, now };
    const { slots, pace: after, opensAt } = withSlots(pace.it, asked);
    if (slots.length > 0) {
      if (await written(ports, after, pace.version)) return { kind: 'slots', lane, slots };
      if (round % 4 === 0) await ports.wait(chanceMs(ports, 20));
      continue;
    }
    const waitMs = Math.max(1, opensAt - now) + chanceMs(ports, 10);
    if (waitMs > WAIT_AT_ONCE_MS[lane] || now + waitMs > until)
      return { kind: 'busy', forMs: waitMs };
    await ports.wait(waitMs);
  }
  return { kind: 'busy', forMs: SECOND };
}

/** The provider asked for less: everybody's pace is cut at once, and recovers step by step. */
export async function slowDown(ports: PacePorts): Promise<void> {
  for (let round = 1; round <= 8; round += 1) {
    if (isFree(ports)) return;
    const pace = await paceNow(ports);
    const cut = pace === 'free' ? undefined : withCut(pace.it, ports.now());
    if (pace === 'free' || !cut || (await written(ports, cut, pace.version))) return;
  }
}

/** Somebody who is called, whoever they are. */
type Called = { readonly people: readonly unknown[] };

/** How a call is made. Making ready may take time, and so comes before the slot is looked at. */
type Way<Offer> = {
  /** The call as it is to be made now; undefined when nobody is left to call. */
  readonly ready: (offer: Offer) => Promise<Offer | undefined>;
  readonly call: (offer: Offer) => Promise<void>;
};

/**
 * Makes each call in its slots: as a whole where nothing limits the rate, else in parts, each at its
 * moment. Whoever has no slot in time is not called.
 */
export async function inTurns<Offer extends Called>(
  ports: PacePorts,
  paced: HasSlots,
  offers: readonly Offer[],
  way: Way<Offer>,
): Promise<void> {
  if (paced.kind === 'free') {
    for (const offer of offers) await readyAndCall(way, offer);
    return;
  }
  const parts = inSlots(offers, paced.slots);
  await Promise.all(parts.map((part) => inTurn(ports, paced.lane, part, way, LATE_ROUNDS)));
}

async function readyAndCall<Offer>({ ready, call }: Way<Offer>, offer: Offer): Promise<void> {
  const now = await ready(offer);
  if (now) await call(now);
}

type Part<Offer> = { readonly offer: Offer; readonly at: Instant };

/** Who comes too late for a slot has lost it, and asks for another: two slots used at once would be too fast. */
async function inTurn<Offer extends Called>(
  ports: PacePorts,
  lane: Lane,
  { offer, at }: Part<Offer>,
  way: Way<Offer>,
  rounds: number,
): Promise<void> {
  const early = at - ports.now();
  if (early > 0) await ports.wait(early);
  const now = await way.ready(offer);
  if (!now) return;
  if (ports.now() <= at + LATE_AT_MOST_MS) return way.call(now);
  if (rounds === 0) return;
  const again = await leaseSlots(ports, lane, now.people.length, 0);
  if (again.kind === 'free') return readyAndCall(way, now);
  if (again.kind !== 'slots') return;
  const parts = inSlots([now], again.slots);
  await Promise.all(parts.map((part) => inTurn(ports, lane, part, way, rounds - 1)));
}

/** The calls cut along the slots: each part holds people of one call, and no more than its slot. */
function inSlots<Offer extends Called>(
  offers: readonly Offer[],
  slots: readonly Slot[],
): Part<Offer>[] {
  const parts: Part<Offer>[] = [];
  const left = slots.map((slot) => ({ ...slot }));
  for (const offer of offers)
    for (let from = 0; from < offer.people.length;) {
      const slot = left.find(({ mails }) => mails > 0);
      if (!slot) return parts;
      const people = offer.people.slice(from, from + slot.mails);
      slot.mails -= people.length;
      from += people.length;
      parts.push({ offer: { ...offer, people }, at: slot.at });
    }
  return parts;
}

/** Where nothing limits the rate, that is remembered for a while, and no row is read. */
const freeUntil = new WeakMap<Mailer, Instant>();
const isFree = ({ mailer, now }: PacePorts) => (freeUntil.get(mailer) ?? -Infinity) > now();

/** The pace as it stands, with an account that was read within the minute by whoever came first. */
async function paceNow(ports: PacePorts): Promise<Versioned<Pace> | 'free'> {
  const row = await ports.table.get(keys.pace());
  const found = row && { it: Pace.parse(row.data), version: row.version };
  const now = ports.now();
  const age = found ? Math.abs(now - found.it.accountReadAt) : Infinity;
  if (found && age < ACCOUNT_FRESH_MS) return found;
  const account = await ports.mailer.account().catch((error: unknown) => {
    // When it cannot be asked, what it said some minutes ago will do.
    if (found && age < 10 * ACCOUNT_FRESH_MS) return undefined;
    throw error;
  });
  if (account?.ratePerSecond === Infinity) {
    freeUntil.set(ports.mailer, now + ACCOUNT_FRESH_MS);
    return 'free';
  }
  if (found && !account) return found;
  const { ratePerSecond, quotaPerDay, sentLastDay } = account!;
  const read = { ratePerSecond, quotaPerDay, sentLastDay };
  return {
    it: found ? withAccount(found.it, read, now) : newPace(read, now),
    version: found?.version ?? 0,
  };
}

async function written({ table }: PacePorts, pace: Pace, expected: number): Promise<boolean> {
  const outcome = await table.writeAll([{ kind: 'put', key: keys.pace(), data: pace, expected }]);
  return outcome === 'written';
}

const chanceMs = ({ random }: PacePorts, most: number) => (random(1)[0]! / 255) * most;
