import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { Clock, type ClockMode } from '../../infra/local/clock.ts';
import { Database } from '../../infra/local/database.ts';
import { Notes } from '../../infra/local/notes.ts';

const MONDAY = Date.UTC(2026, 0, 5, 10);

/** A folder that outlives its clocks, and a machine whose own clock we set. */
function newFolder() {
  const notes = new Notes(new Database(':memory:'));
  const machine = { at: MONDAY };
  return { machine, start: (mode: ClockMode) => new Clock(notes, mode, () => machine.at) };
}

describe('a held clock', () => {
  test('starts where it was told, moves only when it is moved, and remembers', async () => {
    const { machine, start } = newFolder();
    const clock = start({ kind: 'held', startsAt: MONDAY - DAY });
    machine.at += 5 * HOUR;
    expect(clock.now()).toBe(MONDAY - DAY);
    await clock.moveTo(MONDAY + DAY);
    await clock.release();
    expect(start({ kind: 'held', startsAt: MONDAY - DAY }).now()).toBe(MONDAY + DAY);
  });

  test('never goes back', async () => {
    const { start } = newFolder();
    const clock = start({ kind: 'held' });
    expect(clock.now()).toBe(MONDAY);
    await clock.moveTo(MONDAY - HOUR);
    expect(clock.now()).toBe(MONDAY);
  });
});

describe('a real clock', () => {
  test("is the machine's, but does not follow it back", () => {
    const { machine, start } = newFolder();
    const clock = start({ kind: 'real' });
    machine.at += HOUR;
    expect(clock.now()).toBe(MONDAY + HOUR);
    machine.at -= 3 * HOUR;
    expect(clock.now()).toBe(MONDAY + HOUR);
  });

  test('that was moved runs on from there, after the next start too', async () => {
    const { machine, start } = newFolder();
    const clock = start({ kind: 'real' });
    await clock.hold();
    await clock.moveTo(MONDAY + 7 * DAY);
    machine.at += HOUR;
    expect(clock.now()).toBe(MONDAY + 7 * DAY);
    await clock.release();
    machine.at += HOUR;
    expect(clock.now()).toBe(MONDAY + 7 * DAY + HOUR);
    expect(start({ kind: 'real' }).now()).toBe(MONDAY + 7 * DAY + HOUR);
  });

  test('in a folder whose clock was held ahead starts from there and not before it', async () => {
    const { machine, start } = newFolder();
    await start({ kind: 'held' }).moveTo(MONDAY + 30 * DAY);
    const clock = start({ kind: 'real' });
    expect(clock.now()).toBe(MONDAY + 30 * DAY);
    machine.at += HOUR;
    expect(clock.now()).toBe(MONDAY + 30 * DAY + HOUR);
  });

  test('held in a folder where time has run stands at where it had come to', async () => {
    const { machine, start } = newFolder();
    const clock = start({ kind: 'real' });
    await clock.hold();
    await clock.moveTo(MONDAY + DAY);
    await clock.release();
    machine.at += 2 * HOUR;
    const held = start({ kind: 'held' });
    machine.at += HOUR;
    expect(held.now()).toBe(MONDAY + DAY + 2 * HOUR);
  });
});
