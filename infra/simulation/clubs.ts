import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Act } from './acts.ts';
import type { Member } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Sheet } from './scenario.ts';

/** What the house knows of a reader besides what they chose: a field that letters ask about. */
const CLUBS = ['gold', 'gold', 'silver', null] as const;
export type Club = (typeof CLUBS)[number];

/** What a program of the house says anew of somebody. */
export type Edit = { readonly club: Club } | { readonly language: 'fr' | 'en' };

const EDITS_MOST = 2;

export const clubbed = (cast: readonly Member[], chance: Chance): Member[] =>
  cast.map((member) => ({ ...member, club: chance.pick(CLUBS) }));

/** Most letters are on a page for everybody; some are for one club only, and some end for whoever has come into one. */
export function conditioned(sheets: readonly Sheet[], chance: Chance): Sheet[] {
  return sheets.map((sheet) => {
    const kind = chance.next();
    const seen = { ...sheet, public: chance.is(0.7) };
    if (sheet.repeats || kind > 0.24) return seen;
    if (kind < 0.12 && !sheet.audience) return { ...seen, audience: { field: 'club', is: 'gold' } };
    return { ...seen, stopIf: { field: 'club', is: 'silver' } };
  });
}

/** Some letters turn out to be wrong when they have left, or while they leave. */
export function correctionsOf(
  chance: Chance,
  { sheets, until }: { readonly sheets: readonly Sheet[]; readonly until: Instant },
): Act[] {
  return sheets.flatMap(({ startsAt, repeats }, sheet): Act[] => {
    if (repeats || !chance.is(0.06)) return [];
    const lateMs = chance.below(chance.pick([30 * SECOND, 10 * MINUTE, 5 * HOUR, 2 * DAY]));
    return [{ at: Math.min(startsAt + lateMs, until - SECOND), do: 'correct', sheet }];
  });
}

/** Edits around the hours of letters that ask: while they are planned, or when a turn has been taken. */
export function editsOf(
  chance: Chance,
  scenes: {
    readonly from: Instant;
    readonly until: Instant;
    readonly cast: readonly Member[];
    readonly sheets: readonly Sheet[];
  },
): Act[] {
  const asking = scenes.sheets.filter(({ audience, stopIf }) => audience ?? stopIf);
  if (asking.length === 0) return [];
  return Array.from({ length: chance.between(0, EDITS_MOST) }, () => {
    const { startsAt } = chance.pick(asking);
    const lateMs = chance.below(chance.pick([3 * SECOND, 30 * SECOND, 5 * HOUR]));
    const cue = chance.is(0.4) ? chance.pick(['planned', 'turn'] as const) : undefined;
    const at = cue ? scenes.from + SECOND : Math.min(startsAt + lateMs, scenes.until - SECOND);
    const change: Edit = chance.is(0.8)
      ? { club: chance.pick(CLUBS) }
      : { language: chance.pick(['fr', 'en'] as const) };
    return { at, ...(cue ? { cue } : {}), do: 'edit', who: chance.pick(scenes.cast).name, change };
  });
}
