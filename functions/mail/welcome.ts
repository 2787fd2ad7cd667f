import * as z from 'zod';
import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { wallTimeIn, type Instant } from '../base/time.ts';
import { readBrand, readPerson } from '../people/store.ts';
import { decide } from '../policy/decide.ts';
import { agendaWrite } from './agenda.ts';
import { isFresh, welcomeAsked } from './ask-welcome.ts';
import { lineOf, type Delivery } from './delivery.ts';
import { welcomeMailingId, type Mailing } from './mailing.ts';
import { openDay } from './rest.ts';
import { messagesFor, rowWrites } from './rows.ts';
import { newestPublications } from './store.ts';

/** Few enough to read, and to leave something for the letters to come. */
const WELCOME_ITEMS = 5;
/** So far back a welcome looks for something still good. */
const LOOKED_AT_MOST = 200;
/** Welcomes of one day share their books; their rows are spread over this many partitions. */
const SEGMENTS = 16;
const KIND = 'welcome';
const Confirmed = z.object({ at: z.number() });

/** Somebody has just confirmed: to be written with that, so that their welcome cannot be lost. */
export const welcomeWrite = (personId: string, now: Instant): Write =>
  agendaWrite(KIND, personId, now, { at: now });

/** Sets the welcome going at once; the agenda does it should this be lost. */
export const postWelcome = (ports: Pick<Ports, 'queue'>, personId: string): Promise<void> =>
  ports.queue.post('work', [{ body: { do: 'agenda', kind: KIND, id: personId } }]);

/**
 * Welcomes who has confirmed with what is still good of the topics they chose. One row a person and
 * day, so that a message that comes twice finds it there. Nothing empty is ever sent.
 */
export async function welcome(ports: Ports, personId: string): Promise<void> {
  const agenda = await ports.table.get(keys.agenda(KIND, personId));
  if (!agenda) return;
  const { at: confirmedAt } = Confirmed.parse(agenda.data);
  const done: Write = { kind: 'remove', key: agenda.key, expected: agenda.version };
  const delivery = await rowOf(ports, personId, confirmedAt);
  if (!delivery) {
    await ports.table.writeAll([done]);
    return;
  }
  const mailing = mailingOf(delivery, confirmedAt);
  await openDay(ports, mailing, dayOfWelcome(confirmedAt), ports.now());
  const outcome = await ports.table.writeAll([...rowWrites([delivery], ports.now()), done]);
  if (outcome === 'written') await ports.queue.post('editorial', messagesFor([delivery]));
  // Somebody else was faster, or they were welcomed already today: then nothing is left to do.
  else await ports.table.writeAll([done]);
}

async function rowOf(
  ports: Ports,
  personId: string,
  confirmedAt: Instant,
): Promise<Delivery | undefined> {
  const [brand, found] = await Promise.all([readBrand(ports), readPerson(ports, personId)]);
  if (!found) return undefined;
  const person = { reader: found.reader.it, profile: found.profile.it };
  const now = ports.now();
  const newest = await newestPublications(ports, LOOKED_AT_MOST);
  const numbers = newest
    .filter((publication) => isFresh(publication, person, now))
    .slice(0, WELCOME_ITEMS)
    .map(({ number }) => number);
  if (numbers.length === 0) return undefined;
  const mailingId = welcomeMailingId(dayOfWelcome(confirmedAt));
  const mail = welcomeAsked(mailingId, numbers, confirmedAt);
  const decision = decide({ mail, reader: person.reader, brand, now });
  const line = lineOf(personId, decision, { numbers, plannedFor: confirmedAt });
  return {
    format: 1,
    mailingId,
    segment: shardOf(personId, SEGMENTS),
    sequence: personId,
    state: decision.kind === 'drop' ? 'closed' : 'planned',
    attempt: 0,
    calledAt: null,
    lines: [line],
  };
}

const dayOfWelcome = (confirmedAt: Instant) => wallTimeIn('UTC', confirmedAt).date;

const mailingOf = ({ mailingId }: Delivery, startedAt: Instant): Mailing => ({
  format: 1,
  mailingId,
  kind: 'note',
  state: 'sending',
  blockedBecause: null,
  number: null,
  topic: null,
  segments: SEGMENTS,
  planned: false,
  startedAt,
  finishedAt: null,
  wallTime: null,
});
