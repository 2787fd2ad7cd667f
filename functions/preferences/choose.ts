import type { Ports } from '../base/ports.ts';
import { record, type Act } from '../consent/ledger.ts';
import type { Both } from '../consent/newcomer.ts';
import { hashOf, type ConsentRecord, type Words } from '../consent/record.ts';
import { waitsNoMoreWrites } from '../mail/waits-no-more.ts';
import type { Brand } from '../people/brand.ts';
import { changePerson } from '../people/store.ts';
import { UNDO_MS } from '../policy/change.ts';
import { chosen, type Choice } from './choice.ts';
import { departing, type DepartureName, type Door, type Outcome } from './departure.ts';
import { differences, ledgerLines, type Difference } from './difference.ts';
import { readUndo, undoWrite } from './undo-row.ts';

export type Wish = {
  /** What is wanted, or how to tell it from the person as they are now. */
  readonly choice: Choice | ((both: Both) => Choice);
  readonly act: Omit<Act, 'words'> & {
    /** The exact words they read, told from what they changed. */
    readonly words: Words | null | ((found: readonly Difference[]) => Words);
  };
  /** Given where somebody came to leave. */
  readonly departure?: { readonly door: Door; readonly mailingId: string | null };
};

export type Chosen = Both & {
  readonly before: Both;
  /** Empty when all was so already. */
  readonly differences: readonly Difference[];
  readonly records: readonly ConsentRecord[];
  /** Names what can be undone for an hour, when anything changed. */
  readonly undoId: string | undefined;
  readonly departure: DepartureName | undefined;
};

/**
 * Carries out what a reader chose, whoever did it for them: the person, what waits for them, the
 * ledger, the figures and what undo needs are one write. Asking twice changes nothing the second
 * time. Undefined when there is no such person.
 */
export async function choose(
  ports: Ports,
  brand: Brand,
  personId: string,
  wish: Wish,
): Promise<Chosen | undefined> {
  let done: Chosen | undefined;
  await changePerson(ports, personId, async (person) => {
    const before: Both = { reader: person.reader.it, profile: person.profile.it };
    const now = ports.now();
    const choice = typeof wish.choice === 'function' ? wish.choice(before) : wish.choice;
    const after = chosen(before, choice, brand, now);
    const found = differences(before, after);
    const undoId = undoIdOf(personId, choice);
    if (found.length === 0) {
      const kept = await readUndo(ports, undoId);
      const departure = kept?.it.departure ?? undefined;
      done = { ...before, before, differences: [], records: [], undoId: kept && undoId, departure };
      return claimed(before, after);
    }
    const { words } = wish.act;
    const recorded = record(ports, {
      brand,
      ...after,
      changes: ledgerLines(found, after.reader),
      act: { ...wish.act, words: typeof words === 'function' ? words(found) : words },
      now,
    });
    const outcome = wish.departure && outcomeOf(found);
    const departure =
      wish.departure && outcome
        ? await departing(ports, { brand, personId, outcome, now, ...wish.departure })
        : undefined;
    done = {
      reader: recorded.reader,
      profile: after.profile,
      before,
      differences: found,
      records: recorded.records,
      undoId,
      departure: departure?.name,
    };
    return {
      reader: recorded.reader,
      profile: after.profile,
      also: [
        ...recorded.writes,
        undoWrite({ undoId, before, after, departure: departure?.name ?? null }, now + UNDO_MS),
        ...(departure?.writes ?? []),
        ...(await waitsNoMoreWrites(ports, before.reader, after.reader, 'suppressed')),
      ],
    };
  });
  return done;
}

/** The same choice has the same undo, so that a button pressed twice does not lose the way back. */
const undoIdOf = (personId: string, choice: Choice) => `${personId}-${hashOf(choice).slice(0, 12)}`;

/** Choosing what is already so still makes it theirs: a machine's later upsert may not change it. */
function claimed({ reader: before }: Both, { reader: after, profile }: Both) {
  return before.chosen.length === after.chosen.length ? undefined : { reader: after, profile };
}

/** What it came to, said once: leaving weighs more than a pause, a pause more than a pace. */
function outcomeOf(found: readonly Difference[]): Outcome | undefined {
  const has = (what: Difference['what']) => found.some((one) => one.what === what);
  if (has('stopped')) return 'unsubscribed';
  if (found.some((one) => one.what === 'pause' && one.until !== null)) return 'paused';
  if (has('frequency')) return 'slower';
  return has('topic') ? 'topics' : undefined;
}
