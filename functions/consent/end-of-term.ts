import type { Ports, Write } from '../base/ports.ts';
import { keys } from '../base/keys.ts';
import type { Instant } from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import type { Profile, Reader } from '../people/person.ts';
import { changePerson, readBrand } from '../people/store.ts';
import { withoutTopic } from '../policy/change.ts';
import { record } from './ledger.ts';
import { customerUntil } from './other-bases.ts';
import { topicSubject } from './record.ts';

/** The topics somebody is written to about as a customer. */
const asCustomer = ({ subscriptions }: Reader) =>
  Object.entries(subscriptions).filter(
    ([, { state, basis }]) => state === 'given' && basis === 'soft-opt-in',
  );

function endsAt(reader: Reader, profile?: Profile): Instant | undefined {
  const sold = asCustomer(reader).map(([, { soldAt = 0 }]) => soldAt);
  if (sold.length === 0) return undefined;
  return customerUntil(Math.max(...sold, profile?.facts.lastPurchaseAt ?? 0));
}

/** On the agenda for who is written to as a customer: asked then whether they bought again. */
export function endWrites(reader: Reader): Write[] {
  const at = endsAt(reader);
  return at === undefined ? [] : [agendaWrite('end-of-term', reader.personId, at)];
}

/** Three years after the last purchase mail to a customer ends, and the ledger says why. A later purchase moves the date. */
export async function endOfTerm(ports: Ports, personId: string): Promise<void> {
  const brand = await readBrand(ports);
  const key = keys.agenda('end-of-term', personId);
  const person = await changePerson(ports, personId, ({ reader: { it }, profile }) => {
    const now = ports.now();
    const at = endsAt(it, profile.it);
    if (at === undefined) return { also: [{ kind: 'remove', key }] };
    if (at > now) return { also: [agendaWrite('end-of-term', personId, at)] };
    const ended = asCustomer(it).map(([topic]) => topic);
    const recorded = record(ports, {
      brand,
      reader: ended.reduce((reader, topic) => withoutTopic(reader, topic, now), it),
      profile: profile.it,
      changes: ended.map((topic) => ({
        purpose: topicSubject(topic),
        state: 'withdrawn',
        legalBasis: 'soft-opt-in',
      })),
      act: {
        by: { kind: 'house', name: 'three years after the last purchase' },
        method: 'end-of-term',
        surface: { name: 'end-of-term', version: '1', url: '' },
        words: null,
        language: it.language,
      },
      now,
    });
    return { reader: recorded.reader, also: [...recorded.writes, { kind: 'remove', key }] };
  });
  if (!person) await ports.table.writeAll([{ kind: 'remove', key }]);
}
