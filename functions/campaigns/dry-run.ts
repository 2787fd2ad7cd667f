import type { Ports } from '../base/ports.ts';
import { wallTimeIn, type Instant, type WallTime } from '../base/time.ts';
import { readLimits, UNLIMITED, type SendingLimits } from '../mail/limits.ts';
import type { Someone } from '../people/store.ts';
import type { Decision } from '../policy/decision.ts';
import { gapsOf } from './gaps.ts';
import { addDue, hoursOf, type Dues, type HoursAhead } from './hours.ts';
import { leavingOf, rehearsalOf, type Rehearsal } from './rehearsal.ts';
import { readCampaign } from './store.ts';
import type { ReadPage } from './who-got.ts';

const SAMPLE = 5;

export type DryRun = {
  readonly at: string;
  /** At each reader's own clock; null where it is one moment for everybody. */
  readonly wallTime: WallTime | null;
  readonly candidates: number;
  readonly send: number;
  readonly hold: number;
  readonly digest: number;
  readonly drop: number;
  readonly byReason: Record<string, number>;
  readonly byDecision: Record<Decision['kind'], Record<string, number>>;
  /** How the reach grows: the share of candidates who will have it by each day. */
  readonly reach: readonly { readonly at: string; readonly share: number }[];
  /** Of those who would read it: how many have nothing in a field that the letter shows without a fallback. */
  readonly emptyFields: Record<string, number>;
  /** What leaves in which hour, and how fast it may; undefined when the provider does not say. */
  readonly ahead: HoursAhead;
  readonly limits: SendingLimits | undefined;
  /** Other campaigns that leave before it and are reckoned with. */
  readonly before: Rehearsal['before'];
  readonly sample: readonly { readonly personId: string; readonly decision: Decision }[];
};

/** What would happen at a moment, decided by the same heart, with nothing written. */
export async function dryRun(
  ports: Ports,
  campaignId: string,
  at?: Instant,
  wallTime?: WallTime | null,
): Promise<DryRun> {
  const held = await readCampaign(ports, campaignId);
  const leaving = leavingOf(held, { at, wallTime }, ports.now());
  const { now } = leaving;
  const [{ brand, candidates, readers, decisionFor, before }, limits] = await Promise.all([
    rehearsalOf(ports, held, leaving),
    readLimits(ports),
  ]);
  const byDecision: DryRun['byDecision'] = { send: {}, hold: {}, digest: {}, drop: {} };
  const days = new Map<string, number>();
  const dues: Dues = new Map();
  const sample: DryRun['sample'][number][] = [];
  const gaps = await gapsOf(held.input, brand);
  const emptyFields: Record<string, number> = {};

  /** Counts somebody; answers whether they would read it. */
  const count = (someone: Someone): boolean => {
    const { personId, timeZone } = someone.reader.it;
    const decision = decisionFor(someone);
    const seen = addTo(byDecision[decision.kind], decision.because);
    if (seen <= SAMPLE) sample.push({ personId, decision });
    const arrives = arrivesAt(decision, now);
    if (arrives === undefined) return false;
    const day = wallTimeIn(brand.timeZone, arrives).date;
    days.set(day, (days.get(day) ?? 0) + 1);
    const kind = decision.kind === 'digest' ? 'inLetters' : 'mails';
    addDue(dues, arrives, { kind, timeZone, count: 1 });
    return true;
  };
  if (gaps)
    await forEach(candidates, (person) => {
      if (count(person)) for (const name of gaps(person)) addTo(emptyFields, name);
    });
  else await forEach(readers, count);

  const { send, hold, digest, drop } = byDecision;
  const counts = { send: sum(send), hold: sum(hold), digest: sum(digest), drop: sum(drop) };
  const all = sum(counts);
  return {
    at: new Date(now).toISOString(),
    wallTime: leaving.wallTime,
    candidates: all,
    ...counts,
    byReason: together(Object.values(byDecision)),
    byDecision,
    reach: reachOf(days, all),
    emptyFields,
    ahead: hoursOf(dues, now, brand, limits ?? UNLIMITED),
    limits,
    before,
    sample,
  };
}

async function forEach<Who>(pageOf: ReadPage<Who>, look: (who: Who) => unknown): Promise<void> {
  let from: string | undefined;
  do {
    const page = await pageOf(0, from);
    from = page.next;
    page.people.forEach(look);
  } while (from !== undefined);
}

const addTo = (counts: Record<string, number>, name: string) =>
  (counts[name] = (counts[name] ?? 0) + 1);

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** One reason may stand behind several decisions. */
function together(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const part of parts)
    for (const [name, count] of Object.entries(part)) all[name] = (all[name] ?? 0) + count;
  return all;
}

function arrivesAt(decision: Decision, now: Instant): Instant | undefined {
  switch (decision.kind) {
    case 'send':
      return now;
    case 'hold':
      return decision.until;
    case 'digest':
      return decision.on;
    case 'drop':
      return undefined;
  }
}

function reachOf(days: ReadonlyMap<string, number>, candidates: number): DryRun['reach'] {
  let reached = 0;
  return [...days]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([at, count]) => {
      reached += count;
      return { at, share: Math.round((reached / candidates) * 1_000) / 1_000 };
    });
}
