import { DAY, HOUR, instantOf, MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import { addDays, wallTimeIn } from '../../functions/base/time.ts';
import { PACES } from '../../functions/people/person.ts';
import type { Choice } from '../../functions/preferences/choice.ts';
import { zoneOf, type Member, type Theme } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Edit } from './clubs.ts';
import type { PeopleFile } from './imports.ts';
import type { Presses } from './newcomers.ts';
import type { Cap, Sheet } from './scenario.ts';

/** What a person may do something right after: their line is planned, their turn is taken. */
export type Cue = 'planned' | 'turn';

/** Something somebody does while mail is on its way: then, or at the first such cue from then on. */
export type Act = { readonly at: Instant; readonly cue?: Cue } & (
  | { readonly do: 'choose'; readonly who: string; readonly choice: Choice }
  | { readonly do: 'one-click' | 'erase' | 'bounce' | 'complain' | 'service'; readonly who: string }
  | { readonly do: 'edit'; readonly who: string; readonly change: Edit }
  | { readonly do: 'sign-up'; readonly who: string; readonly presses: Presses | undefined }
  | { readonly do: 'import'; readonly file: PeopleFile }
  | {
      readonly do: 'pause' | 'resume' | 'stop' | 'withdraw' | 'resend' | 'correct';
      readonly sheet: number;
    }
  | { readonly do: 'cap'; readonly cap: Cap }
);

type Scenes = {
  readonly from: Instant;
  readonly until: Instant;
  readonly cast: readonly Member[];
  readonly sheets: readonly Sheet[];
  readonly themes: readonly Theme[];
};

export function actsOf(chance: Chance, scenes: Scenes): Act[] {
  const acts: Act[] = [];
  const { cast, sheets } = scenes;
  const ofPeople = Math.round(cast.length * chance.next() * 1.2);
  for (let index = 0; index < ofPeople; index += 1) {
    const member = chance.pick(cast);
    const act = { at: momentOf(chance, scenes, member), ...actOf(chance, scenes, member) };
    const cue = chance.is(0.5) ? chance.pick(['planned', 'turn', 'turn'] as const) : undefined;
    acts.push(cue ? { ...act, at: scenes.from + SECOND, cue } : act);
  }
  const services = chance.is(0.6) ? chance.between(1, 8) : 0;
  for (let index = 0; index < services; index += 1)
    acts.push({ at: nearSheet(chance, scenes), do: 'service', who: chance.pick(cast).name });
  for (const sheet of sheets.keys())
    acts.push(...controlsOf(chance, scenes, sheet), ...resendsOf(chance, scenes, sheet));
  if (chance.is(0.3))
    acts.push({
      at: nearSheet(chance, scenes),
      do: 'cap',
      cap: { mails: chance.between(1, 5), days: chance.pick([1, 7, 14]) },
    });
  return acts.sort((one, other) => one.at - other.at);
}

/** `Omit` over a union keeps one of its members only. */
type Undated<One> = One extends unknown ? Omit<One, 'at' | 'cue'> : never;

function actOf(chance: Chance, { themes }: Scenes, { name: who }: Member): Undated<Act> {
  const topic = chance.pick(themes).id;
  const choose = (choice: Choice) => ({ do: 'choose', who, choice }) as const;
  switch (chance.below(14)) {
    case 0:
    case 1:
      return choose({ everything: 'stop' });
    case 2:
      return { do: 'one-click', who };
    case 3:
    case 4:
      // The moment is filled in when it is done: a pause is counted from then.
      return choose({ pausedUntil: chance.pick([HOUR, 3 * DAY, 10 * DAY, 40 * DAY]) });
    case 5:
      return choose({ pausedUntil: null });
    case 6:
    case 7:
      return choose({ frequency: chance.pick(PACES) });
    case 8:
      return choose({ timeZone: zoneOf(chance) });
    case 9:
      return choose({ subscriptions: { [topic]: 'off' } });
    case 10:
      return choose({ subscriptions: { [topic]: chance.pick(['digest', 'immediate'] as const) } });
    case 11:
      return { do: 'erase', who };
    case 12:
      return { do: chance.pick(['bounce', 'complain'] as const), who };
    default:
      return choose({ weekday: chance.between(1, 7), partOfDay: 'afternoon' });
  }
}

/** Mostly while something is on its way to them: a campaign, or their own letter. */
function momentOf(chance: Chance, scenes: Scenes, member: Member): Instant {
  const { from, until } = scenes;
  const kind = chance.next();
  if (kind < 0.5) return nearSheet(chance, scenes);
  if (kind < 0.75) {
    const day = wallTimeIn(member.timeZone, from + chance.below(until - from)).date;
    const tuesday = addDays(day, chance.below(2));
    return within(scenes, soonAfter(chance, instantOf(member.timeZone, wall(tuesday, member))));
  }
  return from + chance.below(until - from);
}

const wall = (date: string, { partOfDay }: Member) => ({
  date,
  minutes: partOfDay === 'afternoon' ? 14 * 60 : 9 * 60,
});

function nearSheet(chance: Chance, scenes: Scenes): Instant {
  return within(scenes, soonAfter(chance, chance.pick(scenes.sheets).startsAt));
}

function soonAfter(chance: Chance, at: Instant): Instant {
  return at + chance.below(chance.pick([2 * SECOND, 20 * SECOND, 3 * MINUTE, 5 * HOUR]));
}

const within = ({ from, until }: Scenes, at: Instant) =>
  Math.min(Math.max(at, from + SECOND), until - SECOND);

function controlsOf(chance: Chance, scenes: Scenes, sheet: number): Act[] {
  const { startsAt } = scenes.sheets[sheet]!;
  const at = within(scenes, soonAfter(chance, startsAt));
  const kind = chance.next();
  if (kind < 0.15) {
    const until = within(scenes, soonAfter(chance, at + chance.pick([SECOND, HOUR, 2 * DAY])));
    return [
      { at, do: 'pause', sheet },
      { at: until, do: 'resume', sheet },
    ];
  }
  if (kind < 0.25) return [{ at, do: 'stop', sheet }];
  if (kind < 0.35) return [{ at, do: 'withdraw', sheet }];
  return [];
}

/** Some of it may be in doubt by then: a marketer sends it again by hand, or tries to. */
function resendsOf(chance: Chance, scenes: Scenes, sheet: number): Act[] {
  if (!chance.is(0.3)) return [];
  const { startsAt } = scenes.sheets[sheet]!;
  const times = chance.between(1, 2);
  return Array.from({ length: times }, () => {
    const later = chance.pick([16 * MINUTE, HOUR, 5 * HOUR, DAY]);
    return {
      at: within(scenes, soonAfter(chance, startsAt + later)),
      do: 'resend',
      sheet,
    } as const;
  });
}
