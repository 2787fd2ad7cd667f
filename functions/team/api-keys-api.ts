import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import {
  apiRoute,
  Id,
  json,
  jsonBody,
  MomentText,
  momentText,
  newApi,
  Page,
  pageIn,
  pageOf,
} from './api.ts';
import { apiKeyOf, hashOfKey, newPlainKey, Scope, withdrawn, type ApiKey } from './api-key.ts';
import { mustHave } from './guard.ts';
import { keepKey, readKeys } from './store.ts';

const KeyInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(Scope).min(1),
  test: z.boolean().default(false),
});
const KeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(Scope),
    test: z.boolean(),
    hint: z.string(),
    createdAt: MomentText,
    withdrawnAt: MomentText.nullable(),
  })
  .meta({ id: 'ApiKey' });
const MadeKey = KeyView.extend({ key: z.string().nullable() }).meta({ id: 'MadeApiKey' });

const make = apiRoute({
  method: 'post',
  path: '/api-keys',
  scope: 'api-keys:write',
  shownOnce: 'key',
  tags: ['api-keys'],
  summary: 'Make a key',
  description:
    'The key is shown in this answer and never again, not even when the call is repeated. A key can give only the scopes it has. A key made by a test key is a test key.',
  request: jsonBody(KeyInput),
  responses: { 201: json(MadeKey, 'The key.') },
});
const list = apiRoute({
  method: 'get',
  path: '/api-keys',
  scope: 'api-keys:read',
  tags: ['api-keys'],
  summary: 'The keys, without their secret',
  request: { query: Page },
  responses: { 200: json(pageOf(KeyView), 'A page of keys, oldest first.') },
});
const withdraw = apiRoute({
  method: 'post',
  path: '/api-keys/{id}/withdraw',
  scope: 'api-keys:write',
  tags: ['api-keys'],
  summary: 'Withdraw a key',
  description: 'It stops working at once. Withdrawing twice changes nothing.',
  request: { params: Id },
  responses: { 200: json(KeyView, 'The key, withdrawn.') },
});

/** Keys of the API: made, listed, withdrawn. */
export function apiKeysApi(ports: Pick<Ports, 'table' | 'now' | 'random'>) {
  return newApi()
    .openapi(make, async (c) => {
      const { name, scopes, test } = c.req.valid('json');
      const caller = c.get('caller');
      for (const scope of scopes) mustHave(caller, scope);
      const plain = newPlainKey(ports, test || caller.test ? 'test' : 'live');
      const key = apiKeyOf(ports, plain, { name, scopes });
      await keepKey(ports, { key, hash: hashOfKey(plain), version: 0 });
      return c.json({ ...viewOf(key), key: plain }, 201);
    })
    .openapi(list, async (c) => {
      const kept = (await readKeys(ports)).map(({ key }) => key);
      const { items, next } = pageIn(kept, c.req.valid('query'), ({ id }) => id);
      return c.json({ items: items.map(viewOf), next }, 200);
    })
    .openapi(withdraw, async (c) => {
      const kept = (await readKeys(ports)).find(({ key }) => key.id === c.req.param('id'));
      if (!kept) throw new Problem('not-found');
      const key = withdrawn(kept.key, ports.now());
      if ((await keepKey(ports, { ...kept, key })) === 'conflict')
        throw new Problem('too-many-hands');
      return c.json(viewOf(key), 200);
    });
}

function viewOf(key: ApiKey): z.infer<typeof KeyView> {
  const { id, name, scopes, test, hint } = key;
  return {
    id,
    name,
    scopes,
    test,
    hint,
    createdAt: momentText(key.createdAt),
    withdrawnAt: momentText(key.withdrawnAt),
  };
}
