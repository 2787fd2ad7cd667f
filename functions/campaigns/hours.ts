import { HOUR, MINUTE, SECOND, wallTimeIn, type Instant } from '../base/time.ts';
import { roomAt, type SendingLimits } from '../mail/limits.ts';
import type { Brand } from '../people/brand.ts';
import { outsideQuietHours } from '../policy/calendar.ts';

/** What leaves within one hour of the house: mails of their own, and readers' letters that carry it. */
export type HourAhead = {
  readonly at: Instant;
  readonly mails: number;
  readonly inLetters: number;
  /** Both, by the hour that the readers' own clocks show. */
  readonly clocks: ReadonlyMap<number, number>;
};
export type HoursAhead = {
  readonly hours: readonly HourAhead[];
  /** What leaves later than that. */
  readonly afterwards: { readonly mails: number; readonly inLetters: number };
};
type Kind = 'mails' | 'inLetters';
type Crowd = { readonly kind: Kind; readonly timeZone: string; readonly count: number };
/** Who is due when. Of one kind and one zone, one is like another. */
export type Dues = Map<Instant, Map<string, Crowd>>;
type House = Pick<Brand, 'timeZone' | 'quiet'>;

/** So far one looks ahead. */
const HOURS_AHEAD = 72;
/** So often it is looked whether a night has begun somewhere: clocks of zones differ by quarters. */
const STEP = 15 * MINUTE;

export function addDue(dues: Dues, at: Instant, crowd: Crowd): void {
  const name = `${crowd.kind} ${crowd.timeZone}`;
  const crowds = dues.get(at);
  const count = (crowds?.get(name)?.count ?? 0) + crowd.count;
  if (crowds) crowds.set(name, { ...crowd, count });
  else dues.set(at, new Map([[name, crowd]]));
}

/**
 * Lets everybody who is due leave, first come first served, at the pace of the provider: what an
 * hour has no room for leaves in the next, and what meets its reader's night on the morning after.
 * What else the house sends then takes its share of that pace; it is not foreseen here.
 */
export function hoursOf(
  wanted: Dues,
  from: Instant,
  house: House,
  limits: SendingLimits,
): HoursAhead {
  const until = from + HOURS_AHEAD * HOUR;
  const dues: Dues = new Map();
  const sum = new Hours(house.timeZone);
  for (const [at, crowds] of wanted)
    if (at < until) dues.set(at, new Map(crowds));
    else for (const crowd of crowds.values()) sum.afterwards(crowd);
  const gone: { readonly at: Instant; readonly count: number }[] = [];
  let freeAt = from;
  for (let step = Math.floor(from / STEP) * STEP; step < until; step += STEP) {
    const end = Math.min(step + STEP, until);
    for (let due = firstIn(dues, end); due !== undefined; due = firstIn(dues, end)) {
      const at = Math.max(due, step, freeAt);
      if (at >= end) break;
      const crowds = awakeAt(at, dues, due, house);
      const all = crowds.reduce((total, { count }) => total + count, 0);
      const room = Math.max(0, roomAt(limits, gone, at));
      const pace = Math.max(1, Math.floor(((end - at) * limits.ratePerSecond) / SECOND));
      const count = Math.min(all, room, pace);
      for (const [crowd, leaves] of sharedOut(crowds, count, all)) {
        sum.leave(at, { ...crowd, count: leaves });
        const stays = crowd.count - leaves;
        // The pace has room again at once; the quota of a day is asked about again after an hour.
        if (stays > 0) addDue(dues, room <= pace ? at + HOUR : due, { ...crowd, count: stays });
      }
      if (count > 0) gone.push({ at, count });
      freeAt = at + (count * SECOND) / limits.ratePerSecond;
    }
  }
  for (const crowds of dues.values()) for (const crowd of crowds.values()) sum.afterwards(crowd);
  return sum.answer();
}

function firstIn(dues: Dues, end: Instant): Instant | undefined {
  let first: Instant | undefined;
  for (const at of dues.keys()) if (at < end && (first === undefined || at < first)) first = at;
  return first;
}

/** Takes out who is due, and puts off whoever sleeps by now to where their night ends. */
function awakeAt(at: Instant, dues: Dues, due: Instant, house: House): readonly Crowd[] {
  const crowds = [...dues.get(due)!.values()];
  dues.delete(due);
  return crowds.filter((crowd) => {
    const opens = outsideQuietHours(crowd, house, at);
    if (opens > at) addDue(dues, opens, crowd);
    return opens === at;
  });
}

/** So many of all, from each crowd its share: readers leave in the order of their ids, which is chance. */
function sharedOut(
  crowds: readonly Crowd[],
  count: number,
  all: number,
): (readonly [Crowd, number])[] {
  let left = count;
  let rest = all;
  return crowds.map((crowd) => {
    const share = rest === 0 ? 0 : Math.min(crowd.count, Math.round((left * crowd.count) / rest));
    left -= share;
    rest -= crowd.count;
    return [crowd, share];
  });
}

/** What has left, by the hours of the house's wall. */
class Hours {
  readonly #timeZone: string;
  readonly #hours = new Map<
    Instant,
    { mails: number; inLetters: number; clocks: Map<number, number> }
  >();
  readonly #afterwards = { mails: 0, inLetters: 0 };

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  leave(at: Instant, { kind, timeZone, count }: Crowd): void {
    if (count === 0) return;
    const hour = hourOf(this.#timeZone, at);
    const found = this.#hours.get(hour) ?? { mails: 0, inLetters: 0, clocks: new Map() };
    this.#hours.set(hour, found);
    found[kind] += count;
    const clock = Math.floor(wallTimeIn(timeZone, at).minutes / 60);
    found.clocks.set(clock, (found.clocks.get(clock) ?? 0) + count);
  }

  afterwards({ kind, count }: Crowd): void {
    this.#afterwards[kind] += count;
  }

  answer(): HoursAhead {
    const hours = [...this.#hours].sort(([one], [other]) => one - other);
    return { hours: hours.map(([at, hour]) => ({ at, ...hour })), afterwards: this.#afterwards };
  }
}

/** Where an hour begins on the wall of a zone, which may be a quarter past on ours. */
function hourOf(timeZone: string, at: Instant): Instant {
  const minute = Math.floor(at / MINUTE) * MINUTE;
  return minute - (wallTimeIn(timeZone, at).minutes % 60) * MINUTE;
}
