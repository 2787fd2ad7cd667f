import type { Ports } from '../base/ports.ts';
import { DAY, type Instant } from '../base/time.ts';
import { readAddress } from '../people/address.ts';
import type { Profile } from '../people/person.ts';
import {
  findByAddresses,
  findByExternalIds,
  type AddressRow,
  type Versioned,
} from '../people/store.ts';
import type { Event, Refusal } from './event.ts';
import { readProfiles } from './store.ts';

/** Tills drift by hours and lag by days; a wrong year is a mistake. */
const AHEAD_AT_MOST_MS = 366 * DAY;

const UNKNOWN: Refusal = {
  code: 'person-unknown',
  detail: 'nobody is known by that; make the person first',
};
const ERASED: Refusal = { code: 'person-erased', detail: 'this person asked to be erased' };

/** Whose profile each event is for, or why it cannot be taken, in the order given. */
export async function admit(
  ports: Pick<Ports, 'table' | 'now' | 'secrets'>,
  events: readonly Event[],
): Promise<(Versioned<Profile> | Refusal)[]> {
  const named = await namedBy(ports, events);
  const personIds = [...new Set(named.filter((one) => typeof one === 'string'))];
  const found = await readProfiles(ports, personIds);
  const profiles = new Map(personIds.map((personId, index) => [personId, found[index]]));
  const now = ports.now();
  return events.map((event, index) => {
    const one = named[index]!;
    if (typeof one !== 'string') return one;
    return tooFarAhead(event, now) ?? profiles.get(one) ?? UNKNOWN;
  });
}

/** The person id behind each event, each kind of name looked up in one go. */
async function namedBy(
  ports: Pick<Ports, 'table' | 'secrets'>,
  events: readonly Event[],
): Promise<(string | Refusal)[]> {
  const addresses = events.map(({ email }) =>
    email === undefined ? undefined : readAddress(email),
  );
  const emails = unique(addresses.map((one) => (one && 'email' in one ? one.email : undefined)));
  const externalIds = unique(events.map(({ externalId }) => externalId));
  const byEmail = paired(emails, await findByAddresses(ports, emails));
  const byExternalId = paired(externalIds, await findByExternalIds(ports, externalIds));
  return events.map(({ externalId, personId }, index) => {
    const address = addresses[index];
    if (address && 'refused' in address)
      return { code: 'address-refused', detail: address.refused };
    if (address) return ownerOf(byEmail.get(address.email));
    return personId ?? byExternalId.get(externalId ?? '') ?? UNKNOWN;
  });
}

function ownerOf(row: AddressRow | undefined): string | Refusal {
  if (row?.erasedAt != null) return ERASED;
  return row && !row.pending && row.personId !== null ? row.personId : UNKNOWN;
}

function tooFarAhead({ at }: Event, now: Instant): Refusal | undefined {
  if (at <= now + AHEAD_AT_MOST_MS) return undefined;
  return { code: 'moment-ahead', detail: 'it lies more than a year ahead' };
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))];
}

function paired<Value>(
  names: readonly string[],
  values: readonly (Value | undefined)[],
): Map<string, Value | undefined> {
  return new Map(names.map((name, index) => [name, values[index]]));
}
