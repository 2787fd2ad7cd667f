import type { Ports } from '../base/ports.ts';
import { SECOND, type Instant } from '../base/time.ts';
import type { Versioned } from '../people/store.ts';
import { hold } from '../policy/decision.ts';
import { finishIfDone } from './close.ts';
import { redecided, settled, type Delivery, type DeliveryName, type Line } from './delivery.ts';
import { figureChange, figureWrite } from './figures.ts';
import { queueLineOf } from './order.ts';
import { deliveryWrite } from './store.ts';

const DELAY_SECONDS_MOST = 300;

/**
 * No slot in time: the row goes back to its queue, for longer each time it is turned away, so that a
 * slow rate is not spent on asking.
 */
export async function comeBack(
  ports: Pick<Ports, 'queue' | 'random'>,
  { mailingId, segment, sequence, waited = 0 }: DeliveryName,
  forMs: number,
): Promise<void> {
  const chance = 1 + ports.random(1)[0]! / 255;
  const seconds = Math.ceil((forMs / SECOND) * 2 ** Math.min(waited, 12) * chance);
  const body: DeliveryName = { mailingId, segment, sequence, waited: waited + 1 };
  const delaySeconds = Math.max(1, Math.min(DELAY_SECONDS_MOST, seconds));
  await ports.queue.post(queueLineOf(mailingId), [{ body, group: mailingId, delaySeconds }]);
}

/** A row of which some had no slot this time goes to the end of its queue. */
export async function goOn(
  ports: Pick<Ports, 'queue'>,
  { mailingId, segment, sequence }: DeliveryName,
): Promise<void> {
  const body: DeliveryName = { mailingId, segment, sequence };
  await ports.queue.post(queueLineOf(mailingId), [{ body, group: mailingId }]);
}

/** The day has no room for them: held, with that reason on the books, and asked again when there may be. */
export async function holdForQuota(
  ports: Ports,
  row: Versioned<Delivery>,
  ready: readonly Line[],
  until: Instant,
): Promise<void> {
  const names = new Set(ready.map(({ p }) => p));
  const lines = row.it.lines.map((line) =>
    names.has(line.p) ? redecided(line, hold('quota', until)) : line,
  );
  const after = settled({ ...row.it, lines });
  const change = figureChange(row.it.lines, lines);
  const outcome = await ports.table.writeAll([
    deliveryWrite(after, row.version, ports.now()),
    ...(Object.keys(change).length > 0
      ? [figureWrite(after.mailingId, change, after.sequence)]
      : []),
  ]);
  if (outcome === 'written') await finishIfDone(ports, after.mailingId);
}
