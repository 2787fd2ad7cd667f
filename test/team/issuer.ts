import { generateKeyPairSync } from 'node:crypto';
import { sign } from 'hono/jwt';
import type { SignIn } from '../../functions/team/token.ts';

type Algorithm = 'RS256' | 'ES256';

/** Some issuer somewhere, whose tokens say what a test wants them to say. */
export function someIssuer(issuer = 'https://issuer.test', algorithm: Algorithm = 'RS256') {
  const kid = `${algorithm}-1`;
  const { privateKey, publicKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const half = { ...privateKey.export({ format: 'jwk' }), kid, alg: algorithm };
  const shown = { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, kty: 'RSA' };
  const signIn: SignIn = {
    issuer,
    clientId: 'console',
    keyOf: async (name) =>
      name === kid ? { ...shown, kty: algorithm === 'RS256' ? 'RSA' : 'EC' } : undefined,
  };
  const now = () => Math.floor(Date.now() / 1000);
  /** A good token for this address, unless some claims say otherwise. */
  const token = (email: string, other: Readonly<Record<string, unknown>> = {}) =>
    sign(
      {
        iss: issuer,
        aud: 'console',
        sub: `account-of-${email}`,
        email,
        email_verified: true,
        iat: now(),
        exp: now() + 3600,
        ...other,
      },
      half,
      algorithm,
    );
  return { signIn, token, now };
}
