import { setTimeout } from 'node:timers/promises';

/** How a port waits between two tries; tests hand in one that does not wait. */
export type Wait = (milliseconds: number) => Promise<void>;

export const realWait: Wait = async (milliseconds) => {
  await setTimeout(milliseconds);
};

/** Longer after each try, and by chance, so that workers who met once do not meet again. */
export function backOffMs(attempt: number): number {
  return Math.random() * Math.min(1_000, 25 * 2 ** attempt);
}
