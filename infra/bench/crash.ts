import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { readCampaign } from '../../functions/campaigns/store.ts';
import { standingOf } from '../../functions/campaigns/view.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { bornTown, BORN_AT } from './bench-town.ts';
import { letter } from './bench-letter.ts';
import { addReaders, TOPIC } from './readers.ts';

const RUNNER = fileURLToPath(new URL('crash-runner.ts', import.meta.url));
const AFTER_MONTHLY_LETTERS = Date.parse('2026-02-03T12:00:00Z');

/** What is left after a process was killed so often: of one in four at once, weekly, monthly and quarterly each. */
export type AfterCrashes = {
  readonly killed: number;
  readonly state: string;
  readonly figures: Awaited<ReturnType<typeof standingOf>>['figures'];
  /** Mails to each address. */
  readonly got: ReadonlyMap<string, number>;
};

/**
 * Lets a campaign and four weeks of letters happen in a process of its own that is killed (-9) again
 * and again, at any moment; then looks at the books and at the mailbox.
 */
export async function crash(plan: {
  readonly data: string;
  readonly people: number;
  readonly kills: number;
  readonly withinMs: number;
}): Promise<AfterCrashes> {
  const { data, people, kills, withinMs } = plan;
  const campaignId = await prepare(data, people);
  let killed = 0;
  for (let run = 0; run < kills; run += 1)
    if (await runAndKill(data, 20 + randomInt(withinMs))) killed += 1;
  if (await runAndKill(data, Infinity)) throw new Error('the last run did not come to its end');
  const town = await bornTown(data);
  try {
    const { campaign } = await readCampaign(town.ports, campaignId);
    const { state, figures } = await standingOf(town.ports, campaign);
    const got = new Map<string, number>();
    for (const { to } of town.mailbox.letters()) got.set(to, (got.get(to) ?? 0) + 1);
    return { killed, state, figures, got };
  } finally {
    await town.close();
  }
}

async function prepare(data: string, people: number): Promise<string> {
  const town = await bornTown(data);
  await addReaders(town.ports, { people, mix: 'mixed', topic: TOPIC, at: BORN_AT });
  const { campaign } = await createCampaign(town.ports, letter(false));
  await scheduleCampaign(town.ports, campaign.campaignId, {
    at: '2026-01-08T10:00',
    timeZone: 'Europe/Paris',
  });
  await town.close();
  return campaign.campaignId;
}

/** Lets the days pass in a process of its own, and kills it so long after it opened the folder; false when it was done before. */
async function runAndKill(data: string, afterMs: number): Promise<boolean> {
  const runner = spawn(process.execPath, [RUNNER, data, String(AFTER_MONTHLY_LETTERS)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((done) => runner.on('exit', () => done()));
  let finished = false;
  for await (const line of createInterface({ input: runner.stdout })) {
    if (line === 'open' && afterMs < Infinity) setTimeout(() => runner.kill('SIGKILL'), afterMs);
    if (line === 'done') finished = true;
  }
  await ended;
  return !finished;
}
