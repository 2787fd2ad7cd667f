import { timedId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { readBrand, readTopic } from '../people/store.ts';
import type { Campaign, CampaignInput, Hand } from './campaign.ts';
import { compileCampaign } from './compile.ts';
import { spelled } from './conditions.ts';
import { campaignWrite, contentWrite, readCampaign, type Held } from './store.ts';
import { withVersion } from './versions.ts';

/** A new draft. Its letter compiles in each of its languages, or nothing is kept. */
export async function createCampaign(ports: Ports, input: CampaignInput, by?: Hand): Promise<Held> {
  await check(ports, input);
  const now = ports.now();
  const campaign: Campaign = {
    format: 1,
    campaignId: timedId(ports),
    name: input.name,
    topic: input.topic,
    audience: input.audience,
    state: 'draft',
    schedule: null,
    mailingId: null,
    number: null,
    corrects: null,
    changedBy: by,
    createdAt: now,
    changedAt: now,
  };
  const outcome = await ports.table.writeAll([
    campaignWrite(campaign, 0),
    contentWrite(campaign.campaignId, input, 0),
  ]);
  if (outcome === 'conflict') throw new Problem('too-many-hands');
  return { campaign, input, version: 1, contentVersion: 1 };
}

/** Changes a draft as it was read; somebody else's change in between is not lost but told. */
export async function changeCampaign(
  ports: Ports,
  campaignId: string,
  version: number,
  change: (input: CampaignInput) => CampaignInput,
  { by, isPiece = false }: { readonly by?: Hand; readonly isPiece?: boolean } = {},
): Promise<Held> {
  const held = await readCampaign(ports, campaignId);
  if (held.version !== version) throw new Problem('changed-meanwhile');
  if (held.campaign.state !== 'draft')
    throw new Problem('state-does-not-allow', {
      detail: `The campaign is ${held.campaign.state}; only a draft can be changed.`,
    });
  const input = change(held.input);
  await check(ports, input);
  const before = withVersion(held, by, ports.now(), isPiece);
  const campaign: Campaign = {
    ...before.campaign,
    changedBy: by,
    name: input.name,
    topic: input.topic,
    audience: input.audience,
    // What was asked for was this letter as it stood.
    asked: undefined,
    changedAt: ports.now(),
  };
  const outcome = await ports.table.writeAll([
    campaignWrite(campaign, held.version),
    contentWrite(campaignId, input, held.contentVersion),
    ...before.writes,
  ]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
  return { campaign, input, version: version + 1, contentVersion: held.contentVersion + 1 };
}

/** The same letter as a new draft. */
export async function duplicateCampaign(
  ports: Ports,
  campaignId: string,
  by?: Hand,
): Promise<Held> {
  const { input } = await readCampaign(ports, campaignId);
  return createCampaign(ports, input, by);
}

async function check(ports: Ports, input: CampaignInput): Promise<void> {
  const topic = await readTopic(ports, input.topic);
  if (!topic)
    throw new Problem('topic-unknown', {
      errors: [{ path: 'topic', detail: `there is no topic "${input.topic}"` }],
    });
  if (input.expiresAt !== undefined && Date.parse(input.expiresAt) <= ports.now())
    throw new Problem('moment-passed', {
      errors: [{ path: 'expiresAt', detail: 'it would have expired already' }],
    });
  await spelled(ports, input);
  await compileCampaign(input, await readBrand(ports));
}
