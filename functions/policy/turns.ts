import { DAY, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import {
  MAILS_TOLD,
  WAITING_MOST,
  type PastTurn,
  type Reader,
  type Turn,
} from '../people/person.ts';

/**
 * Turns older than any window they are counted in are forgotten, so the row stays small: these are
 * the longest windows and the highest numbers that a house may set.
 */
const KEPT_DAYS: Record<Turn['c'], number> = { e: 31, l: 90 };
const KEPT_MOST = 50;

/**
 * How many mails may come at once in the cap's window: who also gets a letter keeps a place for
 * it; a topic that promises more a week raises the cap for those who follow it.
 */
export function atOnceCap(reader: Reader, brand: Brand, topicAtMost: number | null): number {
  const cap = Math.max(brand.cap.mails, topicAtMost ?? 0);
  return reader.frequency === 'immediate' ? cap : Math.max(0, cap - 1);
}

/** Mails of ours, letters and campaigns and personal notes together, in the window that ends now. */
export function mailsInWindow(
  reader: Reader,
  days: number,
  now: Instant,
  category?: Turn['c'],
): number {
  return reader.recent.filter(
    (turn) => turn.at > now - days * DAY && (category === undefined || turn.c === category),
  ).length;
}

/**
 * The first moment from `from` on at which a letter has a place under the cap. What came because
 * its topic promises more than the house does raises the cap for as long as it counts, so that who
 * follows such a topic still gets their own letter.
 */
export function placeForLetterFrom(
  { recent }: Pick<Reader, 'recent'>,
  { cap }: Pick<Brand, 'cap'>,
  from: Instant,
): Instant {
  const windowMs = cap.days * DAY;
  const leaving = recent.map(({ at }) => at + windowMs).filter((at) => at > from);
  const moments = [from, ...leaving.sort((one, other) => one - other)];
  const hasPlace = (at: Instant) => {
    const counted = recent.filter((turn) => turn.at > at - windowMs);
    return counted.length < Math.max(cap.mails, ...counted.map(({ k }) => k ?? 0));
  };
  return moments.find(hasPlace) ?? moments.at(-1)!;
}

/** Who takes a turn: one attempt of one delivery row of one mailing. */
export type Claim = { readonly mailing: string; readonly batch: string; readonly attempt: number };

/** The turn this mailing already took with this reader, if any. */
export function turnOf(reader: Reader, mailing: string): Turn | undefined {
  return reader.recent.find((turn) => turn.m === mailing);
}

/** Whether a publication has reached the reader, alone or in a letter. */
export function carried(reader: Reader, number: number): boolean {
  return reader.recent.some((turn) => turn.n.includes(number));
}

/**
 * The reader as they would be had this mailing's turn not been taken: asked again before a retry. A
 * date that was moved since (by another letter, a pause, another pace) stays as it is now.
 */
export function givenBack(reader: Reader, mailing: string): Reader {
  const turn = turnOf(reader, mailing);
  if (!turn) return reader;
  const back = withItemsBack(reader, mailing);
  // After "stop everything" nothing waits any more.
  if (turn.d === undefined || reader.stoppedAt !== null) return back;
  const isLast = reader.lastDigestAt === turn.at;
  const changedAt = Math.max(reader.frequencySince, reader.pause?.from ?? 0);
  return {
    ...back,
    nextDigestAt: isLast && changedAt <= turn.at ? turn.d : reader.nextDigestAt,
    lastDigestAt: isLast ? (turn.l ?? null) : reader.lastDigestAt,
    pause: reader.pause ?? turn.p ?? null,
  };
}

/** The reader without the turn; what a letter of it carried waits again. Dates stay as they are. */
export function withItemsBack(reader: Reader, mailing: string): Reader {
  const turn = turnOf(reader, mailing);
  const back = withoutTurn(reader, mailing);
  if (turn?.d === undefined || reader.stoppedAt !== null) return back;
  return { ...back, waiting: [...new Set([...turn.n, ...reader.waiting])].slice(-WAITING_MOST) };
}

/** The reader with that place under the cap free again. */
export function withoutTurn(reader: Reader, mailing: string): Reader {
  return { ...reader, recent: reader.recent.filter(({ m }) => m !== mailing) };
}

/** The reader after taking a turn. Taking it again with a later attempt replaces it. */
export function withTurn(reader: Reader, turn: Turn): Reader {
  const young = reader.recent.filter(
    (other) => other.m !== turn.m && other.at > turn.at - KEPT_DAYS[other.c] * DAY,
  );
  const most = (category: Turn['c']) =>
    [...young, turn].filter(({ c }) => c === category).slice(-KEPT_MOST);
  const recent = [...most('e'), ...most('l')];
  return { ...reader, recent, past: pastAfter(reader, turn, recent.length) };
}

/** Who gets few mails is still told of the last ten; who gets many has them among the turns that count. */
function pastAfter({ recent, past }: Reader, { m, at }: Turn, known: number): PastTurn[] {
  const fallen = recent
    .filter((other) => other.m !== m && other.at <= at - KEPT_DAYS[other.c] * DAY)
    .map(pastOf);
  // The turn just taken may be given back.
  const room = Math.max(0, MAILS_TOLD + 1 - known);
  return room === 0 ? [] : [...past, ...fallen].slice(-room);
}

/** As much of a turn as its reader may ask for later. */
export function pastOf({ m, at, c, n }: Turn): PastTurn {
  return { m, at, c, n: n[0] ?? null, ...(n.length > 1 && { q: n.length }) };
}

/** One of the last turns, and the whole of it while the reader row still has it. */
export type LastTurn = PastTurn & { readonly whole: Turn | undefined };

/** The last ten turns, newest first. */
export const lastTurns = ({ past, recent }: Reader): LastTurn[] =>
  [
    ...past.map((turn) => ({ ...turn, whole: undefined })),
    ...recent.map((whole) => ({ ...pastOf(whole), whole })),
  ]
    .sort((one, other) => other.at - one.at)
    .slice(0, MAILS_TOLD);
