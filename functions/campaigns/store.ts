import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { rowParser } from '../base/row-parser.ts';
import type { Versioned } from '../people/store.ts';
import { Campaign, CampaignInput } from './campaign.ts';

type Store = Pick<Ports, 'table'>;
const campaignIn = rowParser(Campaign);
const inputIn = rowParser(CampaignInput);
export type Held = {
  readonly campaign: Campaign;
  readonly input: CampaignInput;
  readonly version: number;
  readonly contentVersion: number;
};

export async function readCampaign({ table }: Store, campaignId: string): Promise<Held> {
  const [row, content] = await table.getMany([
    keys.campaign(campaignId),
    keys.campaignContent(campaignId),
  ]);
  if (!row || !content) throw new Problem('not-found');
  return {
    campaign: campaignIn(row.data),
    input: inputIn(content.data),
    version: row.version,
    contentVersion: content.version,
  };
}

/** Newest first. */
export async function* campaignsNewestFirst(
  { table }: Store,
  before?: string,
): AsyncIterable<Versioned<Campaign>> {
  const range = { newestFirst: true, ...(before === undefined ? {} : { after: before }) };
  for await (const row of table.query('records', keys.campaign('').pk, range))
    yield { it: campaignIn(row.data), version: row.version };
}

export function campaignWrite(campaign: Campaign, expected: number): Write {
  return { kind: 'put', key: keys.campaign(campaign.campaignId), data: campaign, expected };
}

export function contentWrite(campaignId: string, input: CampaignInput, expected: number): Write {
  return { kind: 'put', key: keys.campaignContent(campaignId), data: input, expected };
}
