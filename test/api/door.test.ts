import { beforeAll, describe, expect, it } from 'vitest';
import { api, apiResources } from '../../functions/entry/api.ts';
import { ALL_SCOPES } from '../../functions/team/api-key.ts';
import { newPlainKey } from '../../functions/team/api-key.ts';
import { routeTable } from '../../functions/team/door.ts';
import { openDesk, type ProblemBody } from './desk.ts';

const desk = await openDesk();
const table = routeTable(apiResources(desk.ports));
const lines = table.map((line) => [`${line.method} ${line.path}`, line] as const);
const askAs = (line: (typeof table)[number], authorization: string | undefined) =>
  desk.ask<ProblemBody>(
    line.method,
    line.path.replace('/api/v1', '').replaceAll(/:\w+/g, 'nobody'),
    line.method === 'GET' ? undefined : '{}',
    { authorization },
  );

describe('every route of the API', () => {
  it('is in the route table: what is not declared does not exist', () => {
    const served = api(desk.ports)
      .routes.filter(({ method, path }) => method !== 'ALL' && !/openapi\.json|docs$/.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    expect(new Set(served)).toEqual(new Set(lines.map(([name]) => name)));
  });

  it.each(lines)('%s refuses who has no key', async (_, line) => {
    const answer = await askAs(line, undefined);
    expect([answer.status, answer.body.code]).toEqual([401, 'key-missing']);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it.each(lines)('%s refuses a key that was never made', async (_, line) => {
    const answer = await askAs(line, `Bearer ${newPlainKey(desk.ports, 'live')}`);
    expect([answer.status, answer.body.code]).toEqual([401, 'key-not-valid']);
  });

  const scoped = lines.flatMap(([name, line]) => {
    const { scope } = line;
    return scope === null ? [] : [[name, { ...line, scope }] as const];
  });

  it.each(scoped)('%s refuses a key with every scope but its own', async (_, line) => {
    const others = ALL_SCOPES.filter((scope) => scope !== line.scope);
    const answer = await askAs(line, `Bearer ${await desk.keyWith(others)}`);
    expect([answer.status, answer.body.code]).toEqual([403, 'scope-missing']);
    expect(answer.body.detail).toContain(line.scope);
  });

  it.each(scoped)('%s lets a key in that has its scope alone', async (_, line) => {
    const answer = await askAs(line, `Bearer ${await desk.keyWith([line.scope])}`);
    expect([401, 403]).not.toContain(answer.status);
  });

  it.each(lines.filter(([, line]) => line.sends))(
    '%s sends nothing for a test key',
    async (_, line) => {
      const answer = await askAs(line, `Bearer ${await desk.keyWith(ALL_SCOPES, 'test')}`);
      expect([answer.status, answer.body.code]).toEqual([403, 'test-key']);
    },
  );
});

describe('the door of the API', () => {
  it('refuses other ways of saying who one is', async () => {
    for (const authorization of [
      '',
      'Bearer',
      `Basic ${desk.key}`,
      desk.key,
      `Bearer ${desk.key} x`,
    ])
      expect((await desk.ask('GET', '/topics', undefined, { authorization })).status).toBe(401);
  });

  it('answers 404 for what is not there, and 405 with Allow for a method that is not taken', async () => {
    const nowhere = await desk.ask<ProblemBody>('GET', '/nowhere');
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'not-found']);
    expect(nowhere.headers.get('content-type')).toBe('application/problem+json');
    const put = await desk.ask<ProblemBody>('PUT', '/topics/news', {});
    expect([put.status, put.body.code]).toEqual([405, 'method-not-taken']);
    expect(put.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'PATCH']);
  });
});

