import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Ports, Write } from '../../functions/base/ports.ts';
import { randomId } from '../../functions/base/id.ts';
import { fingerprintOf } from '../../functions/base/seal.ts';
import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { readCampaign } from '../../functions/campaigns/store.ts';
import { standingOf } from '../../functions/campaigns/view.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { Brand } from '../../functions/people/brand.ts';
import { Facts, Frequency, newReader, type Profile } from '../../functions/people/person.ts';
import { profileWrite, readerWrite, topicWrite } from '../../functions/people/store.ts';
import { Topic } from '../../functions/people/topic.ts';
import { withFrequency, withSubscription } from '../../functions/policy/change.ts';
import { buildTown } from '../local/town.ts';

export type Figure = { readonly name: string; readonly value: number; readonly unit: string };
export type Mix = 'immediate' | 'mixed';

/** A Thursday morning in Paris. */
const BORN_AT = Date.parse('2026-01-08T08:00:00Z');
const TOPIC = 'news';
const brand = Brand.parse({});

/** A campaign on the laptop, from its hour to the last mail accepted, on a real data folder. */
export async function laptopCampaign(plan: { people: number; mix: Mix }): Promise<Figure[]> {
  const data = mkdtempSync(path.join(tmpdir(), 'moderato-bench-'));
  const town = await buildTown({
    data,
    secrets: {
      links: { current: 'a', keys: { a: randomBytes(32).toString('hex') } },
      addresses: randomBytes(32).toString('hex'),
    },
    publicUrl: 'http://localhost:3000',
    clock: { kind: 'held', startsAt: BORN_AT },
    workers,
    tick,
  });
  try {
    await addReaders(town.ports, plan);
    const { campaign } = await createCampaign(town.ports, letter());
    await scheduleCampaign(town.ports, campaign.campaignId, {
      at: '2026-01-08T10:00',
      timeZone: 'Europe/Paris',
    });
    const began = performance.now();
    const cpu = process.cpuUsage();
    await town.passTime({ to: BORN_AT + 61 * 60_000 });
    const seconds = (performance.now() - began) / 1_000;
    const used = process.cpuUsage(cpu);
    const held = await readCampaign(town.ports, campaign.campaignId);
    const { state, figures } = await standingOf(town.ports, held.campaign);
    const addressed = new Set<string>();
    let mails = 0;
    for (const mail of town.mailbox.letters()) {
      mails += 1;
      addressed.add(mail.to);
    }
    const done = figures.accepted + figures.digest;
    const name = (what: string) => `${plan.mix}: ${what}`;
    return [
      { name: name('candidates'), value: figures.candidates, unit: '' },
      { name: name('accepted'), value: figures.accepted, unit: 'mails' },
      { name: name('waiting for their letter'), value: figures.digest, unit: 'readers' },
      { name: name('twice'), value: mails - addressed.size, unit: 'mails' },
      {
        name: name('lost'),
        value: figures.accepted - mails + figures.uncertain + figures.open,
        unit: 'mails',
      },
      { name: name(`from start to last (${state})`), value: round(seconds), unit: 's' },
      { name: name('mails a second'), value: Math.round(figures.accepted / seconds), unit: '/s' },
      { name: name('decided a second'), value: Math.round(done / seconds), unit: '/s' },
      {
        name: name('CPU a decision'),
        value: Math.round((used.user + used.system) / done),
        unit: 'µs',
      },
      { name: name('memory'), value: Math.round(process.memoryUsage().rss / 2 ** 20), unit: 'MB' },
    ];
  } finally {
    await town.close();
    rmSync(data, { recursive: true, force: true });
  }
}

async function addReaders(
  ports: Ports,
  { people, mix }: { people: number; mix: Mix },
): Promise<void> {
  const topic = Topic.parse({ id: TOPIC, name: { en: 'News' }, createdAt: BORN_AT });
  await ports.table.writeEach([topicWrite(topic, 0)]);
  const portion = 2_000;
  for (let from = 0; from < people; from += portion) {
    const writes: Write[] = [];
    for (let index = from; index < Math.min(people, from + portion); index += 1)
      writes.push(...readerWrites(ports, index, mix));
    await ports.table.writeEach(writes);
  }
}

function readerWrites(ports: Ports, index: number, mix: Mix): Write[] {
  const personId = randomId(ports);
  const email = `reader${index}@example.org`;
  const joined = withSubscription(newReader(personId, brand, BORN_AT - 1), TOPIC, {
    state: 'given',
    at: BORN_AT - 1,
  });
  const pace = mix === 'mixed' ? Frequency.options[index % 4]! : 'immediate';
  const profile: Profile = {
    format: 1,
    personId,
    email,
    fingerprint: fingerprintOf(ports, email),
    externalId: null,
    givenName: `Ada ${index}`,
    familyName: 'O’Brien & Müller',
    salutation: { form: 'full-name' },
    fields: Object.fromEntries(FIELDS.map((field) => [field, `${field} of ${index}`])),
    facts: Facts.parse({}),
    purchases: [],
    createdAt: BORN_AT - 1,
    source: 'bench',
    lastActAt: BORN_AT - 1,
  };
  return [readerWrite(withFrequency(joined, pace, brand, BORN_AT), 0), profileWrite(profile, 0)];
}

const FIELDS = Array.from({ length: 17 }, (_, index) => `value${index}`);

/** 60 KB of letter with twenty personal values. */
function letter(): CampaignInput {
  const filling =
    'A calm sentence that everybody reads in the same words, as most of a letter is. ';
  const paragraphs = FIELDS.map(
    (field) => `**{{ person.fields.${field} }}** ${filling.repeat(42)}`,
  );
  return CampaignInput.parse({
    name: 'Bench',
    topic: TOPIC,
    subject: 'For {{ person.givenName }}',
    content: {
      format: 'markdown',
      source: ['{{ person.greeting }},', ...paragraphs, '{{ person.familyName }}'].join('\n\n'),
    },
  });
}

const round = (value: number) => Math.round(value * 100) / 100;
