import { TOPIC } from './readers.ts';
import { seedTeam } from '../local/demo-team.ts';
import { openHouse, siteWithTools } from '../local/house.ts';
import { listen } from '../local/server.ts';
import { LocalIssuer, newIssuerKey } from '../local/sign-in/issuer.ts';
import { newPlainKey } from '../../functions/team/api-key.ts';
import { BORN_AT } from './bench-town.ts';
import { launchChromium } from './chromium.ts';

export type DeskHouse = Awaited<ReturnType<typeof deskHouse>>;

/** A house with its team and one topic, on a port of its own, and somebody who may do everything at a desk in Chromium. */
export async function deskHouse() {
  const server = await listen({ port: 0, host: 'localhost' });
  const publicUrl = `http://localhost:${server.port}`;
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const apiKey = newPlainKey({ random }, 'live');
  const house = await openHouse({
    data: ':memory:',
    secrets: {
      links: { current: 'a', keys: { a: 'only-for-a-measure-and-long-enough' } },
      addresses: 'only-for-a-measure-and-long-enough',
    },
    apiKey,
    keyFile: 'in memory',
    publicUrl,
    signIn: new LocalIssuer({ origin: publicUrl, publicUrl, key: newIssuerKey() }),
    clock: { kind: 'held', startsAt: BORN_AT },
  });
  server.serve((request, bindings) => siteWithTools(house).fetch(request, bindings));
  await seedTeam(house.town.ports);
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await fetch(`${publicUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { readonly id: string }).id;
  };
  await make('/topics', { id: TOPIC, name: { fr: 'Nouvelles', en: 'News' } });
  const browser = await launchChromium();
  const page = await browser.newPage({ locale: 'en', viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(60_000);
  await page.goto(`${publicUrl}/console/campaigns`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('button', { hasText: 'Claire Delorme' }).click();
  await page.getByRole('navigation').first().waitFor({ state: 'attached' });
  return {
    page,
    make,
    go: (path: string) => page.goto(`${publicUrl}/console${path}`),
    close: async () => {
      await browser.close();
      await server.close();
      await house.town.close();
    },
  };
}
