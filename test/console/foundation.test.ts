import type { Browser, Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { openTown } from '../town.ts';
import { enter, houseWithTeam } from './console.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const FIRST_LOAD_BYTES = 200 * 1024;

describe('the console on the wire', () => {
  it('takes less than 200 KB to see the first screen, all of it from the house', async () => {
    const town = await houseWithTeam();
    const sizes = new Map<string, number>();
    const { page, watch } = await enter(browser, town, 'owner', '');
    page.on('response', (answer) => {
      const url = new URL(answer.url());
      if (!url.pathname.startsWith('/console')) return;
      void answer.body().then((body) => sizes.set(url.pathname, gzipSync(body).length));
    });
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(sizes.size).toBeGreaterThan(3);
    expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_BYTES);
    expect(watch).toEqual({ elsewhere: [], complaints: [] });
  });

  it('lets nothing run but its own files, and keeps what does not change', async () => {
    const town = await openTown();
    const shell = await town.ask('/console/');
    const html = await shell.text();
    const policy = shell.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*script-src 'self'; style-src 'self'/);
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style=/);
    expect(shell.headers.get('cache-control')).toBe('no-cache');
    const script = /src="([^"]+)"/.exec(html)![1]!;
    const file = await town.ask(script, { headers: { 'accept-encoding': 'gzip' } });
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(file.headers.get('content-encoding')).toBe('gzip');
  });

  it('gives the shell for any of its screens, and nothing for a file that is not there', async () => {
    const town = await openTown();
    const screen = await town.ask('/console/campaigns/1m4asekm0');
    expect([screen.status, screen.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect((await town.ask('/console/assets/old-1234.js')).status).toBe(404);
    const config = await town.ask('/console/config.json');
    expect(config.headers.get('content-type')).toContain('application/json');
  });

  it('looks at letters in a place of no origin, which may run no script of theirs', async () => {
    const town = await openTown();
    const preview = await town.ask('/console/preview.html');
    const policy = preview.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^sandbox allow-scripts; default-src 'none'/);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("script-src 'self' 'unsafe");
    expect(policy).not.toContain('allow-same-origin');
  });
});

describe('somebody of the house', () => {
  it('comes back after signing in to the page they asked for, and after a reload', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'editor', '/campaigns?state=draft');
    await page.getByRole('heading', { name: 'Campagnes' }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=draft');
    await page.reload();
    await page.getByRole('heading', { name: 'Campagnes' }).waitFor();
    expect(await pressed(page, 'Brouillons')).toBe('true');
    await page.getByText('rédaction').waitFor();
  });

  it('signs out, and nobody reads over their shoulder', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/campaigns');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('button', { name: 'Se connecter' }).waitFor();
    expect(await page.evaluate("sessionStorage.getItem('moderato.signed-in')")).toBeNull();
  });

  it('speaks the language of their browser, and another at a word', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/campaigns', { locale: 'en-GB' });
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Campagnes' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
    await page.reload();
    await page.getByRole('heading', { name: 'Campagnes' }).waitFor();
  });

  it('finds the way with the keyboard alone', async () => {
    const town = await houseWithTeam();
    const { page } = await enter(browser, town, 'owner', '/campaigns');
    await page.getByRole('heading', { name: 'Campagnes' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Campagnes' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Aller au contenu');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
  });
});

const pressed = (page: Page, name: string) =>
  page.getByRole('button', { name }).getAttribute('aria-pressed');
