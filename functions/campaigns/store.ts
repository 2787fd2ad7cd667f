import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { rowParser } from '../base/row-parser.ts';
import type { Versioned } from '../people/store.ts';
import { Campaign, CampaignInput } from './campaign.ts';
import { Series } from './series.ts';

type Store = Pick<Ports, 'table'>;
const campaignIn = rowParser(Campaign);
const inputIn = rowParser(CampaignInput);
const seriesIn = rowParser(Series);
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

export async function readSeries(
  { table }: Store,
  seriesId: string,
): Promise<Versioned<Series> | undefined> {
  const row = await table.get(keys.series(seriesId));
  return row && { it: seriesIn(row.data), version: row.version };
}

/** Every letter that leaves again and again, those that have ended too. */
export async function* allSeries({ table }: Store): AsyncIterable<Series> {
  for await (const row of table.query('records', keys.series('').pk)) yield seriesIn(row.data);
}

export function seriesWrite(series: Series, expected: number): Write {
  return { kind: 'put', key: keys.series(series.seriesId), data: series, expected };
}

/** Those that there are, of campaigns that may have been taken back. */
export async function readCampaigns(
  ports: Store,
  campaignIds: readonly string[],
): Promise<Versioned<Campaign>[]> {
  const rows = await ports.table.getMany(campaignIds.map((id) => keys.campaign(id)));
  return rows.flatMap((row) => (row ? [{ it: campaignIn(row.data), version: row.version }] : []));
}
