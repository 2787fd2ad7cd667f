import { log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { notMe } from '../consent/forget-sign-up.ts';
import type { Delivery } from '../mail/delivery.ts';
import { settleTold } from '../mail/settle.ts';
import { readAddress } from '../people/address.ts';
import { findByAddress, readBrand, readPerson } from '../people/store.ts';
import { stopWhereTooManyComplain } from './complaints.ts';
import type { ProviderEvent } from './event.ts';
import { readingOf, type Reading } from './reading.ts';
import { complains, nothingReaches } from './standing.ts';

const ROWS_AT_ONCE = 8;

/**
 * What the provider tells, many at a time: each row of the delivery log is written once for all that
 * is told of its lines, then the people it is about are. Told twice, late or in any order, it comes
 * to the same.
 */
export async function takeEvents(ports: Ports, events: readonly ProviderEvent[]): Promise<void> {
  const readings = events.map(readingOf);
  const rows = await settleRows(ports, readings);
  for (const reading of readings)
    if (reading.person !== undefined)
      await concern(ports, reading, reading.place && rows.get(nameOf(reading.place)));
}

type Place = NonNullable<Reading['place']>;
const nameOf = ({ name }: Place) => `${name.mailingId} ${name.segment} ${name.sequence}`;

async function settleRows(
  ports: Ports,
  readings: readonly Reading[],
): Promise<Map<string, Delivery>> {
  const placed = readings.flatMap(({ place, bits, messageId }) =>
    place ? [{ place, told: { line: place.line, bits, messageId } }] : [],
  );
  const groups = [...Map.groupBy(placed, ({ place }) => nameOf(place))];
  const rows = new Map<string, Delivery>();
  for (let from = 0; from < groups.length; from += ROWS_AT_ONCE)
    await Promise.all(
      groups.slice(from, from + ROWS_AT_ONCE).map(async ([name, told]) => {
        const row = await settleTold(
          ports,
          told[0]!.place.name,
          told.map((one) => one.told),
        );
        if (row) rows.set(name, row);
      }),
    );
  return rows;
}

/** An address that died or a reader who complained: whoever it is, by their line or by their address. */
async function concern(
  ports: Ports,
  { place, person, recipient, sentAt }: Reading,
  row: Delivery | undefined,
): Promise<void> {
  const lineOf = place && row?.lines[place.line]?.p;
  const personId = await whoIs(ports, lineOf, recipient, person === 'dead');
  log('info', 'feedback', { person: personId ?? 'unknown', told: person });
  if (personId === undefined) return;
  if (!(await readPerson(ports, personId))) {
    // They signed up and have not confirmed: the forms leave that address alone.
    await notMe(ports, personId);
    return;
  }
  if (person === 'dead') return nothingReaches(ports, personId, sentAt);
  await complains(ports, await readBrand(ports), personId, sentAt);
  if (row) await stopWhereTooManyComplain(ports, row.mailingId);
}

/**
 * Who has changed their address since is not reached by what happens at the old one; but a complaint
 * is theirs wherever the mail went.
 */
async function whoIs(
  ports: Ports,
  onLine: string | undefined,
  recipient: string,
  mustReachThem: boolean,
): Promise<string | undefined> {
  const address = readAddress(recipient);
  const email = 'email' in address ? address.email : undefined;
  const person = onLine === undefined ? undefined : await readPerson(ports, onLine);
  if (person && (!mustReachThem || person.profile.it.email === email)) return onLine;
  if (email === undefined) return undefined;
  return (await findByAddress(ports, email))?.it.personId ?? undefined;
}
