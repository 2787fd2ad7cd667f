import type { Instant } from '../base/time.ts';
import type { DeliveryName } from '../mail/delivery.ts';
import { placeOf } from '../mail/settle.ts';
import { TOLD } from '../mail/told.ts';
import { isComplaint, isDead, type ProviderEvent } from './event.ts';

/** What an event comes to: for the line of its mail, and for the person it went to. */
export type Reading = {
  readonly place: { readonly name: DeliveryName; readonly line: number } | undefined;
  readonly bits: number;
  readonly messageId: string;
  /** When the mail was handed over. */
  readonly sentAt: Instant;
  readonly recipient: string;
  readonly person: 'dead' | 'complained' | undefined;
};

/** One reader a mail, so whoever the event names is the one it went to. */
export function readingOf(event: ProviderEvent): Reading {
  const { tags, messageId, timestamp, destination } = event.mail;
  const first = Object.fromEntries(Object.entries(tags).map(([name, values]) => [name, values[0]]));
  return {
    place: placeOf(first),
    messageId,
    sentAt: timestamp,
    recipient: destination[0] ?? '',
    ...meaningOf(event),
  };
}

function meaningOf(event: ProviderEvent): Pick<Reading, 'bits' | 'person'> {
  switch (event.eventType) {
    case 'Send':
      return { bits: TOLD.sent, person: undefined };
    case 'Delivery':
      return { bits: TOLD.delivered, person: undefined };
    case 'DeliveryDelay':
      return { bits: TOLD.delayed, person: undefined };
    case 'Reject':
      return { bits: TOLD.rejected, person: undefined };
    case 'Rendering Failure':
      return { bits: TOLD['not-rendered'], person: undefined };
    case 'Bounce':
      return isDead(event.bounce)
        ? { bits: TOLD.dead, person: 'dead' }
        : { bits: TOLD.returned, person: undefined };
    case 'Complaint':
      return isComplaint(event.complaint)
        ? { bits: TOLD.complained, person: 'complained' }
        : { bits: TOLD.sent, person: undefined };
  }
}
