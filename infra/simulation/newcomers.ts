import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Act } from './acts.ts';
import { memberOf, type Member, type Theme } from './cast.ts';
import type { Chance } from './chance.ts';

/** Whether and when somebody presses the button of the mail that asks them, and how often. */
export type Presses = { readonly afterMs: number; readonly times: number };

type Scenes = {
  readonly from: Instant;
  readonly until: Instant;
  readonly cast: readonly Member[];
  readonly themes: readonly Theme[];
  readonly sheets: readonly { readonly startsAt: Instant }[];
};

const SIGN_UPS_MOST = 3;

/** Those who sign up at a form in mid-run: mostly somebody new, now and then who was here before. */
export function newcomersOf(chance: Chance, scenes: Scenes): { people: Member[]; acts: Act[] } {
  const people: Member[] = [];
  const acts: Act[] = [];
  const wanted = chance.is(0.25) ? chance.between(1, SIGN_UPS_MOST) : 0;
  for (let index = 0; index < wanted; index += 1) {
    const isNew = chance.is(0.7);
    if (isNew) people.push(newcomer(chance, scenes, people.length));
    const who = isNew ? people.at(-1)!.name : chance.pick(scenes.cast).name;
    acts.push({ at: momentOf(chance, scenes), do: 'sign-up', who, presses: pressesOf(chance) });
    // Who reads a welcome may change their mind in that very moment.
    if (chance.is(0.3))
      acts.push({
        ...{ at: scenes.from + SECOND, cue: chance.pick(['planned', 'turn'] as const) },
        ...{ do: chance.pick(['one-click', 'erase'] as const), who },
      });
  }
  return { people, acts };
}

function newcomer(chance: Chance, scenes: Scenes, index: number): Member {
  const member = memberOf(chance, scenes, scenes.cast.length + index);
  return { ...member, standing: 'well', pausedUntil: null, joinsAt: null, comes: 'form' };
}

function pressesOf(chance: Chance): Presses | undefined {
  if (chance.is(0.1)) return undefined;
  const mostMs = chance.pick([MINUTE, 10 * MINUTE, 10 * MINUTE, 5 * HOUR, 9 * DAY]);
  return { afterMs: chance.below(mostMs), times: chance.is(0.3) ? 2 : 1 };
}

/** Mostly around the hour of a letter: it may be new to them, on its way, or about to begin. */
function momentOf(chance: Chance, { from, until, sheets }: Scenes): Instant {
  const near =
    chance.pick(sheets).startsAt - 2 * MINUTE + chance.below(chance.pick([5 * MINUTE, DAY]));
  const at = chance.is(0.7) ? near : from + chance.below(until - from);
  return Math.min(Math.max(at, from + SECOND), until - SECOND);
}
