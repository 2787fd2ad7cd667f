import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { crash } from '../../infra/bench/crash.ts';

const PEOPLE = 1_200;
const KILLS = 10;

/** A hundred times, with more readers: `npm run bench -- --part crash`. */
test(
  'kill -9 in mid-campaign, again and again: nobody gets a mail twice, and nobody is missed',
  { timeout: 120_000 },
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'crash-'));
    onTestFinished(() => rm(data, { recursive: true }));
    const after = await crash({ data, people: PEOPLE, kills: KILLS, withinMs: 350 });
    expect(after.killed).toBeGreaterThan(KILLS / 3);
    expect([...after.got].filter(([, mails]) => mails > 1)).toEqual([]);
    expect(after.state).toBe('sent');
    // One in four reads as published; weekly and monthly readers had it in their letter; one in four waits for March.
    expect(after.figures).toMatchObject({
      candidates: PEOPLE,
      accepted: PEOPLE / 4,
      digest: (3 * PEOPLE) / 4,
      deliveredInDigests: PEOPLE / 2,
      open: 0,
      uncertain: 0,
      refused: 0,
      dropped: 0,
    });
    expect(after.got.size).toBe((3 * PEOPLE) / 4);
  },
);
