import { timedId } from '../../functions/base/id.ts';
import type { Ports } from '../../functions/base/ports.ts';
import { CampaignInput, type Campaign } from '../../functions/campaigns/campaign.ts';
import {
  pauseCampaign,
  resendDoubtful,
  resumeCampaign,
  stopCampaign,
  withdrawCampaign,
} from '../../functions/campaigns/control.ts';
import { correctCampaign, CorrectionInput } from '../../functions/campaigns/correct.ts';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import {
  campaignsNewestFirst,
  campaignWrite,
  contentWrite,
  readCampaign,
} from '../../functions/campaigns/store.ts';
import { scheduleOf, type Sheet } from './scenario.ts';
import { repeat } from './series.ts';

/** What the marketers of the house do. */

/** A draft as it is kept. That its letter compiles is found when it starts. */
export async function write(ports: Ports, sheet: Sheet): Promise<string> {
  const each = (text: string) =>
    Object.fromEntries(sheet.languages.map((language) => [language, `${text} (${language})`]));
  const input = CampaignInput.parse({
    name: sheet.name,
    topic: sheet.topic,
    subject: each(sheet.name),
    summary: each('What is new.'),
    content: {
      format: 'markdown',
      source: each('{{ person.greeting }}, here is what is new.'),
    },
    audience: sheet.audience,
    stopIf: sheet.stopIf,
    public: sheet.public,
    expiresAt: sheet.expiresAt === undefined ? undefined : new Date(sheet.expiresAt).toISOString(),
    whole: sheet.whole,
  });
  const now = ports.now();
  const campaign: Campaign = {
    format: 1,
    campaignId: timedId(ports),
    name: input.name,
    topic: input.topic,
    state: 'draft',
    schedule: null,
    mailingId: null,
    number: null,
    corrects: null,
    createdAt: now,
    changedAt: now,
  };
  await ports.table.writeAll([
    campaignWrite(campaign, 0),
    contentWrite(campaign.campaignId, input, 0),
  ]);
  return campaign.campaignId;
}

/** Asked again after an answer was lost, it is scheduled already. */
export async function schedule(ports: Ports, campaignId: string, sheet: Sheet): Promise<void> {
  const { campaign } = await readCampaign(ports, campaignId);
  if (campaign.state !== 'draft') return;
  if (sheet.repeats) await repeat(ports, campaignId, sheet, sheet.repeats);
  else await scheduleCampaign(ports, campaignId, scheduleOf(sheet));
}

/** Asked again after an answer was lost, a marketer looks first whether it is put right already. */
async function putRight(ports: Ports, campaignId: string): Promise<void> {
  for await (const { it } of campaignsNewestFirst(ports)) if (it.corrects === campaignId) return;
  const { input } = await readCampaign(ports, campaignId);
  const each = (text: string) =>
    Object.fromEntries(
      Object.keys(input.subject).map((language) => [language, `${text} (${language})`]),
    );
  const subject = each(`${input.name}, put right`);
  const content = { format: 'markdown', source: each('{{ person.greeting }}, this is right.') };
  await correctCampaign(ports, campaignId, CorrectionInput.parse({ subject, content }));
}

export const CONTROLS = {
  pause: pauseCampaign,
  resume: resumeCampaign,
  stop: stopCampaign,
  withdraw: withdrawCampaign,
  resend: resendDoubtful,
  correct: putRight,
} satisfies Record<string, (ports: Ports, campaignId: string) => Promise<void>>;
