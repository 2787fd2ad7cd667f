import { log } from '../base/log.ts';
import type { MailOutcome, Ports, Write } from '../base/ports.ts';
import { MINUTE, SECOND, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Reader } from '../people/person.ts';
import { readerWrite, readPeople, type Versioned } from '../people/store.ts';
import { redated } from '../policy/change.ts';
import { givenBack, turnOf, withItemsBack, withoutTurn } from '../policy/turns.ts';
import { probeWrite } from './agenda.ts';
import { batchName, settled, type Delivery, type DeliveryName, type Line } from './delivery.ts';
import { figureChange, figureWrite } from './figures.ts';
import { mailsOfDayWrites } from './house-figures.ts';
import { isWelcome, type Mailing } from './mailing.ts';
import { STANDS_STILL } from './stands-still.ts';
import { toldAtOnce } from './told.ts';
import {
  changeMailing,
  deliveryWrite,
  readDelivery,
  readFigures,
  readMailing,
  readPublications,
} from './store.ts';

const ROUNDS = 8;
/** A line the provider would not take for so long is given up, and said so. */
const TRIES_MOST = 60;
const GAVE_UP = 'gave-up';
const BACK_OFF_MOST_MS = 15 * MINUTE;

type Called = {
  readonly marked: Versioned<Delivery>;
  readonly outcomes: ReadonlyMap<string, MailOutcome>;
  readonly brand: Brand;
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
      ...mailsOfDayWrites(row.it.lines, after.lines, {
        timeZone: called.brand.timeZone,
        now,
        seed: after.sequence,
      }),
      ...(await carriedWrites(ports, row.it, after)),
    ]);
    if (outcome === 'written') {
      await giveBackRefused(ports, called.brand, after, outcomes);
      const blocked = [...outcomes.values()].find(({ kind }) => kind === 'blocked');
      if (blocked?.kind === 'blocked') await block(ports, mailingId, blocked.reason, mailing);
      else if (mailing) await finishIfDone(ports, mailingId);
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
      return { ...rest, o: 'accepted', m: outcome.messageId, ...toldAtOnce(outcome) };
    case 'refused':
      return { ...rest, o: 'refused', w: outcome.reason };
    case 'uncertain':
      return { ...rest, o: 'uncertain', w: outcome.reason };
    case 'later': {
      const tries = (line.t ?? 0) + 1;
      return tries >= TRIES_MOST
        ? { ...rest, o: 'refused', w: GAVE_UP, t: tries }
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

/** What rode in letters counts for the campaigns it came from, in the write that learns that they came. */
export async function carriedWrites(
  ports: Pick<Ports, 'table'>,
  before: Delivery,
  after: Delivery,
): Promise<Write[]> {
  // What a welcome holds was never put off to anybody's letter.
  if (isWelcome(after.mailingId)) return [];
  const carried = new Map<number, number>();
  const add = (numbers: readonly number[] = [], by: number) => {
    for (const number of numbers) carried.set(number, (carried.get(number) ?? 0) + by);
  };
  for (const [index, line] of after.lines.entries()) {
    const was = before.lines[index];
    if (line.o === 'accepted' && was?.o !== 'accepted') add(line.n, 1);
    if (line.o !== 'accepted' && was?.o === 'accepted') add(was.n, -1);
  }
  if (carried.size === 0) return [];
  const publications = await readPublications(ports, [...carried.keys()]);
  const seed = `${after.mailingId}${after.sequence}`;
  return [...carried].flatMap(([number, count]) => {
    const publication = publications.get(number);
    return publication ? [figureWrite(publication.mailingId, { inLetters: count }, seed)] : [];
  });
}

/**
 * A refused mail used no place of its reader's. What was in a letter waits for the next one only
 * where the provider gave no answer for too long: a letter it will not have for this person would be
 * refused for ever. Lost in a crash, this costs them a mail, and never gives one too many.
 */
export async function giveBackRefused(
  ports: Pick<Ports, 'table' | 'now'>,
  brand: Brand,
  after: Delivery,
  outcomes: Pick<ReadonlyMap<string, unknown>, 'has'>,
): Promise<void> {
  const refused = after.lines.filter((line) => line.o === 'refused' && outcomes.has(line.p));
  await giveBack(ports, brand, after, refused);
}

/** A letter that could not be made for somebody took no place of theirs either. */
export async function giveBackUnmade(
  ports: Pick<Ports, 'table' | 'now'>,
  brand: Brand,
  after: Delivery,
  claimed: Pick<ReadonlyMap<string, unknown>, 'has'>,
): Promise<void> {
  const unmade = after.lines.filter((line) => line.r === 'render-failed' && claimed.has(line.p));
  await giveBack(ports, brand, after, unmade);
}

/**
 * A worker that was late took turns for a row which somebody else had carried out meanwhile: where
 * that one said no, nobody uses them. Whoever is not to be called any more has the place back, and
 * what rode in a letter waits again.
 */
export async function giveBackUnused(
  ports: Pick<Ports, 'table'>,
  name: DeliveryName,
  attempt: number,
  claimed: ReadonlyMap<string, { readonly person?: unknown }>,
): Promise<void> {
  const row = (await readDelivery(ports, name))?.it;
  // A row that nobody carried out since is still to be: the same turn is the next worker's.
  if (!row || row.service || row.attempt < attempt) return;
  const isUnused = ({ p, d, o }: Line) =>
    claimed.get(p)?.person !== undefined && (d !== 'send' || o === 'refused');
  const unused = row.lines.filter(isUnused).map(({ p }) => p);
  const people = await readPeople(ports, unused);
  const writes = people.flatMap((person) => {
    const turn = person && turnOf(person.reader.it, row.mailingId);
    return person && turn?.b === batchName(row) && turn.a === attempt
      ? [readerWrite(givenBack(person.reader.it, row.mailingId), person.reader.version)]
      : [];
  });
  await ports.table.writeEach(writes);
}

async function giveBack(
  ports: Pick<Ports, 'table' | 'now'>,
  brand: Brand,
  after: Delivery,
  lines: readonly Line[],
): Promise<void> {
  if (lines.length === 0 || after.service) return;
  const people = await readPeople(
    ports,
    lines.map(({ p }) => p),
  );
  const now = ports.now();
  const back = (reader: Reader, because: string | undefined) =>
    because === GAVE_UP
      ? redated(withItemsBack(reader, after.mailingId), brand, now)
      : withoutTurn(reader, after.mailingId);
  const writes = people.flatMap((person, index) => {
    const turn = person && turnOf(person.reader.it, after.mailingId);
    return person && turn?.b === batchName(after)
      ? [readerWrite(back(person.reader.it, lines[index]?.w), person.reader.version)]
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
  log('error', STANDS_STILL.provider, { mailing: mailingId, reason });
  if (!mailing) return;
  await changeMailing(
    ports,
    mailingId,
    (now) =>
      now.state === 'sending' || now.state === 'planning'
        ? { ...now, state: 'blocked', blockedBecause: reason }
        : undefined,
    [probeWrite(mailingId, ports.now())],
  );
}

/** A mailing is `sent` when it is planned and no line is open; what is held stays on its books. */
export async function finishIfDone(ports: Ports, mailingId: string): Promise<void> {
  // Read anew: the plan may have ended while the last of its rows was on its way.
  if (!(await readMailing(ports, mailingId))?.it.planned) return;
  const { open } = await readFigures(ports, mailingId);
  if (open > 0) return;
  await changeMailing(ports, mailingId, (mailing) =>
    mailing.planned && (mailing.state === 'sending' || mailing.state === 'planning')
      ? { ...mailing, state: 'sent', finishedAt: ports.now() }
      : undefined,
  );
}
