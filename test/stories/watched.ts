import type { StoryTown } from '../town.ts';

/** The verbs of the table and queue, in order, from now on. */
export function watched({ ports }: StoryTown) {
  const verbs: string[] = [];
  const undo: (() => void)[] = [];
  for (const thing of [ports.table, ports.queue] as object[])
    for (const verb of ['get', 'getMany', 'writeAll', 'writeEach', 'post']) {
      const target = thing as Record<string, unknown>;
      const real = target[verb];
      if (typeof real !== 'function') continue;
      target[verb] = (...args: unknown[]) => {
        verbs.push(verb);
        return (real as (...all: unknown[]) => unknown).apply(thing, args);
      };
      undo.push(() => delete target[verb]);
    }
  return { verbs, stop: () => undo.forEach((one) => one()) };
}
