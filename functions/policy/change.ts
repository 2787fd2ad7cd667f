import { HOUR, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import {
  isSlower,
  WAITING_MOST,
  type Frequency,
  type LegalBasis,
  type Reader,
  type Subscription,
  type TopicDelivery,
} from '../people/person.ts';
import { letterAfter, soonestLetterAfter } from './calendar.ts';

/**
 * Changes of what a reader chose, that act at once on what waits for them. All pure: they answer
 * the reader as they are after, with the date of their next letter moved where the choice moves it.
 */

/** A choice can be taken back for so long. A letter that only the choice brings forward leaves no sooner. */
export const UNDO_MS = HOUR;

/** Slower: what waits moves to the new pace's date. Faster: it comes as one letter at the next allowed date. */
export function withFrequency(
  reader: Reader,
  frequency: Frequency,
  brand: Brand,
  now: Instant,
): Reader {
  if (frequency === reader.frequency) return reader;
  const changed = { ...reader, frequency, frequencySince: now };
  if (isSlower(frequency, reader.frequency)) return redated(changed, brand, now);
  return reader.waiting.length > 0
    ? { ...changed, nextDigestAt: soonestLetterAfter(changed, brand, now + UNDO_MS) }
    : redated(changed, brand, now);
}

/** A pause until a moment; null ends it. What waited for a date inside the pause waits for its end. */
export function withPause(
  reader: Reader,
  until: Instant | null,
  brand: Brand,
  now: Instant,
): Reader {
  if (until !== null && until > now)
    return redated({ ...reader, pause: { from: now, until } }, brand, now);
  if (reader.pause === null) return reader;
  const back = redated({ ...reader, pause: null }, brand, now);
  const tooSoon =
    back.waiting.length > 0 && back.nextDigestAt !== null && back.nextDigestAt < now + UNDO_MS;
  return tooSoon ? { ...back, nextDigestAt: soonestLetterAfter(back, brand, now + UNDO_MS) } : back;
}

/** Follows a topic, or changes how it comes. A fresh yes ends an earlier "stop everything". */
export function withSubscription(
  reader: Reader,
  topic: string,
  yes: {
    readonly state: 'given' | 'unproven';
    readonly delivery?: TopicDelivery;
    readonly basis?: LegalBasis;
    readonly soldAt?: Instant;
    readonly at: Instant;
  },
): Reader {
  const before = reader.subscriptions[topic];
  const delivery = yes.delivery ?? before?.delivery ?? 'digest';
  const subscription =
    before?.state === yes.state && !isFirstConsent(before, yes)
      ? { ...before, delivery }
      : {
          state: yes.state,
          delivery,
          at: yes.at,
          basis: yes.basis ?? 'consent',
          ...(yes.soldAt === undefined ? {} : { soldAt: yes.soldAt }),
        };
  return {
    ...reader,
    stoppedAt: yes.state === 'given' ? null : reader.stoppedAt,
    subscriptions: { ...reader.subscriptions, [topic]: subscription },
  };
}

/** Who was written to as a customer and now says yes themselves: the yes is what it stands on from then. */
const isFirstConsent = (before: Subscription, { basis = 'consent' }: { basis?: LegalBasis }) =>
  before.basis !== 'consent' && basis === 'consent';

/** Leaves one topic. What waits of it is left out when the letter is made. */
export function withoutTopic(reader: Reader, topic: string, now: Instant): Reader {
  const before = reader.subscriptions[topic];
  if (!before || before.state === 'withdrawn') return reader;
  return {
    ...reader,
    subscriptions: {
      ...reader.subscriptions,
      [topic]: { ...before, state: 'withdrawn', at: now },
    },
  };
}

/** Stops everything editorial and personal, at once. Doing it again changes nothing. */
export function withEverythingStopped(reader: Reader, now: Instant): Reader {
  const topics = Object.keys(reader.subscriptions);
  const stopped = topics.reduce((left, topic) => withoutTopic(left, topic, now), reader);
  return {
    ...stopped,
    stoppedAt: reader.stoppedAt ?? now,
    waiting: [],
    nextDigestAt: null,
    pause: null,
  };
}

/** When letters come: weekday, part of the day, time zone. */
export function withMoment(
  reader: Reader,
  moment: Partial<Pick<Reader, 'weekday' | 'partOfDay' | 'timeZone' | 'timeZoneFrom'>>,
  brand: Brand,
  now: Instant,
): Reader {
  const changed = { ...reader, ...moment };
  const same =
    changed.weekday === reader.weekday &&
    changed.partOfDay === reader.partOfDay &&
    changed.timeZone === reader.timeZone;
  return same ? changed : redated(changed, brand, now);
}

/** Adds a publication to what waits. The oldest fall out when there is no more place. */
export function withWaiting(reader: Reader, number: number, on: Instant): Reader {
  const waiting = reader.waiting.includes(number) ? reader.waiting : [...reader.waiting, number];
  return { ...reader, waiting: waiting.slice(-WAITING_MOST), nextDigestAt: on };
}

/** What fell out of a reader's letter because something newer came: the thirty places are taken. */
export function crowdedOut(before: Reader, after: Reader): number[] {
  return before.waiting.filter((number) => !after.waiting.includes(number));
}

/** The reader with the date of their next letter counted anew from now. */
export function redated(reader: Reader, brand: Brand, now: Instant): Reader {
  if (reader.frequency === 'immediate' && reader.waiting.length === 0)
    return { ...reader, nextDigestAt: null };
  return { ...reader, nextDigestAt: letterAfter(reader, brand, now) };
}
