import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import { DUE_SHARDS, type Ports } from '../base/ports.ts';
import { HOUR, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import { Reader } from '../people/person.ts';
import { readerWrite, readPeople, type Person } from '../people/store.ts';
import { dayOf, soonestLetterAfter } from '../policy/calendar.ts';
import { figureWrite } from './figures.ts';
import { letterMailingId } from './mailing.ts';
import { readMailing } from './store.ts';

/** A date this far behind was missed: a held night is at most eleven hours, a late run waits for six. */
const MISSED_AFTER_MS = 26 * HOUR;
const READERS_AT_ONCE = 400;
/** Enough to know that something is wrong, and few enough to count whenever somebody looks. */
const COUNTED_MOST = 1_000;

/**
 * A letter that was due and not made, although its day was, is noticed: it gets the next allowed
 * hour, and its day says how many there were. What waits for somebody of the house goes on waiting.
 */
export async function redateMissed(ports: Ports, shard: number, brand: Brand): Promise<void> {
  const now = ports.now();
  const ids: string[] = [];
  for await (const row of ports.table.due('people', shard, now - MISSED_AFTER_MS)) {
    ids.push(Reader.parse(row.data).personId);
    if (ids.length >= READERS_AT_ONCE) break;
  }
  if (ids.length === 0) return;
  const people = await readPeople(ports, ids);
  const late = people.filter(
    (person): person is Person =>
      person !== undefined && (person.reader.it.nextDigestAt ?? now) <= now - MISSED_AFTER_MS,
  );
  const mailingOf = ({ reader: { it } }: Person) => letterMailingId(dayOf(it, it.nextDigestAt!));
  for (const [mailingId, missed] of Map.groupBy(late, mailingOf)) {
    if ((await readMailing(ports, mailingId))?.it.state === 'paused') continue;
    const outcomes = await ports.table.writeEach(
      missed.map(({ reader: { it, version } }) =>
        readerWrite({ ...it, nextDigestAt: soonestLetterAfter(it, brand, now) }, version),
      ),
    );
    const readers = outcomes.filter((outcome) => outcome === 'written').length;
    if (readers === 0) continue;
    await ports.table.writeEach([
      figureWrite(mailingId, { missed: readers }, `${mailingId}${shard}`),
      {
        kind: 'put',
        key: keys.digestRun(mailingId),
        data: { mailingId, startedAt: now },
        expected: 0,
      },
    ]);
    log('warn', 'letters-missed', { mailing: mailingId, shard, readers });
  }
}

/** Readers whose letter should have left long ago, read from the dates themselves and nobody's report. */
export async function overdueLetters(
  ports: Pick<Ports, 'table' | 'now'>,
  brand: Brand,
): Promise<{ readonly readers: number; readonly since: Instant | null }> {
  const until = ports.now() - brand.lateAfterHours * HOUR;
  let readers = 0;
  let since: Instant | null = null;
  for (let shard = 0; shard < DUE_SHARDS; shard += 1)
    for await (const { due } of ports.table.due('people', shard, until)) {
      readers += 1;
      since = Math.min(since ?? Infinity, due!.at);
      if (readers >= COUNTED_MOST) return { readers, since };
    }
  return { readers, since };
}
