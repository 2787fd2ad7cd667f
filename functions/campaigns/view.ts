import type { Ports } from '../base/ports.ts';
import { figuresFrom, type Figures } from '../mail/figures.ts';
import { readersOf } from '../mail/first-part.ts';
import { type Mailing, mailingIdOf } from '../mail/mailing.ts';
import { readFigures, readMailing } from '../mail/store.ts';
import type { Campaign } from './campaign.ts';

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
  first: { readonly readers: number; readonly judgedAt: number | null } | null;
}> {
  if (campaign.state !== 'started')
    return { ...NOT_STARTED, state: campaign.state, figures: figuresFrom([]) };
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
    first: mailing?.it.first
      ? { readers: readersOf(mailing.it), judgedAt: mailing.it.first.judgedAt }
      : null,
  };
}

const NOT_STARTED = { because: null, finishedAt: null, first: null };
