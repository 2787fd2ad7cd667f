import type { Ports } from '../base/ports.ts';
import { readLinks } from '../mail/counted-links.ts';
import { readClicks } from '../mail/store.ts';
import { mailingIdOf } from '../mail/mailing.ts';
import type { Campaign } from './campaign.ts';

/** Every counted link of a campaign and how often it was followed, in the order of their addresses. */
export async function clicksOf(
  ports: Pick<Ports, 'table'>,
  { campaignId, number }: Campaign,
): Promise<{ url: string; clicks: number }[]> {
  if (number === null) return [];
  const [links, clicks] = await Promise.all([
    readLinks(ports, number),
    readClicks(ports, mailingIdOf(campaignId)),
  ]);
  return Object.entries(links)
    .map(([name, url]) => ({ url, clicks: clicks[name] ?? 0 }))
    .sort((one, other) => (one.url < other.url ? -1 : 1));
}
