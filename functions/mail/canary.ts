import type { Ports } from '../base/ports.ts';
import { readBrand } from '../people/store.ts';
import { timedId } from '../base/id.ts';
import { serviceMail } from './order.ts';
import { canaryWrite } from './store.ts';

export const CANARY = 'canary';

/**
 * Sends a mail to the provider's own mailbox, to learn whether its events still reach us. It goes
 * the way of every other mail. One is enough for all the doubts before it.
 */
export async function orderCanary(ports: Ports, address: string, expected: number): Promise<void> {
  const { sender, language } = await readBrand(ports);
  const order = serviceMail(ports, {
    personId: `canary-${timedId(ports)}`,
    kind: CANARY,
    language,
    subject: 'Canary',
    paragraphs: [],
    requested: true,
    trial: { address, from: sender, html: '<p>Canary</p>', text: 'Canary' },
  });
  const canary = { name: order.name, orderedAt: ports.now() };
  const outcome = await ports.table.writeAll([...order.writes, canaryWrite(canary, expected)]);
  if (outcome === 'written') await order.post();
}
