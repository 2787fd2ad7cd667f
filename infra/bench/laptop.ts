import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { readCampaign } from '../../functions/campaigns/store.ts';
import { standingOf } from '../../functions/campaigns/view.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { benchTown } from './bench-town.ts';
import { addReaders, FIELDS, type Mix } from './readers.ts';

export type Figure = { readonly name: string; readonly value: number; readonly unit: string };

/** A Thursday morning in Paris. */
const BORN_AT = Date.parse('2026-01-08T08:00:00Z');
const TOPIC = 'news';

/** A campaign on the laptop, from its hour to the last mail accepted, on a real data folder. */
export async function laptopCampaign(plan: { people: number; mix: Mix }): Promise<Figure[]> {
  const { town, forget } = await benchTown(BORN_AT);
  try {
    await addReaders(town.ports, { ...plan, topic: TOPIC, at: BORN_AT });
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
    await forget();
  }
}

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
