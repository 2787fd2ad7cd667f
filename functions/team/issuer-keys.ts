import * as z from 'zod';
import { Problem } from '../base/problem.ts';
import { HOUR, SECOND } from '../base/time.ts';

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
/** A key as RFC 7517 writes it. */
export const IssuerKey = z.looseObject({ kid: z.string(), kty: z.string() });
const Keys = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional() })) });
export type IssuerKey = z.infer<typeof IssuerKey>;
/** The issuer's public key of that name, if it has one. */
export type KeyOf = (kid: string) => Promise<IssuerKey | undefined>;

const KEPT_MS = HOUR;
/** A key we do not know may be new; whoever invents names may not make us ask all the time. */
const ASK_AGAIN_MS = 30 * SECOND;
const ANSWERS_WITHIN_MS = 5 * SECOND;

/** The keys of an issuer, found by its discovery document and kept for an hour. */
export function keysOfIssuer(issuer: string, machineClock: () => number = Date.now): KeyOf {
  let kept: { readonly keys: ReadonlyMap<string, IssuerKey>; readonly at: number } | undefined;
  let asking: Promise<void> | undefined;
  const ask = async () => {
    const at = machineClock();
    const found = Discovery.parse(await read(`${issuer}/.well-known/openid-configuration`));
    if (found.issuer !== issuer) throw new Error('the issuer calls itself by another name');
    const { keys } = Keys.parse(await read(found.jwks_uri));
    const named = keys.map((key) => IssuerKey.safeParse(key)).flatMap(({ data }) => data ?? []);
    kept = { keys: new Map(named.map((key) => [key.kid, key])), at };
  };
  return async (kid) => {
    const age = kept ? machineClock() - kept.at : Infinity;
    if (age > KEPT_MS || (!kept?.keys.has(kid) && age > ASK_AGAIN_MS)) {
      asking ??= ask().finally(() => (asking = undefined));
      await asking.catch((cause: unknown) => {
        // What we know stays good while the issuer is silent.
        if (!kept) throw new Problem('sign-in-unreachable', { cause });
      });
    }
    return kept?.keys.get(kid);
  };
}

async function read(url: string): Promise<unknown> {
  const answer = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  });
  if (!answer.ok) throw new Error(`the issuer answered ${answer.status}`);
  return answer.json();
}
