import {
  DAY,
  HOUR,
  instantOf,
  MINUTE,
  SECOND,
  wallTimeIn,
  type Instant,
} from '../../functions/base/time.ts';
import type { Brand } from '../../functions/people/brand.ts';
import type { Condition } from '../../functions/people/condition.ts';
import { actsOf, type Act } from './acts.ts';
import { clubbed, conditioned, correctionsOf, editsOf } from './clubs.ts';
import { castOf, type Member, type Theme } from './cast.ts';
import { Chance } from './chance.ts';
import { faultsOf, isCalm, without, type FaultKind, type Faults } from './faults.ts';
import { fileOf } from './imports.ts';
import { newcomersOf } from './newcomers.ts';
import { repeating, type Repeats } from './series.ts';

/** A campaign to come: written some time before its hour. */
export type Sheet = {
  readonly name: string;
  readonly topic: string;
  readonly writtenAt: Instant;
  readonly startsAt: Instant;
  readonly timeZone: string;
  readonly languages: readonly ('fr' | 'en')[];
  readonly audience: Condition | undefined;
  readonly stopIf?: Condition;
  /** Read by everybody on a page, and told of in a welcome. */
  readonly public?: boolean;
  readonly expiresAt: Instant | undefined;
  readonly whole: boolean;
  readonly repeats?: Repeats;
};

export type Cap = { readonly mails: number; readonly days: number };

export type Care = Pick<Brand, 'largeSend' | 'firstPart'>;

/** Everything that is going to happen in a run, known before it begins. */
export type Scenario = {
  readonly seed: number;
  readonly startsAt: Instant;
  /** From here on nothing goes wrong any more, and nobody does anything new. */
  readonly scenesUntil: Instant;
  readonly cap: Cap;
  /** How many are many to this house, and what goes ahead of a send to them; undefined where few read. */
  readonly care: Care | undefined;
  readonly themes: readonly Theme[];
  readonly cast: readonly Member[];
  readonly sheets: readonly Sheet[];
  readonly acts: readonly Act[];
  readonly faults: Faults;
  /** When the keys that seal links are changed, if they are. */
  readonly newKeysAt: Instant | undefined;
  /** Nothing goes wrong at all: then nothing may be in doubt, fail or be late either. */
  readonly isCalm: boolean;
};

/** What is taken away from a run, to find the smallest that still fails. */
export type Cut = {
  readonly people?: ReadonlySet<string>;
  readonly sheets?: ReadonlySet<number>;
  readonly acts?: ReadonlySet<number>;
  readonly calm?: readonly FaultKind[];
};

const WORLD_BEGINS = Date.parse('2026-01-05T00:00:00Z');
/** Weeks in which a clock changes somewhere: Europe and America, spring and autumn, and the south. */
const CLOCK_CHANGES = ['2026-03-06', '2026-03-27', '2026-04-03', '2026-10-02', '2026-10-23'].map(
  (day) => Date.parse(`${day}T00:00:00Z`),
);
const THEMES = ['arrivages', 'carnet', 'ventes'];
const LATE_WAITS_MS = 2 * HOUR;

/** `size` multiplies the number of people. */
export function scenarioOf(seed: number, size = 1): Scenario {
  const chance = new Chance(`scenario ${seed}`);
  const startsAt =
    (chance.is(0.4) ? chance.pick(CLOCK_CHANGES) : WORLD_BEGINS + chance.below(300) * DAY) +
    chance.below(24) * HOUR;
  const days = chance.pick([2, 4, 8, 15, 30]);
  const scenesUntil = startsAt + days * DAY;
  const people = size * (5 + Math.floor(56 * chance.next() ** 3));
  const themes = THEMES.slice(0, chance.between(1, 3)).map((id) => ({
    id,
    atMost: chance.is(0.2) ? chance.between(4, 7) : null,
  }));
  const time = { from: startsAt, until: scenesUntil };
  const cast = castOf(chance, { ...time, people, themes });
  const clubs = new Chance(`clubs ${seed}`);
  const sheets = conditioned(
    repeating(sheetsOf(chance, { ...time, themes }), new Chance(`series ${seed}`), scenesUntil),
    clubs,
  );
  const newcomers = newcomersOf(new Chance(`newcomers ${seed}`), { ...time, themes, cast, sheets });
  const file = fileOf(new Chance(`file ${seed}`), { ...time, themes, cast, sheets });
  const faults = faultsOf(chance, { ...time, people });
  return {
    seed,
    startsAt,
    scenesUntil,
    cap: { mails: chance.pick([1, 2, 3, 3, 3, 5]), days: chance.pick([1, 7, 7, 7, 14]) },
    themes,
    cast: clubbed([...cast, ...newcomers.people, ...file.people], clubs),
    sheets,
    acts: [
      ...actsOf(chance, { ...time, cast, sheets, themes }),
      ...correctionsOf(new Chance(`right ${seed}`), { sheets, until: scenesUntil }),
      ...newcomers.acts,
      ...file.acts,
      ...editsOf(clubs, { ...time, cast, sheets }),
    ],
    faults,
    newKeysAt: chance.is(0.3) ? startsAt + chance.below(scenesUntil - startsAt) : undefined,
    isCalm: isCalm(faults),
    care: chance.is(0.4) ? careOf(chance) : undefined,
  };
}

