import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../functions/base/time.ts';
import { agendaTown, done, MONDAY, plan } from './agenda-town.ts';

test('time passes through every due moment in order, and no further than it was told', async () => {
  const town = await agendaTown();
  for (const hours of [30, 5, 17])
    await plan(town.ports, MONDAY + hours * HOUR, { name: `at-${hours}` });
  expect(await town.passTime(DAY)).toEqual({ now: MONDAY + DAY, ran: 2 });
  expect(await done(town.ports)).toEqual(['at-5 after 5 h', 'at-17 after 17 h']);
  await town.passTime({ to: MONDAY + 30 * HOUR });
  expect(await done(town.ports)).toContain('at-30 after 30 h');
  await town.close();
});

test('what a moment sets down for later happens at its own moment, weeks on', async () => {
  const town = await agendaTown();
  await plan(town.ports, MONDAY, { name: 'weekly', every: 7 * DAY });
  await town.passTime(28 * DAY);
  const hours = [0, 1, 2, 3, 4].map((week) => `weekly after ${week * 7 * 24} h`);
  expect(await done(town.ports)).toEqual(hours);
  await town.close();
});

test('each moment is over before the next: what it posts is worked off, delays included', async () => {
  const seen: string[] = [];
  const town = await agendaTown({
    doing: async ({ name }, { queue, now }) => {
      seen.push(`${name} ${(now() - MONDAY) / MINUTE}`);
      if (name !== 'first') return;
      await plan(town.ports, now() + 20 * MINUTE, { name: 'later' });
      await plan(town.ports, now() + 40 * MINUTE, { name: 'delayed' });
      await queue.post('work', [{ body: 'delayed', delaySeconds: 600 }]);
    },
  });
  await plan(town.ports, MONDAY + HOUR, { name: 'first' });
  await plan(town.ports, MONDAY + HOUR + 1, { name: 'second' });
  await town.passTime(DAY);
  expect(seen).toEqual(['first 60', `second ${60 + 1 / MINUTE}`, 'delayed 70', 'later 80']);
  await town.close();
});

test('what fails is tried again when its time out of sight has passed', async () => {
  let tries = 0;
  const town = await agendaTown({
    doing: async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
    },
  });
  await plan(town.ports, MONDAY + HOUR, { name: 'stubborn' });
  await town.passTime(DAY);
  expect(await done(town.ports)).toHaveLength(1);
  await town.close();
});

test('a row that stays due for ever does not stop the clock, nor what else is due', async () => {
  const town = await agendaTown();
  await plan(town.ports, MONDAY + HOUR, { name: 'stuck', stuckUntil: MONDAY + 365 * DAY });
  await plan(town.ports, MONDAY + 2 * HOUR, { name: 'two' });
  await plan(town.ports, MONDAY + 20 * DAY, { name: 'twenty' });
  const { now, ran } = await town.passTime(30 * DAY);
  expect(now).toBe(MONDAY + 30 * DAY);
  expect(ran).toBeLessThan(1_000);
  expect(await done(town.ports)).toEqual(['two after 2 h', 'twenty after 480 h']);
  await town.close();
});

test('a row that could not be done when it was due is done soon after it can be', async () => {
  const town = await agendaTown();
  const stuckUntil = MONDAY + 5 * HOUR;
  await plan(town.ports, MONDAY + HOUR, { name: 'stuck', stuckUntil });
  await town.passTime(DAY);
  const [line = ''] = await done(town.ports);
  const hours = Number(/after (.+) h/.exec(line)?.[1]);
  expect(hours).toBeGreaterThanOrEqual(5);
  expect(hours).toBeLessThanOrEqual(6);
  await town.close();
});

test('what is due now is done without moving the clock', async () => {
  const town = await agendaTown();
  await plan(town.ports, MONDAY - HOUR, { name: 'late' });
  await town.drain();
  expect(await done(town.ports)).toEqual(['late after 0 h']);
  expect(town.clock.now()).toBe(MONDAY);
  await town.close();
});

test('those who move the clock at once wait for each other', async () => {
  const town = await agendaTown();
  const passed = await Promise.all([
    town.passTime(DAY),
    town.passTime(DAY),
    town.passTime({ to: MONDAY }),
  ]);
  expect(passed.map(({ now }) => (now - MONDAY) / DAY)).toEqual([1, 2, 2]);
  await town.close();
});

test('stopped on the way, the clock goes on to where it was sent at the next start', async () => {
  const data = await mkdtemp(join(tmpdir(), 'town-'));
  onTestFinished(() => rm(data, { recursive: true }));
  const before = await agendaTown({
    data,
    doing: async ({ name }) => void (name === 'middle' && closing.resolve()),
  });
  const closing = Promise.withResolvers<void>();
  for (const [name, days] of [
    ['first', 1],
    ['middle', 2],
    ['last', 3],
  ] as const)
    await plan(before.ports, MONDAY + days * DAY, { name });
  const passing = before.passTime(5 * DAY);
  await closing.promise;
  await before.close();
  expect((await passing).now).toBeLessThan(MONDAY + 3 * DAY);

  const after = await agendaTown({ data });
  expect(after.movesUntil()).toBe(MONDAY + 5 * DAY);
  await after.live();
  expect(after.clock.now()).toBe(MONDAY + 5 * DAY);
  expect(after.movesUntil()).toBeUndefined();
  const names = (await done(after.ports)).map((line) => line.split(' ')[0]);
  expect(names).toEqual(['first', 'middle', 'last']);
  await after.close();
});

test('a clock that runs by itself runs on from where it was moved to', async () => {
  const town = await agendaTown({ clock: { kind: 'real' } });
  const start = town.clock.now();
  await plan(town.ports, start + 3 * DAY, { name: 'due' });
  await town.passTime(7 * DAY);
  expect(await done(town.ports)).toHaveLength(1);
  expect(town.clock.now()).toBeGreaterThanOrEqual(start + 7 * DAY);
  expect(town.clock.now()).toBeLessThan(start + 7 * DAY + HOUR);
  await town.close();
});
