import type { CDPSession, Page } from 'playwright-core';
import { figure, type Figure } from './figure.ts';

/** A fast hand: two hundred words a minute. */
const KEY_MS = 60;
/** It rests after so many keys, each time a little longer: what waits for a rest meets every next key. */
const KEYS_TOGETHER = 20;
const RESTS_MS = [350, 420, 500, 820, 900, 1_000, 1_300];

/** From the moment a key comes down to the frame that shows what it wrote: `[at, shown]` each. */
const WATCH = `(() => {
  if (window.keys) return void window.keys.splice(0);
  window.keys = [];
  const channel = new MessageChannel();
  const drawn = [];
  let last;
  channel.port1.onmessage = () => {
    const now = performance.now();
    for (const one of drawn.splice(0)) one[1] = now - one[0];
  };
  const frame = (one) =>
    requestAnimationFrame(() => { drawn.push(one); channel.port2.postMessage(0); });
  addEventListener('keydown', ({ timeStamp }) => {
    last = [timeStamp, Infinity];
    window.keys.push(last);
    frame(last);
  }, true);
  // What a key writes may come after a first frame.
  addEventListener('input', () => last && frame(last), true);
})()`;

/** Writes as people write, and says how soon each key was seen and how long the page was busy with it. */
export async function written(page: Page, name: string, write: (hand: Hand) => Promise<void>) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate(WATCH);
  const before = await busyMs(session);
  await write(handOn(page));
  const busy = (await busyMs(session)) - before;
  await session.detach();
  const keys = await page.evaluate<[at: number, shown: number | null][]>('window.keys');
  const shown = keys.map(([, ms]) => ms ?? Number.NaN).toSorted((one, other) => one - other);
  const at = (share: number) =>
    shown[Math.min(shown.length - 1, Math.floor(shown.length * share))] ?? Number.NaN;
  return [
    figure(`${name}: keys`, keys.length, ''),
    figure(`${name}: median`, at(0.5), 'ms'),
    figure(`${name}: p95`, at(0.95), 'ms'),
    figure(`${name}: slowest`, at(1), 'ms'),
    figure(`${name}: page busy a key`, busy / keys.length, 'ms'),
  ] satisfies Figure[];
}

export type Hand = (text: string) => Promise<void>;

function handOn(page: Page): Hand {
  let keys = 0;
  return async (text) => {
    for (const sign of text) {
      await page.keyboard.press(sign === ' ' ? 'Space' : sign === '\n' ? 'Enter' : sign);
      keys += 1;
      const rest = RESTS_MS[(keys / KEYS_TOGETHER) % RESTS_MS.length];
      await page.waitForTimeout(keys % KEYS_TOGETHER === 0 ? rest! : KEY_MS);
    }
  };
}

async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}
