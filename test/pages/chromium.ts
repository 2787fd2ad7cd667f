import { accessSync, constants } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { StoryTown } from '../town.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium: the one named by CHROME_PATH, else an installed one, else the one that npm brought. */
export async function launchChromium(): Promise<Browser> {
  const found = [process.env.CHROME_PATH ?? '', ...INSTALLED].find(canRun);
  if (found !== undefined) return chromium.launch({ executablePath: found, args: FLAGS });
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: [...packed.args, ...FLAGS],
  });
}

function canRun(path: string): boolean {
  if (path === '') return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

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
