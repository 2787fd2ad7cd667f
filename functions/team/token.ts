import { decode, verify } from 'hono/jwt';
import * as z from 'zod';
import { Problem } from '../base/problem.ts';
import type { KeyOf } from './issuer-keys.ts';

/** Who signs the house's people in: any OpenID Connect issuer, with our name at it. */
export type SignIn = {
  readonly issuer: string;
  readonly clientId: string;
  readonly keyOf: KeyOf;
  /** Whose verified address makes them the owner of a house that has nobody yet. */
  readonly firstOwner?: string | undefined;
  /** Opens an account at the issuer for somebody who is invited, where the issuer wants that. */
  readonly openAccount?: ((email: string) => Promise<void>) | undefined;
  /** Closes it for whoever belongs to the house no more. */
  readonly closeAccount?: ((email: string) => Promise<void>) | undefined;
};

const Header = z.object({ alg: z.enum(['RS256', 'ES256']), kid: z.string().min(1).max(200) });

/** An id token: it alone says of itself for whom it is and whose address was verified. */
const Claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.email(),
  email_verified: z.union([z.literal(true), z.literal('true')]),
  exp: z.number(),
  token_use: z.literal('id').optional(),
});
export type Claims = z.infer<typeof Claims>;

export const CHALLENGE = { 'www-authenticate': 'Bearer realm="api"' };

export const looksLikeToken = (text: string) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

/** What a token of this issuer, made for us and still good, says of its bearer. */
export async function readToken(signIn: SignIn, token: string): Promise<Claims> {
  const header = Header.safeParse(headerOf(token));
  if (!header.success) throw notValid('It is not signed in a way that is taken here.');
  const { alg, kid } = header.data;
  const key = await signIn.keyOf(kid);
  if (!key) throw notValid('Its issuer has no such key.');
  const { issuer: iss, clientId: aud } = signIn;
  // Clocks differ by seconds, so a token may seem to be of tomorrow; its end is what counts.
  const payload = await verify(token, key, { alg, iss, aud, iat: false }).catch(
    (cause: unknown) => {
      throw refusal(cause);
    },
  );
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw notValid('It names no verified address.');
  return claims.data;
}

function headerOf(token: string): unknown {
  try {
    return decode(token).header;
  } catch {
    return undefined;
  }
}

function refusal(cause: unknown): unknown {
  if (!(cause instanceof Error) || !cause.name.startsWith('Jwt')) return cause;
  if (cause.name === 'JwtTokenExpired')
    return new Problem('token-expired', { headers: CHALLENGE, cause });
  return notValid('It was not made by our issuer for us.', cause);
}

function notValid(detail: string, cause?: unknown): Problem {
  return new Problem('token-not-valid', { detail, headers: CHALLENGE, cause });
}
