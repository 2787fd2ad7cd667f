import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { Instant } from '../base/time.ts';
import { campaignAsked } from '../mail/asked.ts';
import type { Brand } from '../people/brand.ts';
import { readTopic } from '../people/store.ts';
import { mailingIdOf } from '../mail/mailing.ts';
import type { Campaign, Schedule } from './campaign.ts';
import { audienceAsksProfile, audienceOf } from './candidate.ts';
import { comingLetters } from './coming-letters.ts';
import { spelledOf } from './conditions.ts';
import type { Planned } from './forecast.ts';
import { scheduleOf } from './schedule-wish.ts';
import { publicationOf } from './start.ts';
import { campaignsNewestFirst, readCampaign } from './store.ts';

type Store = Pick<Ports, 'table' | 'now'>;
/** As if this campaign left at another local time of its zone. Nothing is moved. */
export type Move = { readonly campaignId: string; readonly at: string };
/** A campaign with its moment. */
export type Placed = {
  readonly campaign: Campaign;
  readonly schedule: Schedule;
  /** The letter of a date that is not made yet: whose it will be a copy of. */
  readonly copies?: string;
};

const CAMPAIGNS_READ = 2_000;

/** Every campaign with a moment, and what series will make before one; earliest first. */
export async function placedBefore(ports: Store, until: Instant, move?: Move): Promise<Placed[]> {
  const placed: Placed[] = [];
  let read = 0;
  let moved = false;
  for await (const { it } of campaignsNewestFirst(ports)) {
    if ((read += 1) > CAMPAIGNS_READ) break;
    // What waits for somebody has its day all the same.
    const schedule = it.schedule ?? (it.occurrence?.waits ? it.occurrence.planned : null);
    if (!schedule) continue;
    const isMoved = it.campaignId === move?.campaignId && it.state === 'scheduled';
    moved ||= isMoved;
    placed.push({
      campaign: it,
      schedule: isMoved ? movedTo(schedule, move.at, ports.now()) : schedule,
    });
  }
  if (move && !moved) throw new Problem('not-found');
  placed.push(...(await comingLetters(ports, until)));
  return placed.sort((one, other) => one.schedule.startsAt - other.schedule.startsAt);
}

const movedTo = ({ atReaders, timeZone }: Schedule, at: string, now: Instant): Schedule =>
  scheduleOf({ at, timeZone: atReaders ? 'reader' : timeZone }, now);

/** Whether it will leave by itself. */
export const isComing = ({ campaign, copies }: Placed): boolean =>
  campaign.state === 'scheduled' || copies !== undefined;

/** As the heart will be asked about each, one after the other. */
export function plannedOf(
  ports: Store,
  brand: Brand,
  coming: readonly Placed[],
): Promise<Planned[]> {
  return Promise.all(
    coming.map(async ({ campaign, schedule, copies }, index) => {
      const { campaignId } = campaign;
      const input = await spelledOf(ports, await readCampaign(ports, copies ?? campaignId));
      const topic = await readTopic(ports, input.topic);
      const number = Number.MAX_SAFE_INTEGER - coming.length + index;
      const publication = publicationOf(input, brand, {
        number,
        mailingId: mailingIdOf(campaignId),
        topicAtMost: topic?.it.atMost ?? null,
        now: schedule.startsAt,
      });
      const wallTime = schedule.atReaders ? schedule.wallTime : null;
      return {
        ...{ campaignId, number, startsAt: schedule.startsAt },
        mail: campaignAsked({ kind: 'campaign', wallTime }, publication),
        audience: audienceOf(input),
        asksProfile: audienceAsksProfile(input),
      };
    }),
  );
}