describe('a body', () => {
  const post = (body: string, headers = {}) =>
    desk.ask<ProblemBody>('POST', '/topics', body, headers);

  it.each([
    ['{"id": "news",}', 'line 1, column 15'],
    ['{\n  "id": news\n}', 'line 2, column 9'],
    ['{"id": "ne\nws"}', 'line 1, column 8'],
    ['', ''],
    ['{"id": "news"', 'line 1, column 14'],
    ['{"id": "news"} {}', 'line 1, column 16'],
    ['[1 2]', 'line 1, column 4'],
    ['{"a":[{"b":1}}', 'line 1, column 14'],
  ])('%j is refused as broken JSON, with the place', async (body, place) => {
    const answer = await post(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'body-not-json']);
    expect(answer.body.detail).toContain(place);
  });

  it('of another kind is refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
      const answer = await post('{"id":"news"}', { 'content-type': type });
      expect([answer.status, answer.body.code]).toEqual([415, 'content-type-not-taken']);
    }
    expect((await post('{}', { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('of 20 MB is refused after its first megabyte, whatever length it announces', async () => {
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1;
        if (pulled > 20 * 16) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    const answer = await desk.app.request('/api/v1/topics', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${desk.key}`,
        'content-type': 'application/json',
        'content-length': '2',
      },
      body,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
    expect(pulled).toBeLessThan(20);
  });

  it('with bytes that are no UTF-8 is refused', async () => {
    const answer = await desk.app.request('/api/v1/topics', {
      method: 'POST',
      headers: { authorization: `Bearer ${desk.key}`, 'content-type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect(answer.status).toBe(400);
  });

  it('names every field it should not have and every value of a wrong kind', async () => {
    const answer = await desk.ask<ProblemBody>('POST', '/topics', {
      id: 'News!',
      name: { fr: 1 },
      colour: 'red',
      __proto__x: {},
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'input-invalid']);
    expect(answer.body.errors?.map(({ path }) => path).sort()).toEqual([
      '__proto__x',
      'colour',
      'id',
      'name.fr',
    ]);
  });

  it('is refused where none is taken, and an unknown question is too', async () => {
    await desk.ask('POST', '/topics', { id: 'news', name: { fr: 'Nouvelles' } });
    const body = await desk.ask<ProblemBody>('POST', '/topics/news/retire', { force: true });
    expect([body.status, body.body.errors?.[0]?.path]).toEqual([422, 'force']);
    const query = await desk.ask<ProblemBody>('GET', '/topics?sort=name');
    expect([query.status, query.body.errors?.[0]?.path]).toEqual([422, 'sort']);
  });
});

describe('what a key is kept as', () => {
  let made: { id: string; key: string };
  beforeAll(async () => {
    made = (
      await desk.ask<typeof made>('POST', '/api-keys', { name: 'till', scopes: ['events:write'] })
    ).body;
  });

  it('is shown once and kept hashed', async () => {
    const shown = await desk.ask<{ items: object[] }>('GET', '/api-keys?limit=200');
    expect(JSON.stringify(shown.body)).not.toContain(made.key);
    for await (const row of desk.ports.table.query('records', 'api-keys'))
      expect(JSON.stringify(row)).not.toContain(made.key.slice(9));
  });

  it('works for its scopes only, and never again once it is withdrawn', async () => {
    const headers = { authorization: `Bearer ${made.key}` };
    expect((await desk.ask('POST', '/events', { events: [] }, headers)).status).toBe(422);
    expect((await desk.ask('GET', '/topics', undefined, headers)).status).toBe(403);
    expect((await desk.ask('POST', `/api-keys/${made.id}/withdraw`)).status).toBe(200);
    expect((await desk.ask('POST', '/events', { events: [] }, headers)).status).toBe(401);
  });

  it('cannot give what its maker has not', async () => {
    const headers = { authorization: `Bearer ${await desk.keyWith(['api-keys:write'])}` };
    const answer = await desk.ask(
      'POST',
      '/api-keys',
      { name: 'more', scopes: ['people:read'] },
      headers,
    );
    expect(answer.status).toBe(403);
  });

  it('made by a test key is a test key', async () => {
    const headers = { authorization: `Bearer ${await desk.keyWith(ALL_SCOPES, 'test')}` };
    const answer = await desk.ask<{ key: string; test: boolean }>(
      'POST',
      '/api-keys',
      { name: 'copy', scopes: ['people:read'] },
      headers,
    );
    expect([answer.body.test, answer.body.key.startsWith('mod_test_')]).toEqual([true, true]);
  });
});
