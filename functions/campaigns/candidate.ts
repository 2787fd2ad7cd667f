import { compileCondition, type Condition } from '../people/condition.ts';
import type { Reader, Subscription } from '../people/person.ts';
import type { Person } from '../people/store.ts';
import type { Instant } from '../base/time.ts';

export type Audience = (person: Person, now: Instant) => boolean;

/**
 * Who is a candidate of a campaign: everybody who subscribed to its topic, with or without proof,
 * and meets its condition. Who left the topic is none; whose address died or who complained while
 * they followed it is one, and is dropped with that reason, so that the books show it.
 */
export function audienceOf(campaign: {
  readonly topic: string;
  readonly audience?: Condition | undefined;
  readonly stopIf?: Condition | undefined;
}): Audience {
  const meets = campaign.audience ? compileCondition(campaign.audience) : undefined;
  const stops = campaign.stopIf ? compileCondition(campaign.stopIf) : undefined;
  return (person, now) => {
    const reader = person.reader.it;
    const subscription = reader.subscriptions[campaign.topic];
    if (
      !subscription ||
      (subscription.state === 'withdrawn' && !endedByComplaint(reader, subscription))
    )
      return false;
    if (!meets && !stops) return true;
    const asked = { reader, profile: person.profile.it };
    return (meets?.(asked, now) ?? true) && !(stops?.(asked, now) ?? false);
  };
}

/** A complaint ends every subscription in its own moment. */
const endedByComplaint = ({ standing }: Reader, { at }: Subscription) =>
  standing.is === 'complained' && standing.at === at;
