import { asksProfile, compileCondition, type Condition } from '../people/condition.ts';
import type { Reader, Subscription } from '../people/person.ts';
import { askedOf, type Someone } from '../people/store.ts';
import type { Instant } from '../base/time.ts';

export type Audience = (someone: Someone, now: Instant) => boolean;

type Asking = {
  readonly topic: string;
  readonly audience?: Condition | undefined;
  readonly stopIf?: Condition | undefined;
};

/**
 * Who is a candidate of a campaign: everybody who subscribed to its topic, with or without proof,
 * and meets its condition. Who left the topic is none; whose address died or who complained while
 * they followed it is one, and is dropped with that reason, so that the books show it.
 */
export function audienceOf(campaign: Asking): Audience {
  const meets = campaign.audience ? compileCondition(campaign.audience) : undefined;
  const stops = campaign.stopIf ? compileCondition(campaign.stopIf) : undefined;
  return (someone, now) => {
    const reader = someone.reader.it;
    const subscription = reader.subscriptions[campaign.topic];
    if (
      !subscription ||
      (subscription.state === 'withdrawn' && !endedByComplaint(reader, subscription))
    )
      return false;
    if (!meets && !stops) return true;
    const asked = askedOf(someone);
    return (meets?.(asked, now) ?? true) && !(stops?.(asked, now) ?? false);
  };
}

/** Whether profiles must be read to know who is a candidate. */
export const audienceAsksProfile = ({ audience, stopIf }: Asking): boolean =>
  [audience, stopIf].some((condition) => condition !== undefined && asksProfile(condition));

/** A complaint ends every subscription in its own moment. */
const endedByComplaint = ({ standing }: Reader, { at }: Subscription) =>
  standing.is === 'complained' && standing.at === at;
