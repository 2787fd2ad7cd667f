import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { StoryTown } from '../town.ts';

export { launchChromium } from '../../infra/bench/chromium.ts';

/** What a page asked of anybody but us, and what a browser complained of. Both stay empty. */
export type Watch = { readonly elsewhere: string[]; readonly complaints: string[] };

/** A browser window in which our addresses are answered by the town, and no others are answered at all. */
export async function windowOn(
  browser: Browser,
  town: StoryTown,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly watch: Watch }> {
  const home = town.ports.publicUrl;
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const watch: Watch = { elsewhere: [], complaints: [] };
  await context.route('**/*', async (route) => {
    const request = route.request();
    if (!request.url().startsWith(`${home}/`)) {
      watch.elsewhere.push(request.url());
      return route.abort();
    }
    const body = request.postDataBuffer();
    const answer = await town.ask(request.url().slice(home.length), {
      method: request.method(),
      headers: await request.allHeaders(),
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
    return route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    // A page with a 4xx status is one of ours that says what to mend.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      watch.complaints.push(message.text());
  });
  page.on('pageerror', (error) => watch.complaints.push(error.message));
  return { page, watch };
}
