import type { Ports } from '../base/ports.ts';
import type { Line } from './delivery.ts';
import { deliveryRows, readDelivery, readMailings } from './store.ts';

type Store = Pick<Ports, 'table'>;

/** So much of the log may be read to answer one look at one person. */
const LINES_LOOKED_AT = 12_000;

/** The line of one person in the delivery row that their turn names. */
export async function lineInRow(
  ports: Store,
  personId: string,
  mailingId: string,
  batch: string,
): Promise<Line | undefined> {
  const [segment = '', sequence = ''] = batch.split('.');
  const row = await readDelivery(ports, { mailingId, segment: Number(segment), sequence });
  return row?.it.lines.find(({ p }) => p === personId);
}

/**
 * What became of some mailings for one person. The log of a large house is too long to be looked
 * through for one of them: then it says so, and whoever wants to know asks that mailing's own log.
 */
export async function linesAmong(
  ports: Store,
  personId: string,
  mailingIds: readonly string[],
): Promise<Map<string, Line | 'not-looked' | undefined>> {
  const found = new Map<string, Line | 'not-looked' | undefined>();
  let left = LINES_LOOKED_AT;
  for (const { mailingId, segments } of await readMailings(ports, mailingIds)) {
    const look = async (): Promise<Line | 'not-looked' | undefined> => {
      for (let segment = 0; segment < segments; segment += 1)
        for await (const { it } of deliveryRows(ports, mailingId, segment)) {
          const line = it.lines.find(({ p }) => p === personId);
          left -= it.lines.length;
          if (line) return line;
          if (left <= 0) return 'not-looked';
        }
      return undefined;
    };
    found.set(mailingId, left <= 0 ? 'not-looked' : await look());
  }
  return found;
}
