import { log } from '../base/log.ts';
import type { MailOutcome, Ports, Write } from '../base/ports.ts';
import { MINUTE, SECOND, type Instant } from '../base/time.ts';
import { readerWrite, readPeople, type Versioned } from '../people/store.ts';
import { givenBack, turnOf } from '../policy/turns.ts';
import { probeWrite } from './agenda.ts';
import { batchName, settled, type Delivery, type Line } from './delivery.ts';
import { figureChange, figureWrite } from './figures.ts';
import type { Mailing } from './mailing.ts';
import type { Offer } from './offer.ts';
import {
  changeMailing,
  deliveryWrite,
  readDelivery,
  readFigures,
  readPublications,
} from './store.ts';

const ROUNDS = 8;
/** A line the provider would not take for so long is given up, and said so. */
const TRIES_MOST = 60;
const BACK_OFF_MOST_MS = 15 * MINUTE;

type Called = {
  readonly marked: Versioned<Delivery>;
  readonly outcomes: ReadonlyMap<string, MailOutcome>;
  readonly offers: readonly Offer[];
  readonly mailing: Mailing | undefined;
};

/**
 * Writes what became of each line, and adds it to the books in the same write. If the row was
 * settled meanwhile because we were slow, what we know replaces what was in doubt.
 */
export async function close(ports: Ports, called: Called): Promise<void> {
  const { outcomes, mailing, marked } = called;
  const { mailingId } = marked.it;
  let row = marked;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const after = settled({
      ...row.it,
      lines: row.it.lines.map((line) => closedLine(line, outcomes.get(line.p))),
    });
    const now = ports.now();
    const outcome = await ports.table.writeAll([
      deliveryWrite(after, row.version, now, ...retryAt(ports, after, outcomes, now)),
      figureWrite(mailingId, figureChange(row.it.lines, after.lines), after.sequence),
      ...(await carriedWrites(ports, called, mailingId)),
    ]);
    if (outcome === 'written') {
      await giveBackRefused(ports, after, outcomes);
      const blocked = [...outcomes.values()].find(({ kind }) => kind === 'blocked');
      if (blocked?.kind === 'blocked') await block(ports, mailingId, blocked.reason, mailing);
      else if (mailing?.planned) await finishIfDone(ports, mailingId);
      return;
    }
    const again = await readDelivery(ports, row.it);
    if (!again || again.it.attempt !== marked.it.attempt) break;
    row = again;
  }
  log('error', 'close-lost', { mailing: mailingId, batch: batchName(marked.it) });
}

function closedLine(line: Line, outcome: MailOutcome | undefined): Line {
  if (!outcome || line.d !== 'send' || (line.o !== 'open' && line.o !== 'uncertain')) return line;
  const { w: _before, ...rest } = line;
  switch (outcome.kind) {
    case 'accepted':
      return { ...rest, o: 'accepted', m: outcome.messageId };
    case 'refused':
      return { ...rest, o: 'refused', w: outcome.reason };
    case 'uncertain':
      return { ...rest, o: 'uncertain', w: outcome.reason };
    case 'later': {
      const tries = (line.t ?? 0) + 1;
      return tries >= TRIES_MOST
        ? { ...rest, o: 'refused', w: 'gave-up', t: tries }
        : { ...rest, o: 'open', w: outcome.reason, t: tries };
    }
    case 'blocked':
      return { ...rest, o: 'open', w: outcome.reason };
  }
}

/** Lines not taken are offered again, later each time and never all at the same moment. */
function retryAt(
  ports: Ports,
  after: Delivery,
  outcomes: ReadonlyMap<string, MailOutcome>,
  now: Instant,
): [] | [Instant] {
  const kinds = new Set([...outcomes.values()].map(({ kind }) => kind));
  if (!kinds.has('later') && !kinds.has('blocked')) return [];
  const tries = Math.max(1, ...after.lines.map((line) => line.t ?? 0));
  const wait = kinds.has('blocked')
    ? 5 * MINUTE
    : Math.min(BACK_OFF_MOST_MS, 2 ** Math.min(tries, 12) * SECOND);
  return [now + Math.round(wait * (0.5 + ports.random(1)[0]! / 510))];
}

/** What rode in letters counts for the campaigns it came from. */
async function carriedWrites(ports: Ports, called: Called, mailingId: string): Promise<Write[]> {
  const carried = new Map<number, number>();
  for (const { people } of called.offers)
    for (const { line } of people)
      if (called.outcomes.get(line.p)?.kind === 'accepted')
        for (const number of line.n ?? []) carried.set(number, (carried.get(number) ?? 0) + 1);
  if (carried.size === 0) return [];
  const publications = await readPublications(ports, [...carried.keys()]);
  return [...carried].flatMap(([number, count]) => {
    const publication = publications.get(number);
    return publication
      ? [
          figureWrite(
            publication.mailingId,
            { inLetters: count },
            `${mailingId}${called.marked.it.sequence}`,
          ),
        ]
      : [];
  });
}

/** A refused mail used no place of its reader's. Lost in a crash, it costs them a mail, never gives one too many. */
async function giveBackRefused(
  ports: Ports,
  after: Delivery,
  outcomes: ReadonlyMap<string, MailOutcome>,
): Promise<void> {
  const refused = after.lines.filter(
    (line) => line.o === 'refused' && outcomes.get(line.p) !== undefined,
  );
  if (refused.length === 0 || after.service) return;
  const people = await readPeople(
    ports,
    refused.map(({ p }) => p),
  );
  const writes = people.flatMap((person) => {
    const turn = person && turnOf(person.reader.it, after.mailingId);
    return person && turn?.b === batchName(after)
      ? [readerWrite(givenBack(person.reader.it, after.mailingId), person.reader.version)]
      : [];
  });
  await ports.table.writeEach(writes);
}

/** The provider takes nothing for now: the mailing stands still with the reason, and nothing is used up. */
async function block(
  ports: Ports,
  mailingId: string,
  reason: string,
  mailing: Mailing | undefined,
): Promise<void> {
  log('error', 'mailing-blocked', { mailing: mailingId, reason });
  if (!mailing) return;
  await ports.table.writeAll([probeWrite(mailingId, ports.now())]);
  await changeMailing(ports, mailingId, (now) =>
    now.state === 'sending' || now.state === 'planning'
      ? { ...now, state: 'blocked', blockedBecause: reason }
      : undefined,
  );
}

/** A mailing is `sent` when it is planned and no line is open; what is held stays on its books. */
export async function finishIfDone(ports: Ports, mailingId: string): Promise<void> {
  const { open } = await readFigures(ports, mailingId);
  if (open > 0) return;
  await changeMailing(ports, mailingId, (mailing) =>
    mailing.planned && (mailing.state === 'sending' || mailing.state === 'planning')
      ? { ...mailing, state: 'sent', finishedAt: ports.now() }
      : undefined,
  );
}
