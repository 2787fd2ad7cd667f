import { DAY, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import { WAITING_MOST, type Reader, type Turn } from '../people/person.ts';

/** Turns older than any window they are counted in are forgotten, so the row stays small. */
const EDITORIAL_KEPT_DAYS = 31;
const TURNS_KEPT = 24;

/** How many letters may come in the cap's window; a letter's place is kept free by what comes at once. */
export function letterCap(brand: Brand): number {
  return brand.cap.mails;
}

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

/** The first moment from `from` on at which one more mail would not exceed so many. */
export function earliestUnderCap(
  reader: Reader,
  cap: number,
  from: Instant,
  days: number,
): Instant {
  const times = reader.recent.map(({ at }) => at).sort((one, other) => one - other);
  const inWindow = times.filter((at) => at > from - days * DAY);
  if (inWindow.length < cap) return from;
  return inWindow[inWindow.length - cap]! + days * DAY;
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
  const kept = reader.recent.filter(
    (other) => other.m !== turn.m && other.at > turn.at - EDITORIAL_KEPT_DAYS * DAY,
  );
  return { ...reader, recent: [...kept, turn].slice(-TURNS_KEPT) };
}
