import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { CLAIRE, publish, townWithClaire } from '../stories/reader-cast.ts';
import { listen } from '../../infra/local/server.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A real browser at a real address: what it says of itself to a server is part of these stories. */
async function desk() {
  const server = await listen({ port: 0, host: 'localhost' });
  onTestFinished(() => server.close());
  const publicUrl = `http://localhost:${server.port}`;
  const scene = await townWithClaire({}, { publicUrl });
  server.serve(scene.town.answer);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const press = async (name: RegExp | string) => {
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.getByRole('button', { name }).click();
    const { status } = await answered.then((answer) => ({ status: answer.status() }));
    await page.waitForLoadState();
    return status;
  };
  return { ...scene, page, press, complaints, publicUrl };
}

const heading = (page: Page) => page.locator('h1').textContent();

test('whoever sits at this machine moves the clock with its buttons', async () => {
  const { town, page, press, complaints, publicUrl } = await desk();
  const from = town.now();
  await page.goto(`${publicUrl}/clock`);
  expect(await press('A day')).toBe(303);
  expect(await heading(page)).toBe('Clock');
  expect(town.now()).toBe(from + 86_400_000);
  await page.fill('[name=local]', '2026-01-20T08:30');
  expect(await press('Let time pass until then')).toBe(303);
  expect(new Date(town.now()).toISOString()).toBe('2026-01-20T07:30:00.000Z');
  expect(complaints).toEqual([]);
});

test('whoever sits at this machine lets a mail come back, or calls it spam', async () => {
  const { town, claire, page, press, complaints, publicUrl } = await desk();
  await publish(town, 'arrivages');
  await page.goto(`${publicUrl}/mailbox`);
  await page.click(`a[href="/mailbox/messages/${town.lastMail(CLAIRE).id}"]`);
  expect(await press(/^Complain/)).toBe(303);
  expect(await page.textContent('[role=status]')).toBe('Its reader called it spam.');
  expect((await claire()).state).toBe('complained');
  expect(await press(/^Bounce it/)).toBe(303);
  expect(await page.textContent('main')).toContain('there is no such mailbox');
  expect(complaints).toEqual([]);
});

test('a page of another site in the same browser moves nothing', async () => {
  const { town, page, publicUrl } = await desk();
  const from = town.now();
  const elsewhere = await listen({ port: 0, host: 'localhost' });
  onTestFinished(() => elsewhere.close());
  const form = `<meta name="referrer" content="no-referrer"><form method="post" action="${publicUrl}/clock">
    <button name="advance" value="P1D">A gift</button></form>`;
  elsewhere.serve(() => new Response(form, { headers: { 'content-type': 'text/html' } }));
  for (const name of ['127.0.0.1', 'localhost']) {
    await page.goto(`http://${name}:${elsewhere.port}/`);
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.click('button');
    expect((await answered).status(), name).toBe(403);
  }
  expect(town.now()).toBe(from);
});
