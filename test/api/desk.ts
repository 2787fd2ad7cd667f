import { randomBytes } from 'node:crypto';
import { site } from '../../functions/entry/site.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { ALL_SCOPES, newPlainKey, type Scope } from '../../functions/team/api-key.ts';
import { ensureKey } from '../../functions/team/guard.ts';
import type { SignIn } from '../../functions/team/token.ts';
import { buildTown } from '../../infra/local/town.ts';

export type Answer<Body> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
};

/** A developer's desk: a town of one's own, and a key to its API in hand. */
export async function openDesk({
  startsAt = Date.UTC(2026, 0, 5, 10),
  signIn,
}: { readonly startsAt?: number; readonly signIn?: SignIn } = {}) {
  const town = await buildTown({
    data: ':memory:',
    secrets: {
      links: { current: 'k1', keys: { k1: randomBytes(32).toString('base64url') } },
      addresses: randomBytes(32).toString('base64url'),
    },
    publicUrl: 'http://house.test',
    clock: { kind: 'held', startsAt },
    workers,
    tick,
  });
  const { ports } = town;
  const app = site(ports, signIn);
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
  return { ...town, app, key, keyWith, ask };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;

export type ProblemBody = {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly remedy: string;
  readonly errors?: readonly { readonly path: string; readonly detail: string }[];
};
