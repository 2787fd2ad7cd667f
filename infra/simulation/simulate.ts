import { DAY } from '../../functions/base/time.ts';
import type { Broken, Invariant } from './account.ts';
import type { Act } from './acts.ts';
import { setScenes } from './play.ts';
import { judgeAtRest, judgeSettled } from './rest.ts';
import { reduced, scenarioOf, type Cut } from './scenario.ts';
import { toldStory } from './story.ts';
import type { Likelihood } from './weather.ts';
import { buildWorld, furnish, THE_PRODUCT, type Rooms } from './world.ts';

/** The longest pace is a season, the longest pause as long as its reader likes: here, forty days. */
const REST_WITHIN_MS = 300 * DAY;
const SETTLED_WITHIN_MS = 3 * DAY;
/** What never rests would go on for ever; more people take more steps. */
const STEPS_MOST = 400_000;

/** How often each of some kinds, those that never were left out. */
export type Counts<Kind extends string> = Readonly<Partial<Record<Kind, number>>>;

export type Run = {
  readonly seed: number;
  readonly broken: Broken | undefined;
  /** What happened, in order; only when asked for. */
  readonly story: readonly string[];
  readonly candidates: number;
  readonly mails: number;
  /** How often each kind of fault fell on something, each act was done, each promise was looked at. */
  readonly faults: Counts<Likelihood>;
  readonly acts: Counts<Act['do']>;
  readonly asked: Counts<Invariant>;
  readonly steps: number;
  readonly virtualDays: number;
};

export type Wish = {
  readonly rooms?: Rooms;
  readonly cut?: Cut;
  readonly size?: number;
  readonly story?: boolean;
  readonly traced?: (line: string) => void;
};

/** One run: the world of this seed, from its first scene until everything is at rest. */
export async function simulate(seed: number, wish: Wish = {}): Promise<Run> {
  const scenario = reduced(scenarioOf(seed, wish.size), wish.cut ?? {});
  const world = buildWorld(scenario, wish.rooms ?? THE_PRODUCT, {
    story: wish.story ?? false,
    traced: wish.traced,
  });
  const { engine, account, witness, weather } = world;
  let acts: ReadonlyMap<Act['do'], number> = new Map();
  witness.privacy.listen();
  try {
    await furnish(world);
    const play = setScenes(world);
    acts = play.done;
    engine.at(scenario.scenesUntil + SETTLED_WITHIN_MS, () => judgeSettled(world));
    const ended = await engine.run({
      until: scenario.scenesUntil + REST_WITHIN_MS,
      steps: STEPS_MOST * (wish.size ?? 1),
    });
    if (ended === 'at-rest') {
      judgeAtRest(world);
      play.imports.judge();
    }
    if (ended === 'never-rests')
      account.breaks('I10', 'long after the last fault something is still going on');
  } finally {
    witness.privacy.stop();
  }
  const log = [...world.memory.all('records')].filter(({ key }) => key.pk.startsWith('log#'));
  return {
    seed,
    broken: account.broken,
    story: wish.story ? toldStory(world) : [],
    candidates: log.reduce((sum, { data }) => sum + (data as { lines: unknown[] }).lines.length, 0),
    mails: witness.mails.accepted.length,
    faults: countsOf(weather.injected),
    acts: countsOf(acts),
    asked: countsOf(account.asked),
    steps: engine.steps,
    virtualDays: Math.round((engine.now - scenario.startsAt) / DAY),
  };
}

function countsOf<Kind extends string>(counted: ReadonlyMap<Kind, number>): Counts<Kind> {
  return Object.fromEntries(counted) as Partial<Record<Kind, number>>;
}
