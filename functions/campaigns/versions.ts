import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { MINUTE, type Instant } from '../base/time.ts';
import { CampaignInput, Hand, type Campaign } from './campaign.ts';
import type { Held } from './store.ts';

/** A letter as it stood when somebody began to change it. */
const Version = z.object({
  format: z.literal(1),
  number: z.int(),
  at: z.number(),
  by: Hand.nullable(),
  input: CampaignInput,
});
export type Version = z.infer<typeof Version>;

/** What is saved while it is written is one piece of work, until there is a pause or another hand. */
const ONE_PIECE_MS = 5 * MINUTE;
export const VERSIONS_KEPT = 50;

/** The campaign with the state before this change set aside, where a new piece of work begins; `isPiece` says that it does. */
export function withVersion(
  held: Held,
  by: Hand | undefined,
  now: Instant,
  isPiece: boolean,
): { readonly campaign: Campaign; readonly writes: Write[] } {
  const { campaign, input } = held;
  const isSamePiece =
    !isPiece && now - campaign.changedAt < ONE_PIECE_MS && by?.id === campaign.changedBy?.id;
  if (isSamePiece) return { campaign, writes: [] };
  const number = (campaign.versions ?? 0) + 1;
  const version: Version = {
    format: 1,
    number,
    at: campaign.changedAt,
    by: campaign.changedBy ?? null,
    input,
  };
  const key = (which: number) => keys.campaignVersion(campaign.campaignId, which);
  return {
    campaign: { ...campaign, versions: number },
    writes: [
      { kind: 'put', key: key(number), data: version },
      ...(number > VERSIONS_KEPT
        ? [{ kind: 'remove', key: key(number - VERSIONS_KEPT) } as const]
        : []),
    ],
  };
}

/** What of a letter is not as it was, by the names of its fields. */
export function changedBetween(was: CampaignInput, is: CampaignInput): (keyof CampaignInput)[] {
  return CampaignInput.keyof().options.filter((part) => !isDeepStrictEqual(was[part], is[part]));
}

/** Newest first: fifty at most. */
export async function readVersions(
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
): Promise<Version[]> {
  const versions: Version[] = [];
  const { pk } = keys.campaignVersion(campaignId, 0);
  for await (const row of table.query('records', pk, { prefix: 'version#', newestFirst: true }))
    versions.push(Version.parse(row.data));
  return versions;
}

export async function readVersion(
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
  number: number,
): Promise<Version> {
  const row = await table.get(keys.campaignVersion(campaignId, number));
  if (!row) throw new Problem('not-found');
  return Version.parse(row.data);
}
