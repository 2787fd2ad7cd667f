import type { Ports } from '../base/ports.ts';
import { DAY, type Instant, type WallTime } from '../base/time.ts';
import { campaignAsked } from '../mail/asked.ts';
import type { Brand } from '../people/brand.ts';
import { readBrand, readTopic, type Someone } from '../people/store.ts';
import { decide } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import { mailingIdOf } from '../mail/mailing.ts';
import type { Campaign } from './campaign.ts';
import { candidateReadersOf, candidatesOf } from './candidates.ts';
import { spelledOf } from './conditions.ts';
import { liveThrough } from './forecast.ts';
import { isComing, placedBefore, plannedOf, type Placed } from './placed.ts';
import { publicationOf } from './start.ts';
import type { Held } from './store.ts';
import type { ReadPage } from './who-got.ts';

/** Whoever asks of one campaign counts no others. */
const UNSEEN = { letter: () => undefined, campaign: () => undefined };

/** When it would leave, where that is not what stands on the agenda. `wallTime`: at each reader's own clock. */
export type Leaving = {
  readonly at?: Instant | undefined;
  readonly wallTime?: WallTime | null | undefined;
};

/** A campaign as it would leave: whom it would meet, and what the heart would say of each. */
export type Rehearsal = {
  readonly now: Instant;
  readonly wallTime: WallTime | null;
  readonly brand: Brand;
  readonly candidates: ReadPage;
  /** The same, for whoever asks nothing of their profiles. */
  readonly readers: ReadPage<Someone>;
  readonly decisionFor: (someone: Someone) => Decision;
  /** What leaves before it and is reckoned with, earliest first. */
  readonly before: readonly Placed[];
};

/** The same moment, the same candidates and the same rules for whoever counts them and whoever lists them. */
export async function rehearsalOf(
  ports: Pick<Ports, 'table' | 'now'>,
  held: Held,
  { now, wallTime }: { readonly now: Instant; readonly wallTime: WallTime | null },
): Promise<Rehearsal> {
  const { campaign, input } = held;
  const [brand, topic, spelled] = await Promise.all([
    readBrand(ports),
    readTopic(ports, input.topic),
    spelledOf(ports, held),
  ]);
  const publication = publicationOf(spelled, brand, {
    number: campaign.number ?? Number.MAX_SAFE_INTEGER,
    mailingId: mailingIdOf(campaign.campaignId),
    topicAtMost: topic?.it.atMost ?? null,
    now,
  });
  const mail = campaignAsked({ kind: 'campaign', wallTime }, publication);
  const before = await leavesBefore(ports, campaign, now, brand);
  const planned = await plannedOf(ports, brand, before);
  const isAhead = now > ports.now();
  const store = { table: ports.table, now: () => now };
  const candidates = await candidatesOf(store, held, 1);
  return {
    ...{ now, wallTime, brand, before, candidates },
    readers: planned.some(({ asksProfile }) => asksProfile)
      ? candidates
      : await candidateReadersOf(store, held, 1),
    decisionFor: (someone) => {
      // Their letters that leave before it take with them what waits now: none of those can bring it.
      const then = isAhead ? liveThrough(someone, planned, now, brand, UNSEEN) : someone.reader.it;
      return decide({ mail, reader: then, brand, now });
    },
  };
}

/**
 * Other campaigns that will have left by then. What left longer ago than twice the days of the cap
 * weighs on nobody: neither itself, nor a letter into which it was put.
 */
async function leavesBefore(
  ports: Pick<Ports, 'table' | 'now'>,
  { campaignId }: Campaign,
  now: Instant,
  brand: Brand,
): Promise<Placed[]> {
  if (now <= ports.now()) return [];
  const from = now - 2 * brand.cap.days * DAY;
  const all = await placedBefore(ports, now);
  const own = all.findIndex(({ campaign }) => campaign.campaignId === campaignId);
  return all.filter((one, index) => {
    const { startsAt } = one.schedule;
    // The letters of a series are its own: asked about it, one asks about them.
    const isOwn = index === own || one.campaign.occurrence?.seriesId === campaignId;
    if (isOwn || !isComing(one) || startsAt < from) return false;
    return startsAt < now || (startsAt === now && (own < 0 || index < own));
  });
}

/** On the agenda: its own hour. Otherwise, or when that has passed: now. */
export function leavingOf(
  { campaign: { schedule } }: Held,
  wish: Leaving,
  now: Instant,
): { readonly now: Instant; readonly wallTime: WallTime | null } {
  const ownClock = schedule?.atReaders ? schedule.wallTime : null;
  return {
    now: Math.max(wish.at ?? schedule?.startsAt ?? 0, now),
    wallTime: wish.wallTime === undefined ? ownClock : wish.wallTime,
  };
}
