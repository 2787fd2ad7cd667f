import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../functions/base/time.ts';
import {
  gridOf,
  LATE_AT_MOST_MS,
  newPace,
  withAccount,
  withSlots,
} from '../../functions/mail/slots.ts';
import { leaseSlots } from '../../functions/mail/pace.ts';
import { Fleet, STARTS_AT } from './fleet.ts';

/** A campaign at full steam for a minute, after a few seconds to get going. */
async function saturated(fleet: Fleet, workers: number, seconds = 60) {
  const until = STARTS_AT + seconds * SECOND;
  for (let worker = 0; worker < workers; worker += 1) fleet.addSender(until);
  await fleet.run();
  const from = STARTS_AT + 5 * SECOND;
  const to = until - SECOND;
  return (fleet.cameBetween(from, to) / (to - from)) * SECOND;
}

describe('the rate the provider allows', () => {
  it('is used to 97 in a hundred by twenty workers at 500 a second, and never is a second 501', async () => {
    const fleet = new Fleet();
    const used = await saturated(fleet, 20);
    expect(used / 500).toBeGreaterThanOrEqual(0.97);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(500);
  });

  it.each([
    [1, 3],
    [5, 4],
    [14, 4],
    [33, 10],
    [97, 10],
    [200, 20],
    [1_250, 40],
    [4_000, 120],
  ])('%i a second is used and never exceeded by %i workers', async (ratePerSecond, workers) => {
    const fleet = new Fleet();
    fleet.account = { ...fleet.account, ratePerSecond };
    const used = await saturated(fleet, workers, 40);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(ratePerSecond);
    expect(used / ratePerSecond).toBeGreaterThanOrEqual(0.93);
  });

  it('is not exceeded by workers who are too slow for their slots: they ask for others', async () => {
    const fleet = new Fleet();
    fleet.prepares = [100, 2_500];
    const used = await saturated(fleet, 60);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(500);
    expect(used).toBeGreaterThan(200);
  });

  it('is not exceeded by workers who ask again about their readers between the slot and the call', async () => {
    const fleet = new Fleet();
    fleet.asksAgain = [0, 900];
    const used = await saturated(fleet, 60);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(500);
    expect(used).toBeGreaterThan(100);
  });

  it('is not exceeded in a second in which it changes', () => {
    const lease = fc.record({
      afterMs: fc.nat(400),
      mails: fc.integer({ min: 1, max: 50 }),
      rate: fc.constantFrom(7, 20, 33, 50, 97, 100),
    });
    // Nearly a full second of one rate, then the first cell of a rate with larger cells.
    const once = [
      { afterMs: 0, mails: 48, rate: 100 },
      { afterMs: 0, mails: 45, rate: 100 },
      { afterMs: 51, mails: 1, rate: 97 },
      { afterMs: 353, mails: 8, rate: 97 },
    ];
    fc.assert(
      fc.property(fc.array(lease, { minLength: 20, maxLength: 60 }), (leases) => {
        const account = { ratePerSecond: 1, quotaPerDay: Infinity, sentLastDay: 0 };
        let pace = newPace(account, STARTS_AT);
        let now = STARTS_AT;
        const came: { at: number; mails: number }[] = [];
        for (const { afterMs, mails, rate } of leases) {
          now += afterMs;
          const asked = { lane: 'editorial' as const, mails, soonest: now, now };
          const given = withSlots(
            withAccount(pace, { ...account, ratePerSecond: rate }, now),
            asked,
          );
          pace = given.pace;
          came.push(...given.slots);
        }
        for (const { at } of came) {
          const within = came.filter(
            (one) => one.at >= at && one.at <= at + SECOND + LATE_AT_MOST_MS,
          );
          expect(within.reduce((sum, { mails }) => sum + mails, 0)).toBeLessThanOrEqual(100);
        }
      }),
      { examples: [[once]], numRuns: 300 },
    );
  });

  it('is cut into cells of which no second, late calls included, holds too many', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 20_000, noNaN: true }), (rate) => {
        const { perCell, cellMs } = gridOf(rate);
        const begins = Math.floor((SECOND + LATE_AT_MOST_MS) / cellMs) + 1;
        expect(begins * perCell).toBeLessThanOrEqual(Math.max(1, rate));
        expect((perCell * SECOND) / cellMs).toBeGreaterThanOrEqual(rate * (rate < 2 ? 0.48 : 0.6));
      }),
    );
  });

  it('is read again each minute: a higher one is used, a lower one obeyed', async () => {
    const fleet = new Fleet();
    fleet.account = { ...fleet.account, ratePerSecond: 50 };
    const changesAt = STARTS_AT + 30 * SECOND;
    fleet.engine.at(changesAt, () => {
      fleet.account = { ...fleet.account, ratePerSecond: 500 };
    });
    await saturated(fleet, 20, 150);
    const before = fleet.cameBetween(changesAt, changesAt + 20 * SECOND) / 20;
    const after = fleet.cameBetween(STARTS_AT + 100 * SECOND, STARTS_AT + 140 * SECOND) / 40;
    expect(before).toBeLessThanOrEqual(50);
    expect(after).toBeGreaterThan(480);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(500);
  });

  it('costs nothing where there is none: no row is read for a minute', async () => {
    const fleet = new Fleet();
    fleet.account = { ...fleet.account, ratePerSecond: Infinity };
    const ports = fleet.portsOf(fleet.engine.spawn('editorial'));
    const asked = async () => {
      for (let time = 0; time < 1_000; time += 1)
        expect(await leaseSlots(ports, 'editorial', 50)).toEqual({ kind: 'free' });
    };
    void asked();
    await fleet.run();
    expect(fleet.reads).toBe(1);
  });
});

