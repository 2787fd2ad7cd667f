import { keys } from '../base/keys.ts';
import type { Outcome, Ports, Write } from '../base/ports.ts';
import { DAY, HOUR, MINUTE, type Instant, type LocalDate } from '../base/time.ts';
import { agendaWrite } from './agenda.ts';
import { finishIfDone } from './close.ts';
import type { Mailing } from './mailing.ts';
import { changeMailing, mailingWrite, readMailing } from './store.ts';

const KIND = 'rest-mailing';
const LOOK_AGAIN_MS = HOUR;
/** Who came late to their own day is looked at soon, and not in the same breath. */
const SOON_MS = 10 * MINUTE;
/** Zones are at most this far ahead of or behind UTC, so a local day lies within these borders. */
export const ZONES_APART_MS = 14 * HOUR;

/** Letters of one local day leave in every zone: only when it has ended in the last of them is it over. */
export const overEverywhereAt = (date: LocalDate): Instant =>
  Date.parse(`${date}T00:00:00Z`) + DAY + ZONES_APART_MS;

/** It comes to rest when its day is over. */
const restWrite = (mailingId: string, date: LocalDate, now: Instant): Write => ({
  ...agendaWrite(KIND, mailingId, Math.max(overEverywhereAt(date), now + SOON_MS)),
  expected: 0,
});

/**
 * Opens the mailing of a day, if nobody has, and in the same write what brings it to rest: whoever
 * dies here leaves none that reads as sending for ever.
 */
export async function openDay(
  { table }: Pick<Ports, 'table'>,
  mailing: Mailing,
  date: LocalDate,
  now: Instant,
  also: readonly Write[] = [],
): Promise<Outcome> {
  const writes = [mailingWrite(mailing, 0), ...also, restWrite(mailing.mailingId, date, now)];
  if ((await table.writeAll(writes)) === 'written') return 'written';
  // Somebody had opened it. Should it rest by now, it is looked at once more for who comes late.
  const [opened] = await table.writeEach(writes);
  return opened!;
}

/**
 * The day of a mailing is over everywhere: nobody is planned for it any more, and once no line is
 * open it is `sent`. Until then it is looked at again, so that a crash leaves none behind.
 */
export async function restMailing(ports: Ports, mailingId: string): Promise<void> {
  const agenda = await ports.table.get(keys.agenda(KIND, mailingId));
  if (!agenda) return;
  await changeMailing(ports, mailingId, (mailing) =>
    mailing.planned ? undefined : { ...mailing, planned: true },
  );
  await finishIfDone(ports, mailingId);
  const state = (await readMailing(ports, mailingId))?.it.state ?? 'sent';
  const isOver = state === 'sent' || state === 'stopped';
  const { key, version: expected } = agenda;
  await ports.table.writeAll([
    isOver
      ? { kind: 'remove', key, expected }
      : { ...agendaWrite(KIND, mailingId, ports.now() + LOOK_AGAIN_MS), expected },
  ]);
}
