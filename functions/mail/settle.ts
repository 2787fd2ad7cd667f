import type { Ports } from '../base/ports.ts';
import { settled, type Delivery, type Line } from './delivery.ts';

/** Which line of which row: carried by each mail as tags, and by every event the provider tells. */
export function tagsOf(delivery: Delivery, line: number): Record<string, string> {
  return {
    mailing: delivery.mailingId,
    batch: `${delivery.segment}-${delivery.sequence}`,
    line: String(line),
  };
}

/**
 * A row found `calling` by somebody else: its worker died between the call and the close. What the
 * provider can be asked at once is settled; the rest is `uncertain` and is never sent again by itself.
 */
export async function settle(ports: Pick<Ports, 'mailer'>, delivery: Delivery): Promise<Delivery> {
  const lines: Line[] = [];
  for (const [index, line] of delivery.lines.entries())
    lines.push(line.o === 'open' ? await found(ports, delivery, index, line) : line);
  return settled({ ...delivery, lines });
}

async function found(
  ports: Pick<Ports, 'mailer'>,
  delivery: Delivery,
  index: number,
  line: Line,
): Promise<Line> {
  switch (await ports.mailer.find(tagsOf(delivery, index))) {
    case 'accepted':
      return { ...line, o: 'accepted' };
    case 'never-came':
      return line;
    case 'unknown':
      return { ...line, o: 'uncertain', w: 'worker-lost' };
  }
}
