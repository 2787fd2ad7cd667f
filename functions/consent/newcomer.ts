import type { Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import { newProfile, newReader, type Profile, type Reader } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { withFrequency, withSubscription } from '../policy/change.ts';
import { topicsAsked } from './mails.ts';
import type { Pending } from './pending.ts';

export type House = { readonly brand: Brand; readonly topics: readonly Topic[] };
export type Both = { readonly reader: Reader; readonly profile: Profile };

/** A person begins: under the id of their sign-up, with what they chose there. */
export function begun(pending: Pending, house: House, now: Instant): Both {
  const { pendingId: personId, known } = pending;
  const blank: Reader = {
    ...newReader(personId, house.brand, now),
    language: pending.language,
    timeZone: pending.timeZone,
    timeZoneFrom: pending.timeZoneFrom,
  };
  const { email, fingerprint, source } = pending;
  const profile: Profile = {
    ...newProfile(personId, { email, fingerprint, source, now }),
    ...known,
  };
  const following = followed(blank, pending, house, now);
  return { reader: withFrequency(following, pending.frequency, house.brand, now), profile };
}

/** Somebody we know comes back by their own act: a bounce or a complaint ends here; what they had chosen stays. */
export function woken(
  { reader, profile }: Both,
  pending: Pending,
  house: House,
  now: Instant,
): Both {
  const well: Reader =
    reader.standing.is === 'well' ? reader : { ...reader, standing: { is: 'well', at: now } };
  const following = followed(well, pending, house, now);
  return {
    reader: pending.frequencyChosen
      ? withFrequency(following, pending.frequency, house.brand, now)
      : following,
    profile: { ...profile, lastActAt: now },
  };
}

function followed(start: Reader, pending: Pending, { topics }: House, now: Instant): Reader {
  const chosen = new Set<Reader['chosen'][number]>([...start.chosen, 'subscriptions']);
  if (pending.frequencyChosen) chosen.add('frequency');
  return topicsAsked(pending, topics).reduce(
    (reader, { id }) => {
      const delivery = pending.topics.find((topic) => topic.id === id)?.delivery ?? 'digest';
      return withSubscription(reader, id, { state: 'given', delivery, at: now });
    },
    { ...start, chosen: [...chosen] },
  );
}
