import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SesMailer, sendingClient } from '../../functions/aws/ses-mailer.ts';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { readCampaign } from '../../functions/campaigns/store.ts';
import { standingOf } from '../../functions/campaigns/view.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { DAY, HOUR, SECOND, wallTimeIn } from '../../functions/base/time.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { buildTown } from '../local/town.ts';
import { awsAt, countsOf, startStub } from './adapters.ts';
import { letter } from './bench-letter.ts';
import { figure, type Figure } from './figure.ts';
import { addReaders, TOPIC } from './readers.ts';
import { watched } from './watched.ts';

const RATE = 500;
const PEOPLE = 8_000;

/** A campaign in real time through the adapter for SES, to a provider that allows so many mails a second. */
export async function rate(): Promise<Figure[]> {
  const stub = await startStub(RATE);
  const data = mkdtempSync(path.join(tmpdir(), 'moderato-bench-'));
  const { workers: hands, seen } = watched(workers);
  const mailer = Object.assign(
    new SesMailer({
      client: sendingClient(awsAt(stub)),
      now: () => Date.now(),
      configurationSet: 'letters',
    }),
    { close: () => undefined },
  );
  const town = await buildTown({
    data,
    secrets: {
      links: { current: 'a', keys: { a: 'only-for-a-measure-and-long-enough' } },
      addresses: 'only-for-a-measure-and-long-enough',
    },
    publicUrl: 'http://localhost:3000',
    clock: { kind: 'real' },
    workers: hands,
    tick,
    mailer: () => mailer,
  });
  try {
    const { now } = town.ports;
    await town.passTime({ to: nextMorning(now()) });
    await addReaders(town.ports, { people: PEOPLE, mix: 'immediate', topic: TOPIC, at: now() });
    const { campaign } = await createCampaign(town.ports, letter(false));
    await scheduleCampaign(town.ports, campaign.campaignId, {
      at: inAMinute(now()),
      timeZone: 'UTC',
    });
    await town.live();
    await lastMail(seen);
    const { figures } = await standingOf(
      town.ports,
      (await readCampaign(town.ports, campaign.campaignId)).campaign,
    );
    const { mostInASecond, throttled } = await countsOf(stub);
    const seconds = ((seen.lastMailAt ?? 0) - (seen.firstMailAt ?? 0)) / SECOND;
    return [
      figure(`share of ${RATE} a second that was used`, (100 * seen.mails) / seconds / RATE, '%'),
      figure('most mails in any second', mostInASecond, ''),
      figure('throttled', throttled, 'mails'),
      figure('accepted', figures.accepted, 'mails'),
    ];
  } finally {
    await town.close();
    stub.process.kill();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Ten in the morning, when nobody sleeps; from there time passes by itself. */
const nextMorning = (now: number) => (Math.floor(now / DAY) + 1) * DAY + 9 * HOUR + 50 * SECOND;

/** The next whole minute of the wall clock, at which a campaign may begin. */
function inAMinute(now: number): string {
  const { date, minutes } = wallTimeIn('UTC', now + 60 * SECOND);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Until all mails are out, or nothing has come for a while. */
async function lastMail(seen: { readonly mails: number }): Promise<void> {
  let quiet = 0;
  for (let before = -1; seen.mails < PEOPLE && quiet < 120; before = seen.mails) {
    await new Promise((resolve) => setTimeout(resolve, SECOND));
    quiet = seen.mails === before ? quiet + 1 : 0;
  }
}
