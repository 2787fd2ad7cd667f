import type { Instant } from '../base/time.ts';
import type { Asked } from '../people/condition.ts';
import type { Reader } from '../people/person.ts';
import { letterAfter } from '../policy/calendar.ts';
import { redated } from '../policy/change.ts';
import { decide, type MailAsked } from '../policy/decide.ts';
import { digest, drop, hold, type DropBecause } from '../policy/decision.ts';
import { withTurn } from '../policy/turns.ts';
import type { LeftOut, Line } from './delivery.ts';
import { leftOut } from './digest.ts';
import { arranged, type Issue } from './issue.ts';
import type { Publication } from './publication.ts';
import { turnFor, type Answer, type Work } from './work.ts';

/** Who comes back is not buried: the newest few, and the rest stays unread. */
const ITEMS_AFTER_A_PAUSE = 5;

/** What one reader's letter may hold, and what no longer may. */
export type LetterItems = {
  /** As they stand in the letter. */
  readonly items: readonly Publication[];
  /** Taken out of this day's letters by the house: they wait for the next one. */
  readonly removed: readonly number[];
  readonly out: readonly LeftOut[];
  /** A pause ended for them, and this letter is the first since. */
  readonly returned: boolean;
};

/** The items of one reader's letter at a moment, from what waits for them, in the house's order. */
export function letterItems(
  person: Asked,
  numbers: readonly number[],
  publications: ReadonlyMap<number, Publication>,
  issue: Issue | undefined,
  now: Instant,
): LetterItems {
  const out: LeftOut[] = [];
  const good: Publication[] = [];
  for (const n of numbers) {
    const publication = publications.get(n);
    const r = leftOut(publication, person, now);
    if (r === undefined) good.push(publication!);
    else out.push({ n, r });
  }
  const { current, old } = newestOfSeries(good);
  for (const { number } of old) out.push({ n: number, r: 'newer-came' });
  const removed = current.map(({ number }) => number).filter((n) => issue?.removed.includes(n));
  const { pause } = person.reader;
  const returned = pause !== null && pause.until <= now;
  const all = current.filter(({ number }) => !removed.includes(number));
  const gathered = returned && all.some(({ publishedAt }) => publishedAt < pause.until);
  const few = gathered ? newest(all, ITEMS_AFTER_A_PAUSE) : all;
  for (const { number } of all.filter((one) => !few.includes(one)))
    out.push({ n: number, r: 'newer-came' });
  return { items: arranged(few, issue), removed, out, returned };
}

/** What comes again and again is told once: its newest takes the place of those before it. */
function newestOfSeries(good: readonly Publication[]): {
  readonly current: readonly Publication[];
  readonly old: readonly Publication[];
} {
  const last = new Map<string, Publication>();
  for (const one of newest(good, good.length).reverse())
    if (one.series !== null) last.set(one.series, one);
  const isOld = (one: Publication) => one.series !== null && last.get(one.series) !== one;
  return { current: good.filter((one) => !isOld(one)), old: good.filter(isOld) };
}

const newest = (publications: readonly Publication[], most: number) =>
  [...publications]
    .sort((one, other) => other.publishedAt - one.publishedAt || other.number - one.number)
    .slice(0, most);

/** Asks the heart about one reader's letter: each item is asked again, then the letter itself. */
export function askForLetter(work: Work, line: Line, person: Asked, now: Instant): Answer {
  const { brand, publications, issue, rules } = work;
  const { reader: base } = person;
  const planned = (line.n ?? []).filter((number) => base.waiting.includes(number));
  const { items, removed, out, returned } = letterItems(person, planned, publications, issue, now);
  const numbers = items.map(({ number }) => number);
  const mail: MailAsked = {
    ...work.mail,
    numbers,
    ...(line.f === undefined ? {} : { plannedFor: line.f }),
  };
  const decision = decide({ mail, reader: base, brand, now }, rules);
  switch (decision.kind) {
    case 'hold':
      return { decision, items, after: base };
    case 'digest':
      // Its date has come for whoever planned it and not by this clock: the row stays open, because
      // a worker whose clock is ahead may be taking the turn.
      return decision.on === line.f && decision.on > now
        ? { decision: hold('preferred-time', decision.on), items, after: base }
        : { decision, items, after: { ...base, nextDigestAt: decision.on } };
    case 'drop':
      return decision.because === 'already-sent'
        ? { decision, items, after: base }
        : emptied(base, decision.because);
    case 'send':
      break;
  }
  // What the house took out of this day's letters waits for the next one.
  const waiting = base.waiting.filter((n) => !planned.includes(n) || removed.includes(n));
  if (items.length > 0) {
    const turn = {
      ...turnFor(work, now, 'e', numbers),
      ...(base.nextDigestAt === null ? {} : { d: base.nextDigestAt }),
      ...(base.lastDigestAt === null ? {} : { l: base.lastDigestAt }),
      ...(returned && base.pause ? { p: base.pause } : {}),
    };
    const pause = returned ? null : base.pause;
    const sent = withTurn({ ...base, pause, waiting, lastDigestAt: now }, turn);
    return { decision, items, out, returned, after: redated(sent, brand, now) };
  }
  if (removed.length > 0) {
    const on = letterAfter(base, brand, now);
    const after = { ...base, waiting, nextDigestAt: on };
    return { decision: digest('frequency', on), items, out, after };
  }
  return emptied(base, out[0]?.r ?? 'already-sent');

  function emptied(reader: Reader, because: DropBecause): Answer {
    const kept = reader.waiting.filter((n) => !planned.includes(n));
    const known = new Set(out.map(({ n }) => n));
    const others = planned.filter((n) => !known.has(n)).map((n) => ({ n, r: because }));
    return {
      decision: drop(because),
      items: [],
      out: [...out, ...others],
      after: redated({ ...reader, waiting: kept }, brand, now),
    };
  }
}
