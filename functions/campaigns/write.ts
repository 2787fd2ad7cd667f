import { timedId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { readTopic } from '../people/store.ts';
import { handled, type Campaign, type CampaignInput, type Hand } from './campaign.ts';
import { spelled } from './conditions.ts';
import { whyNotReady } from './ready.ts';
import { cannotExpire } from './repeat.ts';
import { seriesChangedWrites } from './series-acts.ts';
import { campaignWrite, contentWrite, readCampaign, type Held } from './store.ts';
import { withVersion } from './versions.ts';

/** Whether a letter that cannot be sent as it stands is kept all the same, for its author to go on. */
export type Unready = 'refuse' | 'keep';
/** `topic`: what it was about before. A letter that was begun may still be sent once its topic is retired. */
type Manner = { readonly by?: Hand; readonly unready?: Unready; readonly topic?: string };

/** A new draft. */
export async function createCampaign(
  ports: Ports,
  input: CampaignInput,
  { by, unready = 'refuse', topic }: Manner = {},
): Promise<Held> {
  const isReady = await check(ports, input, { unready, topic });
  const now = ports.now();
  const campaign: Campaign = {
    format: 1,
    campaignId: timedId(ports),
    name: input.name,
    topic: input.topic,
    audience: input.audience,
    state: 'draft',
    unready: isReady ? undefined : true,
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
  {
    by,
    unready = 'refuse',
    isPiece = false,
  }: Omit<Manner, 'topic'> & { readonly isPiece?: boolean } = {},
): Promise<Held> {
  const held = await readCampaign(ports, campaignId);
  if (held.version !== version) throw new Problem('changed-meanwhile');
  const { state } = held.campaign;
  const isModel = state === 'recurring';
  if (state !== 'draft' && !isModel && state !== 'ended')
    throw new Problem('state-does-not-allow', {
      detail: `The campaign is ${state}; only a draft can be changed.`,
    });
  const input = change(held.input);
  // What leaves by itself can never be half a letter.
  const isReady = await check(ports, input, {
    unready: isModel ? 'refuse' : unready,
    topic: held.input.topic,
  });
  if (isModel && input.expiresAt !== undefined) throw cannotExpire();
  const before = withVersion(held, by, ports.now(), isPiece);
  const campaign: Campaign = {
    ...handled(before.campaign),
    changedBy: by,
    unready: isReady ? undefined : true,
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
    ...(isModel ? await seriesChangedWrites(ports, campaignId) : []),
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
  return createCampaign(ports, input, { ...(by && { by }), unready: 'keep', topic: input.topic });
}

async function check(
  ports: Ports,
  input: CampaignInput,
  { unready, topic }: { readonly unready: Unready; readonly topic: string | undefined },
): Promise<boolean> {
  const found = await readTopic(ports, input.topic);
  const isGone = found?.it.retiredAt != null && input.topic !== topic;
  if (!found || isGone)
    throw new Problem('topic-unknown', {
      errors: [
        {
          path: 'topic',
          detail: isGone
            ? `the topic "${input.topic}" is retired`
            : `there is no topic "${input.topic}"`,
        },
      ],
    });
  await spelled(ports, input);
  const why = await whyNotReady(ports, input);
  if (why && unready === 'refuse') throw why;
  return why === undefined;
}
