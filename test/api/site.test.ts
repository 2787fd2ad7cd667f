import { describe, expect, it } from 'vitest';
import { addPerson, ADA, withTopics } from './cast.ts';
import { openDesk } from './desk.ts';

describe('the house’s address', () => {
  it('shows who strays with a browser a page in their language, and a program a problem', async () => {
    const { app } = await openDesk();
    for (const path of ['/nowhere', '/view/nothing', '/%E0%A4%A'])
      for (const [language, words] of [
        ['fr', 'Il n’y a pas de page ici'],
        ['en', 'There is no page here'],
      ] as const) {
        const headers = { accept: 'text/html', 'accept-language': language };
        const page = await app.request(path, { headers });
        expect(page.status, path).toBe(404);
        expect(await page.text(), path).toContain(words);
      }
    const problem = await app.request('/nowhere');
    expect([problem.status, problem.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json',
    ]);
  });

  it('says the same strict things to every browser, whatever it asks for', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'arrivages');
    const { links } = (await addPerson(desk, ADA)).body;
    for (const url of [
      '/subscribe',
      '/nowhere',
      '/api/v1/docs',
      '/api/v1/topics',
      '/letters',
      links!.preferences,
      links!.unsubscribe,
    ]) {
      const { headers } = await desk.app.request(url, { headers: { accept: 'text/html' } });
      expect(headers.get('x-content-type-options'), url).toBe('nosniff');
      expect(headers.get('referrer-policy'), url).toBe('no-referrer');
      expect(headers.get('x-frame-options'), url).toBe('DENY');
      expect(headers.get('content-security-policy'), url).toMatch(/default-src 'none'/);
      expect(headers.get('content-security-policy'), url).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('set-cookie'), url).toBeNull();
    }
  });

  it('gives the links of the API to the pages they name', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'arrivages');
    const { links } = (await addPerson(desk, ADA)).body;
    for (const link of [links!.preferences, links!.unsubscribe])
      expect((await desk.app.request(new URL(link).pathname)).status).toBe(200);
  });
});
