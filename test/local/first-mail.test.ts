import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { HOUR } from '../../functions/base/time.ts';
import { workers } from '../../functions/entry/workers.ts';
import { letter } from '../../infra/bench/bench-letter.ts';
import { bornTown, BORN_AT } from '../../infra/bench/bench-town.ts';
import { addReaders, TOPIC } from '../../infra/bench/readers.ts';
import { watched } from '../../infra/bench/watched.ts';

const PEOPLE = 2_500;

test('the first mail leaves while the others are still being planned', async () => {
  const data = await mkdtemp(join(tmpdir(), 'first-mail-'));
  onTestFinished(() => rm(data, { recursive: true }));
  const { workers: hands, seen } = watched(workers);
  const town = await bornTown(data, hands);
  onTestFinished(() => town.close());
  await addReaders(town.ports, { people: PEOPLE, mix: 'immediate', topic: TOPIC, at: BORN_AT });
  const { campaign } = await createCampaign(town.ports, letter(false));
  const at = '2026-01-08T10:00';
  await scheduleCampaign(town.ports, campaign.campaignId, { at, timeZone: 'Europe/Paris' });
  await town.passTime({ to: BORN_AT + 2 * HOUR });
  expect(seen.mails).toBe(PEOPLE);
  expect(seen.firstMailAt).toBeLessThan(seen.plannedAt!);
});
