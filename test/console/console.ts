import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { seedTeam } from '../../infra/local/demo-team.ts';
import { listen } from '../../infra/local/server.ts';
import type { Watch } from '../pages/chromium.ts';
import { openTown, type StoryTown } from '../town.ts';

export { objections } from '../pages/axe.ts';

const DESK = { width: 1280, height: 900 };
/** Who of the demo team does what. */
export const TEAM = {
  owner: 'Claire Delorme',
  editor: 'Hugo Marchand',
  sender: 'Nadia Benali',
  support: 'Lucie Perret',
  analyst: 'Tom Walker',
} as const;
export type Role = keyof typeof TEAM;

/** A house with its team, two topics and nothing written. */
export async function houseWithTeam({
  topics = true,
  mailer,
}: {
  readonly topics?: boolean;
  /** Where mail goes, when its pace is part of the story. */
  readonly mailer?: NonNullable<Parameters<typeof openTown>[0]>['mailer'];
} = {}): Promise<StoryTown> {
  // A port of its own: the way through the issuer leads over redirects, as on AWS.
  const server = await listen({ port: 0, host: 'localhost' });
  const town = await openTown({
    publicUrl: `http://localhost:${server.port}`,
    ...(mailer && { mailer }),
  });
  server.serve(town.answer);
  onTestFinished(() => server.close());
  await seedTeam(town.ports);
  if (!topics) return town;
  for (const [id, fr, en] of [
    ['arrivages', 'Arrivages', 'New in'],
    ['ateliers', 'Ateliers', 'Workshops'],
  ])
    await town.call('POST', '/topics', { id, name: { fr, en }, visibility: 'public' });
  return town;
}

export type Seen = Awaited<ReturnType<typeof enter>>;

/** Somebody of the house at their desk: signed in as people sign in, on the screen they asked for. */
export async function enter(
  browser: Browser,
  town: StoryTown,
  as: Role,
  path: string,
  options: BrowserContextOptions = {},
) {
  const home = town.ports.publicUrl;
  const context = await browser.newContext({ viewport: DESK, locale: 'fr', ...options });
  onTestFinished(() => context.close());
  const watch: Watch = { elsewhere: [], complaints: [] };
  await context.route(
    (url) => url.origin !== home,
    (route) => {
      watch.elsewhere.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  // What is not there by then will not come; the story says which step waited.
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      watch.complaints.push(message.text());
  });
  page.on('pageerror', (error) => watch.complaints.push(error.message));
  await page.goto(`${home}/console${path}`);
  await page.getByRole('button', { name: /Se connecter|Sign in/ }).click();
  await page.locator('button', { hasText: TEAM[as] }).click();
  await page.getByRole('navigation').first().waitFor({ state: 'attached' });
  return { page, watch };
}

/** How wide the page is, once pictures have followed the window; one that stays too wide is told by its width. */
export const widthOf = (page: Page) =>
  page.evaluate<number>(`new Promise((done) => {
    const root = document.documentElement;
    const look = (frames) =>
      root.scrollWidth <= innerWidth || frames === 0
        ? done(root.scrollWidth)
        : requestAnimationFrame(() => look(frames - 1));
    requestAnimationFrame(() => look(60));
  })`);
