import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { apiKeyOf, hashOfKey, isPlainKey, type Scope } from './api-key.ts';
import { findKey, keepKey } from './store.ts';

/** Who calls, and what they may do. */
export type Caller = {
  readonly keyId: string;
  readonly scopes: readonly Scope[];
  /** A test key: everything but sending. */
  readonly test: boolean;
};

const CHALLENGE = { 'www-authenticate': 'Bearer realm="api"' };

/** The caller behind an Authorization header; a withdrawn key and one that never was look the same. */
export async function callerOf(
  ports: Pick<Ports, 'table'>,
  authorization: string | undefined,
): Promise<Caller> {
  const plain = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (plain === undefined) throw new Problem('key-missing', { headers: CHALLENGE });
  const kept = isPlainKey(plain) ? await findKey(ports, hashOfKey(plain)) : undefined;
  if (!kept || kept.key.withdrawnAt !== null)
    throw new Problem('key-not-valid', { headers: CHALLENGE });
  return { keyId: kept.key.id, scopes: kept.key.scopes, test: kept.key.test };
}

export function mustHave(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope))
    throw new Problem('scope-missing', { detail: `This call needs the scope "${scope}".` });
}

/** For what would put a mail on its way. */
export function mustSend(caller: Caller): void {
  if (caller.test) throw new Problem('test-key');
}

/** Makes sure that a key one already holds works with these scopes: the laptop's own, at every start. */
export async function ensureKey(
  ports: Pick<Ports, 'table' | 'now' | 'random'>,
  plain: string,
  scopes: readonly Scope[],
  name = 'laptop',
): Promise<void> {
  if (!isPlainKey(plain)) throw new Error('an API key looks like mod_live_ and 43 letters');
  const hash = hashOfKey(plain);
  const kept = await findKey(ports, hash);
  const wanted = apiKeyOf(ports, plain, { name, scopes });
  if (kept?.key.withdrawnAt === null && kept.key.scopes.join() === wanted.scopes.join()) return;
  const key = kept ? { ...wanted, id: kept.key.id, createdAt: kept.key.createdAt } : wanted;
  await keepKey(ports, { key, hash, version: kept?.version ?? 0 });
}
