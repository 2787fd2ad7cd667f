import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { record, type Act } from '../consent/ledger.ts';
import type { Both } from '../consent/newcomer.ts';
import { waitsAgainWrites } from '../mail/waits-no-more.ts';
import type { Brand } from '../people/brand.ts';
import { WAITING_MOST, type Reader } from '../people/person.ts';
import { changePerson } from '../people/store.ts';
import { letterAfter } from '../policy/calendar.ts';
import { readDeparture, undoing } from './departure.ts';
import { differences, ledgerLines } from './difference.ts';
import { readUndo, undoRemoval, type Undo } from './undo-row.ts';

/**
 * Takes one act back, as far as nothing else was chosen since. Doing it again changes nothing.
 * Answers the person as they are now; undefined when there is no such person.
 */
export async function undo(
  ports: Ports,
  brand: Brand,
  {
    personId,
    undoId,
    act,
  }: { readonly personId: string; readonly undoId: string; readonly act: Act },
): Promise<Both | undefined> {
  let done: Both | undefined;
  await changePerson(ports, personId, async (person) => {
    const now = ports.now();
    const current: Both = { reader: person.reader.it, profile: person.profile.it };
    done = current;
    const kept = await readUndo(ports, undoId);
    if (kept?.it.personId !== personId) return undefined;
    const back = restored(current, kept.it, brand, now);
    const recorded = record(ports, {
      brand,
      ...back,
      changes: ledgerLines(differences(current, back), back.reader),
      act,
      now,
    });
    const departure = kept.it.departure && (await readDeparture(ports, kept.it.departure));
    done = { reader: recorded.reader, profile: back.profile };
    const acted = { before: kept.it.before.reader, after: kept.it.after.reader };
    return {
      ...done,
      also: [
        ...recorded.writes,
        undoRemoval(undoId, kept.version),
        ...(departure ? undoing(departure, now) : []),
        ...(await waitsAgainWrites(ports, acted, current.reader, back.reader, 'suppressed')),
      ],
    };
  });
  return done;
}

/** Each part that the act changed and that still is as the act left it goes back to what it was. */
export function restored(
  { reader, profile }: Both,
  { before, after }: Pick<Undo, 'before' | 'after'>,
  brand: Brand,
  now: Instant,
): Both {
  const subscriptions = followedAgain(reader, before.reader, after.reader, now);
  const following = {
    ...back(reader, before.reader, after.reader),
    subscriptions,
    waiting: waitingAgain(reader, before.reader.waiting),
  };
  return {
    reader: {
      ...following,
      nextDigestAt: dateAgain(following, before.reader.nextDigestAt, brand, now),
    },
    profile: { ...back(profile, before.profile, after.profile), lastActAt: now },
  };
}

/** A topic that was new is left again rather than forgotten: the ledger has its yes, and needs its no. */
function followedAgain(
  reader: Reader,
  before: Pick<Reader, 'subscriptions'>,
  after: Pick<Reader, 'subscriptions'>,
  now: Instant,
): Reader['subscriptions'] {
  const again = back(reader.subscriptions, before.subscriptions, after.subscriptions);
  const fresh = Object.entries(reader.subscriptions)
    .filter(([id]) => again[id] === undefined)
    .map(([id, one]) => [id, { ...one, state: 'withdrawn' as const, at: now }]);
  return { ...again, ...Object.fromEntries(fresh) } as Reader['subscriptions'];
}

/** Works field by field, so that what was chosen in another window since then stays. */
function back<Whole extends object>(
  now: Whole,
  before: Partial<Whole>,
  after: Partial<Whole>,
): Whole {
  const result = { ...now } as Record<string, unknown>;
  const was = before as Record<string, unknown>;
  const became = after as Record<string, unknown>;
  for (const name of new Set([...Object.keys(was), ...Object.keys(became)])) {
    const changed = !same(was[name], became[name]);
    if (!changed || !same(result[name], became[name])) continue;
    if (was[name] === undefined) delete result[name];
    else result[name] = was[name];
  }
  return result as Whole;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What waited waits again, unless a mail has carried it meanwhile. */
function waitingAgain(reader: Reader, before: readonly number[]): number[] {
  const carried = new Set(reader.recent.flatMap(({ n }) => n));
  const all = new Set([...before.filter((number) => !carried.has(number)), ...reader.waiting]);
  return [...all].sort((one, other) => one - other).slice(-WAITING_MOST);
}

function dateAgain(
  reader: Reader,
  before: Instant | null,
  brand: Brand,
  now: Instant,
): Instant | null {
  if (reader.frequency === 'immediate' && reader.waiting.length === 0) return null;
  return before !== null && before > now ? before : letterAfter(reader, brand, now);
}
