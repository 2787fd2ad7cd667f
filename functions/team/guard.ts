import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { apiKeyOf, hashOfKey, isPlainKey, type Scope } from './api-key.ts';
import type { Caller } from './caller.ts';
import { memberBehind } from './join.ts';
import type { Member } from './member.ts';
import { scopesOf } from './roles.ts';
import { findKey, keepKey } from './store.ts';
import { CHALLENGE, looksLikeToken, readToken, type SignIn } from './token.ts';

type Doors = Pick<Ports, 'table' | 'secrets' | 'now' | 'random'>;

/** The caller behind an Authorization header; a withdrawn key and one that never was look the same. */
export async function callerOf(
  ports: Doors,
  authorization: string | undefined,
  signIn?: SignIn,
): Promise<Caller> {
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) throw new Problem('key-missing', { headers: CHALLENGE });
  if (looksLikeToken(bearer)) return memberCaller(ports, bearer, signIn);
  const kept = isPlainKey(bearer) ? await findKey(ports, hashOfKey(bearer)) : undefined;
  if (!kept || kept.key.withdrawnAt !== null)
    throw new Problem('key-not-valid', { headers: CHALLENGE });
  const { id, name, scopes, test } = kept.key;
  return { is: 'key', id, name, role: null, email: null, scopes, test };
}

async function memberCaller(ports: Doors, token: string, signIn?: SignIn): Promise<Caller> {
  if (!signIn)
    throw new Problem('token-not-valid', {
      detail: 'Nobody signs people in here: no issuer is set.',
      headers: CHALLENGE,
    });
  return asCaller(await memberBehind(ports, signIn, await readToken(signIn, token)));
}

function asCaller({ memberId, name, email, role }: Member): Caller {
  return { is: 'member', id: memberId, name, role, email, scopes: scopesOf(role), test: false };
}

export function mustHave(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes(scope)) return;
  const detail = `This call needs the scope "${scope}".`;
  throw new Problem(caller.is === 'member' ? 'role-may-not' : 'scope-missing', { detail });
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
