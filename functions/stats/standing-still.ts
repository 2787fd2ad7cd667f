import type { Ports } from '../base/ports.ts';
import { DAY, type Instant } from '../base/time.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { campaignsNewestFirst } from '../campaigns/store.ts';
import { stateWith } from '../campaigns/view.ts';
import { daysPast, readDay } from '../mail/issues.ts';
import { dateOfLetters, type Mailing, mailingIdOf } from '../mail/mailing.ts';
import { readFigures, readMailings } from '../mail/store.ts';

/** What stands still is new; older campaigns have their place in the list. */
const CAMPAIGNS_MOST = 100;
const DAYS_MOST = 8;
/** A doubt this old is known to whoever looked, and nobody waits for its mail any more. */
const DOUBT_WITHIN_MS = 30 * DAY;

/** Something that does not go on by itself. */
export type Still = {
  readonly kind: 'campaign' | 'letters';
  /** A campaign's id, or the day of the letters. */
  readonly id: string;
  readonly name: string | null;
  readonly state: 'paused' | 'blocked' | 'not-approved' | 'late' | null;
  readonly because: string | null;
  /** Readers of whom nobody knows whether they have it. */
  readonly uncertain: number;
  /** Letters of that day that were due and not made. */
  readonly missed: number;
};

/** What waits for a hand: campaigns and days of letters that stand still or are in doubt, newest first. */
export async function standingStill(ports: Ports): Promise<Still[]> {
  const [campaigns, letters] = await Promise.all([stillCampaigns(ports), stillLetters(ports)]);
  return [...campaigns, ...letters];
}

async function stillCampaigns(ports: Ports): Promise<Still[]> {
  const started: Campaign[] = [];
  let read = 0;
  for await (const { it } of campaignsNewestFirst(ports)) {
    if (it.state === 'started') started.push(it);
    read += 1;
    if (read >= CAMPAIGNS_MOST) break;
  }
  const mailings = await readMailings(
    ports,
    started.map(({ campaignId }) => mailingIdOf(campaignId)),
  );
  const byId = new Map(mailings.map((mailing) => [mailing.mailingId, mailing]));
  const lines = await Promise.all(
    started.map((campaign) =>
      stillCampaign(ports, campaign, byId.get(mailingIdOf(campaign.campaignId))),
    ),
  );
  return lines.filter((line) => line !== undefined);
}

async function stillCampaign(
  ports: Ports,
  campaign: Campaign,
  mailing: Mailing | undefined,
): Promise<Still | undefined> {
  const now = stateWith(campaign, mailing);
  const state = now === 'paused' || now === 'blocked' ? now : null;
  if (state === null && !isRecent(mailing, ports.now())) return undefined;
  const { uncertain } = await readFigures(ports, mailingIdOf(campaign.campaignId));
  if (state === null && uncertain === 0) return undefined;
  return {
    kind: 'campaign',
    id: campaign.campaignId,
    name: campaign.name,
    state,
    because: mailing?.blockedBecause ?? null,
    uncertain,
    missed: 0,
  };
}

const isRecent = (mailing: Mailing | undefined, now: Instant) =>
  mailing !== undefined && now - mailing.startedAt <= DOUBT_WITHIN_MS;

async function stillLetters(ports: Ports): Promise<Still[]> {
  const dates: string[] = [];
  for await (const mailingId of daysPast(ports)) {
    const date = dateOfLetters(mailingId);
    if (date !== undefined) dates.push(date);
    if (dates.length >= DAYS_MOST) break;
  }
  const lines = await Promise.all(dates.map((date) => stillDay(ports, date)));
  return lines.filter((line) => line !== undefined);
}

async function stillDay(ports: Ports, date: string): Promise<Still | undefined> {
  const { state: now, figures, missed, mailing } = await readDay(ports, date);
  const state = now === 'not-approved' || now === 'late' || now === 'blocked' ? now : null;
  if (state === null && figures.uncertain === 0 && missed === 0) return undefined;
  return {
    kind: 'letters',
    id: date,
    name: null,
    state,
    because: mailing?.blockedBecause ?? null,
    uncertain: figures.uncertain,
    missed,
  };
}