const careOf = (chance: Chance): Care => ({
  largeSend: { readers: chance.between(1, 20), needs: 'number' },
  firstPart: {
    percent: chance.pick([1, 20, 50]),
    least: chance.between(1, 16),
    minutes: chance.pick([1, 15, 60]),
    bouncedPercent: chance.pick([4, 10]),
  },
});

/** The same run with less in it. What stays is as it was. */
export function reduced(scenario: Scenario, { people, sheets, acts, calm = [] }: Cut): Scenario {
  const faults = without(scenario.faults, calm);
  return {
    ...scenario,
    isCalm: isCalm(faults),
    cast: scenario.cast.filter(({ name }) => people?.has(name) ?? true),
    sheets: scenario.sheets.map((sheet, index) =>
      (sheets?.has(index) ?? true) ? sheet : { ...sheet, writtenAt: Infinity },
    ),
    acts: scenario.acts.filter((_, index) => acts?.has(index) ?? true),
    faults,
  };
}

function sheetsOf(
  chance: Chance,
  {
    from,
    until,
    themes,
  }: { readonly from: Instant; readonly until: Instant; readonly themes: readonly Theme[] },
): Sheet[] {
  const sheets: Sheet[] = [];
  const wanted = chance.between(1, 6);
  let last: Instant | undefined;
  while (sheets.length < wanted) {
    // Campaigns that start together meet on the same readers' last place under the cap.
    const near = last !== undefined && chance.is(0.4);
    const wished = near
      ? last! + chance.pick([0, 0, MINUTE, 30 * MINUTE])
      : from + 2 * HOUR + chance.below(Math.max(HOUR, until - from - 14 * HOUR));
    const startsAt = Math.ceil(wished / MINUTE) * MINUTE;
    last = startsAt;
    sheets.push(sheetOf(chance, startsAt, chance.pick(themes).id, sheets.length));
  }
  return sheets;
}

function sheetOf(chance: Chance, startsAt: Instant, topic: string, index: number): Sheet {
  const both = chance.is(0.2);
  return {
    name: `Letter ${index}`,
    topic,
    writtenAt: startsAt - chance.between(2, 90) * MINUTE,
    startsAt,
    timeZone: chance.is(0.25) ? 'reader' : chance.pick(['Europe/Paris', 'America/New_York']),
    languages: both ? ['fr', 'en'] : [chance.is(0.8) ? 'fr' : 'en'],
    audience: chance.is(0.15) ? { language: 'fr' } : undefined,
    expiresAt: chance.is(0.25)
      ? startsAt + LATE_WAITS_MS + chance.below(chance.is(0.5) ? DAY : 20 * DAY)
      : undefined,
    whole: chance.is(0.15),
  };
}

/** The wall time a schedule names: in its zone, or, at each reader's clock, where the day begins first. */
export function scheduleOf({ startsAt, timeZone }: Sheet): { at: string; timeZone: string } {
  const zone = timeZone === 'reader' ? 'Pacific/Kiritimati' : timeZone;
  let wall = wallTimeIn(zone, startsAt);
  // In the autumn overlap the wall clock names the first of two moments, which may have passed.
  if (instantOf(zone, wall) < startsAt - SECOND) wall = wallTimeIn(zone, startsAt + HOUR);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    at: `${wall.date}T${two(Math.floor(wall.minutes / 60))}:${two(wall.minutes % 60)}`,
    timeZone,
  };
}
