import { shardOf, timedId } from '../base/id.ts';
import type { Ports, Write } from '../base/ports.ts';
import { wallTimeIn } from '../base/time.ts';
import type { Delivery, DeliveryName, ServiceLetter } from './delivery.ts';
import { figureChange, figureWrite } from './figures.ts';
import { deliveryWrite } from './store.ts';

/** Service mail of one day shares its books; its rows are spread over this many partitions. */
export const SERVICE_SEGMENTS = 16;

export type ServiceOrder = {
  /** A reader, or somebody who signed up and has not confirmed yet. */
  readonly personId: string;
  readonly kind: string;
  readonly language: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button?: ServiceLetter['button'];
  readonly after?: readonly string[];
  /** They asked for it just now, so it goes at once, at any hour. */
  readonly requested: boolean;
  readonly expiresAt?: number;
  readonly trial?: ServiceLetter['trial'];
};

/**
 * A transactional mail, as rows for the caller's own all-or-none write: what it tells of and the
 * mail itself stand or fall together. `post` hands it to the worker; if that is lost, the tick finds it.
 */
export function serviceMail(
  ports: Pick<Ports, 'now' | 'random' | 'queue'>,
  order: ServiceOrder,
): {
  readonly name: DeliveryName;
  readonly writes: Write[];
  readonly post: () => Promise<void>;
} {
  const now = ports.now();
  const sequence = timedId(ports);
  const delivery: Delivery = {
    format: 1,
    mailingId: `service-${wallTimeIn('UTC', now).date}`,
    segment: shardOf(sequence, SERVICE_SEGMENTS),
    sequence,
    state: 'planned',
    attempt: 0,
    calledAt: null,
    lines: [{ p: order.personId, d: 'send', r: 'transactional', o: 'open' }],
    service: {
      kind: order.kind,
      language: order.language,
      subject: order.subject,
      paragraphs: [...order.paragraphs],
      ...(order.button ? { button: order.button } : {}),
      after: [...(order.after ?? [])],
      requestedAt: order.requested ? now : null,
      expiresAt: order.expiresAt ?? null,
      ...(order.trial ? { trial: order.trial } : {}),
    },
  };
  const { mailingId, segment } = delivery;
  return {
    name: { mailingId, segment, sequence },
    writes: [
      deliveryWrite(delivery, 0, now),
      figureWrite(mailingId, figureChange([], delivery.lines), sequence),
    ],
    post: () => ports.queue.post('service', [{ body: { mailingId, segment, sequence } }]),
  };
}

export const isServiceMailing = (mailingId: string) => mailingId.startsWith('service-');
export const queueLineOf = (mailingId: string) =>
  isServiceMailing(mailingId) ? ('service' as const) : ('editorial' as const);
