import { FAULT_KINDS } from './faults.ts';
import { scenarioOf, type Cut } from './scenario.ts';
import { simulate, type Run, type Wish } from './simulate.ts';

const TRIES_MOST = 160;

/**
 * The smallest run that still breaks the same promise: fewer kinds of faults, fewer people, fewer
 * campaigns, fewer acts. What is taken away shifts the rest, so it is tried and not reasoned out.
 */
export async function shrunk(run: Run, wish: Wish): Promise<{ cut: Cut; run: Run }> {
  const invariant = run.broken?.invariant;
  const scenario = scenarioOf(run.seed, wish.size);
  let best: { cut: Cut; run: Run } = { cut: {}, run };
  let tries = 0;
  const isBetter = async (cut: Cut): Promise<boolean> => {
    if (tries >= TRIES_MOST) return false;
    tries += 1;
    const tried = await simulate(run.seed, { ...wish, cut });
    if (tried.broken?.invariant !== invariant) return false;
    best = { cut, run: tried };
    return true;
  };

  for (const kind of FAULT_KINDS)
    await isBetter({ ...best.cut, calm: [...(best.cut.calm ?? []), kind] });
  await without(
    scenario.cast.map(({ name }) => name),
    (people) => isBetter({ ...best.cut, people }),
  );
  await without([...scenario.sheets.keys()], (sheets) => isBetter({ ...best.cut, sheets }));
  await without([...scenario.acts.keys()], (acts) => isBetter({ ...best.cut, acts }));
  return best;
}

/** Takes away half of what is left, then a quarter, and so on down to one at a time. */
async function without<Item>(
  items: readonly Item[],
  isBetter: (left: ReadonlySet<Item>) => Promise<boolean>,
): Promise<void> {
  let left = [...items];
  for (let size = Math.ceil(left.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from < left.length;) {
      const fewer = [...left.slice(0, from), ...left.slice(from + size)];
      if (await isBetter(new Set(fewer))) left = fewer;
      else from += size;
    }
}
