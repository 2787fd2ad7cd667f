import { randomBytes } from 'node:crypto';
import type { Ports } from '../../functions/base/ports.ts';
import { api } from '../../functions/entry/api.ts';
import { ALL_SCOPES, newPlainKey, type Scope } from '../../functions/team/api-key.ts';
import { ensureKey } from '../../functions/team/guard.ts';
import { Database } from '../../infra/local/database.ts';
import { SqliteTable } from '../../infra/local/sqlite-table.ts';

export type Answer<Body> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
};

/** A developer's desk: the API on a real table, with a key in hand. */
export async function openDesk(startsAt = Date.UTC(2026, 0, 5, 10)) {
  let now = startsAt;
  const unused = () => {
    throw new Error('nothing here sends');
  };
  const ports: Ports = {
    now: () => now,
    random: (bytes) => randomBytes(bytes),
    table: new SqliteTable(new Database(':memory:')),
    mailer: { send: unused, account: unused, find: unused },
    queue: { post: async () => undefined },
    files: { put: unused, get: unused, remove: unused },
    secrets: { links: { current: 'k1', keys: { k1: 'a'.repeat(43) } }, addresses: 'b'.repeat(43) },
    publicUrl: 'http://house.test',
  };
  const app = api(ports);
  const keyWith = async (scopes: readonly Scope[], kind: 'live' | 'test' = 'live') => {
    const plain = newPlainKey(ports, kind);
    await ensureKey(ports, plain, scopes);
    return plain;
  };
  const key = await keyWith(ALL_SCOPES);
  const ask = async <Body = never>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Answer<Body>> => {
    const all = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const answer = await app.request(`/api/v1${path}`, {
      method,
      headers: Object.fromEntries(
        Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ),
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      body: (json ? JSON.parse(text) : text) as Body,
    };
  };
  const pass = (milliseconds: number) => void (now += milliseconds);
  return { ports, app, key, keyWith, ask, pass };
}

export type ProblemBody = {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly remedy: string;
  readonly errors?: readonly { readonly path: string; readonly detail: string }[];
};
