import type * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { readMailings } from '../mail/store.ts';
import { speaker } from '../people/segments.ts';
import { wordsIn } from '../people/search.ts';
import { cursorOf } from '../team/api.ts';
import { lineOf, type CampaignLine } from './api-views.ts';
import { mailingIdOf } from '../mail/mailing.ts';
import type { Campaign } from './campaign.ts';
import { campaignsNewestFirst } from './store.ts';
import { stateWith, type CampaignState } from './view.ts';

export type CampaignFilter = {
  readonly state?: CampaignState | undefined;
  readonly topic?: string | undefined;
  /** Letters of one that leaves again and again, by its id. */
  readonly series?: string | undefined;
  /** Words that its name holds. */
  readonly text?: string | undefined;
};
type Asked = { readonly limit: number; readonly after: string | undefined };

/** So many are read at a time while a filter looks for its own. */
const ROWS_AT_ONCE = 100;

/** A page of campaigns, newest first. Books are read for those that are shown, and for no others. */
export async function pageOfCampaigns(
  ports: Pick<Ports, 'table'>,
  filter: CampaignFilter,
  { limit, after }: Asked,
): Promise<{ items: z.infer<typeof CampaignLine>[]; next: string | null }> {
  const found: Campaign[] = [];
  for await (const some of portions(campaignsNewestFirst(ports, after))) {
    found.push(...(await matching(ports, filter, some)));
    if (found.length > limit) break;
  }
  const say = await speaker(ports);
  const shown = found.slice(0, limit);
  const items = await Promise.all(shown.map((campaign) => lineOf(ports, campaign, say)));
  const next = found.length > limit ? cursorOf(shown.at(-1)!.campaignId) : null;
  return { items, next };
}

async function* portions(
  all: ReturnType<typeof campaignsNewestFirst>,
): AsyncIterable<readonly Campaign[]> {
  let some: Campaign[] = [];
  for await (const { it } of all) {
    some.push(it);
    if (some.length < ROWS_AT_ONCE) continue;
    yield some;
    some = [];
  }
  yield some;
}

async function matching(
  ports: Pick<Ports, 'table'>,
  { state, topic, series, text = '' }: CampaignFilter,
  some: readonly Campaign[],
): Promise<Campaign[]> {
  const words = wordsIn(text);
  const named = some.filter(
    (campaign) =>
      (topic === undefined || campaign.topic === topic) &&
      (series === undefined || campaign.occurrence?.seriesId === series) &&
      words.every((word) => wordsIn(campaign.name).some((one) => one.startsWith(word))),
  );
  if (state === undefined) return named;
  const started = named.filter((campaign) => campaign.state === 'started');
  const mailings = await readMailings(
    ports,
    started.map(({ campaignId }) => mailingIdOf(campaignId)),
  );
  const byId = new Map(mailings.map((mailing) => [mailing.mailingId, mailing]));
  return named.filter(
    (campaign) => stateWith(campaign, byId.get(mailingIdOf(campaign.campaignId))) === state,
  );
}