describe('a transactional mail', () => {
  it('leaves within two seconds, 99 times in a hundred, while a campaign takes all it can', async () => {
    const fleet = new Fleet();
    for (let mail = 0; mail < 1_000; mail += 1)
      fleet.addServiceMail(STARTS_AT + 3 * SECOND + mail * 50);
    await saturated(fleet, 20);
    const took = fleet.serviceTookMs.sort((one, other) => one - other);
    expect(took).toHaveLength(1_000);
    expect(took[989]).toBeLessThan(2 * SECOND);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(500);
  });

  it('waits no longer however many readers a campaign has: a million at 500 a second, for half an hour', async () => {
    const fleet = new Fleet();
    const seconds = 1_000_000 / 480;
    // One a second, and each five minutes a rush of fifty at once.
    for (let second = 5; second < seconds - 5; second += 1)
      for (let mail = 0; mail < (second % 300 === 0 ? 50 : 1); mail += 1)
        fleet.addServiceMail(STARTS_AT + second * SECOND + mail);
    await saturated(fleet, 20, seconds);
    expect(fleet.campaignCame.length).toBeGreaterThan(1_000_000 - 10_000);
    const took = [...fleet.serviceTookMs].sort((one, other) => one - other);
    expect(took[Math.floor(took.length * 0.99)]).toBeLessThan(2 * SECOND);
    // The last five minutes are as the first: what a mail waits for does not grow.
    const worst = (from: number, to: number) => Math.max(...fleet.serviceTookMs.slice(from, to));
    expect(worst(-300, took.length)).toBeLessThan(2 * worst(0, 300));
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(500);
  });

  it('goes before a campaign when there are more of them than the rate has room for', async () => {
    const fleet = new Fleet();
    fleet.account = { ...fleet.account, ratePerSecond: 20 };
    const from = STARTS_AT + 10 * SECOND;
    for (let mail = 0; mail < 400; mail += 1) fleet.addServiceMail(from + mail * 25);
    await saturated(fleet, 5, 60);
    expect(fleet.serviceTookMs).toHaveLength(400);
    const within = (times: readonly number[]) =>
      times.filter((at) => at >= from + 2 * SECOND && at < from + 18 * SECOND).length;
    expect(within(fleet.campaignCame)).toBeLessThan(16);
    expect(within(fleet.came)).toBeGreaterThan(16 * 18);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(20);
  });
});

describe('a throttle', () => {
  it('cuts the pace of every worker at once, and it comes back step by step', async () => {
    const fleet = new Fleet();
    const throttledAt = STARTS_AT + 10 * SECOND;
    let throttles = 1;
    fleet.throttles = (at) => at >= throttledAt && throttles-- > 0;
    await saturated(fleet, 20, 90);
    const perSecond = (from: number, to: number) =>
      fleet.cameBetween(throttledAt + from * SECOND, throttledAt + to * SECOND) / (to - from);
    expect(perSecond(1.5, 4.5)).toBeLessThan(320);
    expect(perSecond(15, 20)).toBeLessThan(perSecond(25, 30));
    expect(perSecond(60, 70)).toBeGreaterThan(480);
    expect(fleet.mostInASecond()).toBeLessThanOrEqual(500);
  });

  it('again and again, where the provider takes less than it says, is found out and lived with', async () => {
    const fleet = new Fleet();
    fleet.throttles = (at) => fleet.cameBetween(at - SECOND, at + 1) >= 250;
    const used = await saturated(fleet, 20, 120);
    expect(used).toBeGreaterThan(150);
  });
});

describe('the quota of a day', () => {
  it('keeps something for transactional mail when a campaign has used it up', async () => {
    const fleet = new Fleet();
    fleet.account = { ...fleet.account, quotaPerDay: 5_000, sentLastDay: 0 };
    for (let worker = 0; worker < 20; worker += 1) fleet.addSender(STARTS_AT + 30 * SECOND);
    fleet.addServiceMail(STARTS_AT + 40 * SECOND);
    await fleet.run();
    expect(fleet.came.length).toBe(5_000 - 100 + 1);
    expect(fleet.serviceTookMs).toHaveLength(1);
    expect(fleet.turnedAway.quota).toBeGreaterThan(0);
  });

  it('is asked about again an hour later', async () => {
    const fleet = new Fleet();
    fleet.account = { ...fleet.account, quotaPerDay: 1_000, sentLastDay: 1_000 };
    const ports = fleet.portsOf(fleet.engine.spawn('editorial'));
    let answer: unknown;
    void leaseSlots(ports, 'editorial', 50).then((paced) => (answer = paced));
    await fleet.run();
    expect(answer).toMatchObject({ kind: 'quota' });
    const { until } = answer as { until: number };
    expect(until - STARTS_AT).toBeGreaterThan(HOUR - MINUTE);
  });
});
