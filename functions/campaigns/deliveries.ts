import type { Ports } from '../base/ports.ts';
import { deliveryRows, readMailing } from '../mail/store.ts';
import type { Line } from '../mail/delivery.ts';
import { toldFigures, toldOf, type Told } from '../mail/told.ts';
import { placeOf, type Place } from '../mail/figures.ts';
import { mailingIdOf } from '../mail/mailing.ts';

export type DeliveryView = {
  readonly person: string;
  readonly decision: Line['d'];
  readonly reason: Line['r'];
  readonly place: Place;
  readonly at: string | null;
  readonly messageId: string | null;
  readonly because: string | null;
  /** What the provider told of it since. */
  readonly told: Told[];
};

export type DeliveryFilter = {
  readonly person?: string | undefined;
  readonly decision?: string | undefined;
  readonly reason?: string | undefined;
  /** Where they stand in the books. */
  readonly place?: Place | undefined;
  /** A figure that the provider's events add to. */
  readonly told?: string | undefined;
};

/** Where a page of the log ended: segment, row, line. */
export type LogPlace = { readonly segment: number; readonly row: string; readonly line: number };

/**
 * The delivery log of a campaign from a place on: one line a candidate, in the order planned. After
 * each row of it comes its place alone, so that whoever looks for few among many can stop there.
 */
export async function* deliveriesOfCampaign(
  ports: Pick<Ports, 'table'>,
  campaignId: string,
  filter: DeliveryFilter,
  from: LogPlace | undefined,
): AsyncIterable<{ readonly line: DeliveryView | undefined; readonly place: LogPlace }> {
  const mailingId = mailingIdOf(campaignId);
  const mailing = await readMailing(ports, mailingId);
  if (!mailing) return;
  for (let segment = from?.segment ?? 0; segment < mailing.it.segments; segment += 1)
    for await (const { it: row } of deliveryRows(ports, mailingId, segment)) {
      if (from && segment === from.segment && row.sequence < from.row) continue;
      for (const [index, line] of row.lines.entries()) {
        const place = { segment, row: row.sequence, line: index };
        const read = from && segment === from.segment && row.sequence === from.row;
        if ((read && index <= from.line) || !matches(line, filter)) continue;
        yield { line: viewOf(line), place };
      }
      yield { line: undefined, place: { segment, row: row.sequence, line: row.lines.length - 1 } };
    }
}

function matches(line: Line, filter: DeliveryFilter): boolean {
  return (
    (filter.person === undefined || filter.person === line.p) &&
    (filter.decision === undefined || filter.decision === line.d) &&
    (filter.reason === undefined || filter.reason === line.r) &&
    (filter.place === undefined || filter.place === placeOf(line)) &&
    (filter.told === undefined || toldFigures(line).includes(filter.told))
  );
}

function viewOf(line: Line): DeliveryView {
  return {
    person: line.p,
    decision: line.d,
    reason: line.r,
    place: placeOf(line),
    at: line.u === undefined ? null : new Date(line.u).toISOString(),
    messageId: line.m ?? null,
    because: line.w ?? null,
    told: toldOf(line),
  };
}
