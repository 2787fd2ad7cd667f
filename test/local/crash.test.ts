import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { readCampaign } from '../../functions/campaigns/store.ts';
import { standingOf } from '../../functions/campaigns/view.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { addReaders } from '../../infra/bench/readers.ts';
import { buildTown } from '../../infra/local/town.ts';

const RUNNER = fileURLToPath(new URL('campaign-runner.ts', import.meta.url));
const THURSDAY = Date.parse('2026-01-08T08:00:00Z');
const AFTER_MONTHLY_LETTERS = Date.parse('2026-02-03T12:00:00Z');
const PEOPLE = 1_500;
const KILLS = 12;

const open = (data: string) =>
  buildTown({
    data,
    secrets: {
      links: { current: 'a', keys: { a: 'only-for-this-test-and-long-enough' } },
      addresses: 'only-for-this-test-and-long-enough',
    },
    publicUrl: 'http://localhost:3000',
    clock: { kind: 'held', startsAt: THURSDAY },
    workers,
    tick,
  });

test(
  'kill -9 in mid-campaign, again and again: nobody gets a mail twice, and nobody is missed',
  { timeout: 120_000 },
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'crash-'));
    onTestFinished(() => rm(data, { recursive: true }));
    const campaignId = await prepare(data);
    let killed = 0;
    for (let run = 0; run < KILLS; run += 1)
      if (await runAndKill(data, 20 + chance(350))) killed += 1;
    expect(killed).toBeGreaterThan(KILLS / 3);
    expect(await runAndKill(data, Infinity)).toBe(false);

    const town = await open(data);
    onTestFinished(() => town.close());
    const { campaign } = await readCampaign(town.ports, campaignId);
    const { state, figures } = await standingOf(town.ports, campaign);
    const got = new Map<string, number>();
    for (const { to } of town.mailbox.letters()) got.set(to, (got.get(to) ?? 0) + 1);
    expect([...got].filter(([, mails]) => mails > 1)).toEqual([]);
    expect(state).toBe('sent');
    // One in four reads as published; weekly and monthly readers had it in their letter; one in four waits for March.
    expect(figures).toMatchObject({
      candidates: PEOPLE,
      accepted: PEOPLE / 4,
      digest: (3 * PEOPLE) / 4,
      deliveredInDigests: PEOPLE / 2,
      open: 0,
      uncertain: 0,
      refused: 0,
      dropped: 0,
    });
    expect(got.size).toBe((3 * PEOPLE) / 4);
  },
);

async function prepare(data: string): Promise<string> {
  const town = await open(data);
  await addReaders(town.ports, { people: PEOPLE, mix: 'mixed', topic: 'news', at: THURSDAY });
  const input = CampaignInput.parse({
    name: 'Crash',
    topic: 'news',
    subject: 'For {{ person.givenName }}',
    content: { format: 'markdown', source: '{{ person.greeting }},\n\nAll is well.' },
  });
  const { campaign } = await createCampaign(town.ports, input);
  await scheduleCampaign(town.ports, campaign.campaignId, {
    at: '2026-01-08T10:00',
    timeZone: 'Europe/Paris',
  });
  await town.close();
  return campaign.campaignId;
}

/** Lets the days pass in a process of its own, and kills it so long after it opened the folder; false when it was done before. */
async function runAndKill(data: string, afterMs: number): Promise<boolean> {
  const runner = spawn('node', [RUNNER, data, String(AFTER_MONTHLY_LETTERS)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<NodeJS.Signals | null>((done) =>
    runner.on('exit', (_code, signal) => done(signal)),
  );
  let finished = false;
  for await (const line of createInterface({ input: runner.stdout })) {
    if (line === 'open' && afterMs < Infinity) setTimeout(() => runner.kill('SIGKILL'), afterMs);
    if (line === 'done') finished = true;
  }
  await ended;
  return !finished;
}

const chance = (below: number) => randomBytes(2).readUInt16BE() % below;
