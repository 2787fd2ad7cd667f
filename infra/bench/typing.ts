import type { Page } from 'playwright-core';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import { newPlainKey } from '../../functions/team/api-key.ts';
import { seedTeam } from '../local/demo-team.ts';
import { topicWrite } from '../../functions/people/store.ts';
import { Topic } from '../../functions/people/topic.ts';
import { openHouse, siteWithTools } from '../local/house.ts';
import { listen } from '../local/server.ts';
import { LocalIssuer, newIssuerKey } from '../local/sign-in/issuer.ts';
import { BORN_AT } from './bench-town.ts';
import { launchChromium } from './chromium.ts';
import { figure, type Figure } from './figure.ts';
import { longLetter } from './long-letter.ts';
import { TOPIC } from './readers.ts';

const WARM_UP = 50;
const KEYS = 300;

/**
 * From the moment a key comes down to the first frame that shows what it wrote, and what of that the
 * page itself worked: a screen of 60 frames a second adds up to 17 ms to the first, whoever works.
 */
const WATCH = `(() => {
  window.keys = [];
  const channel = new MessageChannel();
  let waiting = [];
  channel.port1.onmessage = () => {
    const now = performance.now();
    for (const one of waiting.splice(0)) window.keys.push([now - one.at, one.worked]);
  };
  addEventListener('keydown', () => {
    const one = { at: performance.now(), worked: 0 };
    queueMicrotask(() => setTimeout(() => { one.worked = performance.now() - one.at; }));
    requestAnimationFrame(() => { waiting.push(one); channel.port2.postMessage(0); });
  }, true);
})()`;

/** A letter of forty blocks, both languages side by side, written in key after key. */
export async function typing(): Promise<Figure[]> {
  const server = await listen({ port: 0, host: 'localhost' });
  const publicUrl = `http://localhost:${server.port}`;
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const house = await openHouse({
    data: ':memory:',
    secrets: {
      links: { current: 'a', keys: { a: 'only-for-a-measure-and-long-enough' } },
      addresses: 'only-for-a-measure-and-long-enough',
    },
    apiKey: newPlainKey({ random }, 'live'),
    keyFile: 'in memory',
    publicUrl,
    signIn: new LocalIssuer({ origin: publicUrl, publicUrl, key: newIssuerKey() }),
    clock: { kind: 'held', startsAt: BORN_AT },
  });
  server.serve((request, bindings) => siteWithTools(house).fetch(request, bindings));
  const { ports } = house.town;
  const browser = await launchChromium();
  try {
    await seedTeam(ports);
    const topic = Topic.parse({ id: TOPIC, name: { en: 'News' }, createdAt: BORN_AT });
    await ports.table.writeAll([topicWrite(topic, 0)]);
    const { campaign } = await createCampaign(ports, CampaignInput.parse(longLetter(TOPIC)));
    const page = await browser.newPage({ locale: 'en', viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${publicUrl}/console/campaigns/${campaign.campaignId}/write`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('button', { hasText: 'Hugo Marchand' }).click();
    await page.getByRole('button', { name: 'Side by side' }).click();
    return await typed(page);
  } finally {
    await browser.close();
    await server.close();
    await house.town.close();
  }
}

async function typed(page: Page): Promise<Figure[]> {
  await page.locator('#block-text-20 [contenteditable]').first().click();
  await page.keyboard.press('End');
  const write = (count: number) =>
    page.keyboard.type('so light, drunk cool '.repeat(Math.ceil(count / 21)).slice(0, count));
  await write(WARM_UP);
  await page.evaluate(WATCH);
  await write(KEYS);
  const keys = await page.evaluate<[shown: number, worked: number][]>('window.keys');
  return [
    figure('keys', keys.length, ''),
    ...spread(
      'shown after',
      keys.map(([shown]) => shown),
    ),
    ...spread(
      'worked',
      keys.map(([, worked]) => worked),
    ),
  ];
}

function spread(name: string, times: readonly number[]): Figure[] {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return [
    figure(`${name}: median`, at(0.5), 'ms'),
    figure(`${name}: p95`, at(0.95), 'ms'),
    figure(`${name}: slowest`, at(1), 'ms'),
  ];
}
