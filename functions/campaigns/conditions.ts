import type { Ports } from '../base/ports.ts';
import { audienceNow } from '../people/segments.ts';
import type { CampaignInput, Spelled } from './campaign.ts';
import type { Held } from './store.ts';

/** A letter with what its conditions say now: every segment spelled out. */
export async function spelled(ports: Pick<Ports, 'table'>, input: CampaignInput): Promise<Spelled> {
  const { audience, stopIf } = input;
  return {
    ...input,
    audience: audience && (await audienceNow(ports, audience, 'audience')),
    stopIf: stopIf && (await audienceNow(ports, stopIf, 'stopIf')),
  };
}

/** The same of a campaign: what its conditions said when it started, if it has. */
export async function spelledOf(
  ports: Pick<Ports, 'table'>,
  { campaign, input }: Pick<Held, 'campaign' | 'input'>,
): Promise<Spelled> {
  const { frozen } = campaign;
  if (frozen) return { ...input, audience: frozen.audience, stopIf: frozen.stopIf };
  return spelled(ports, input);
}
