import type { Ports } from '../base/ports.ts';
import { figuresFrom, type Figures } from '../mail/figures.ts';
import type { Mailing } from '../mail/mailing.ts';
import { readFigures, readMailing } from '../mail/store.ts';
import { mailingIdOf, type Campaign } from './campaign.ts';

export type CampaignState =
  | 'draft'
  | 'scheduled'
  | 'sending'
  | 'paused'
  | 'blocked'
  | 'stopped'
  | 'sent'
  | 'recurring'
  | 'ended';

/** Where a campaign stands, as its mailing knows once it has started. */
export function stateWith(campaign: Campaign, mailing: Mailing | undefined): CampaignState {
  if (campaign.state !== 'started') return campaign.state;
  const state = mailing?.state ?? 'planning';
  return state === 'planning' ? 'sending' : state;
}

/** Where a campaign stands and its books: the mailing's own, once it has started. */
export async function standingOf(
  ports: Pick<Ports, 'table'>,
  campaign: Campaign,
): Promise<{
  state: CampaignState;
  because: string | null;
  figures: Figures;
  finishedAt: number | null;
}> {
  if (campaign.state !== 'started')
    return { state: campaign.state, because: null, figures: figuresFrom([]), finishedAt: null };
  const mailingId = mailingIdOf(campaign.campaignId);
  const [mailing, figures] = await Promise.all([
    readMailing(ports, mailingId),
    readFigures(ports, mailingId),
  ]);
  return {
    state: stateWith(campaign, mailing?.it),
    because: mailing?.it.blockedBecause ?? null,
    figures,
    finishedAt: mailing?.it.finishedAt ?? null,
  };
}
